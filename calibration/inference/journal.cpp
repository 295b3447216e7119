#include "calibration/inference/journal.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cerrno>
#include <charconv>
#include <cstring>
#include <span>
#include <sstream>
#include <string_view>
#include <system_error>

#include "engine/base/errors.hpp"

namespace tremplin::inference {

namespace {

constexpr std::string_view mark = "# tremplin-journal 1 ";

[[noreturn]] void refuse(const std::filesystem::path& path, FaultKind kind, std::string found,
                         std::string expected) {
  throw InputError(Fault{
      .kind = kind, .source = path.string(), .found = std::move(found), .expected = std::move(expected)});
}

std::vector<std::string_view> parts_of(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (std::size_t from = 0; from <= text.size();) {
    const std::size_t end = std::min(text.find(separator, from), text.size());
    parts.push_back(text.substr(from, end - from));
    from = end + 1;
  }
  return parts;
}

template <typename Number>
bool read_number(std::string_view cell, Number& number) {
  const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), number);
  return error == std::errc{} && end == cell.data() + cell.size();
}

}  // namespace

Journal::Journal(std::filesystem::path path, std::string problem, std::vector<std::string> summaries,
                 Team* team, bool keeps_reasons)
    : team_(team != nullptr ? team : &alone_),
      path_(std::move(path)),
      problem_(std::move(problem)),
      summaries_(std::move(summaries)),
      keeps_reasons_(keeps_reasons) {
  if (team_->rank() != 0) return;
  std::error_code error;
  if (std::filesystem::exists(path_, error)) {
    std::ifstream file(path_, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    if (!file) refuse(path_, FaultKind::unreadable, std::strerror(errno), {});
    read(text.str());
  }
  file_.open(path_, std::ios::binary | std::ios::app);
  if (!file_) refuse(path_, FaultKind::unwritable, std::strerror(errno), {});
  if (std::filesystem::file_size(path_) == 0) begin();
}

void Journal::begin() {
  file_ << mark << problem_ << '\n'
        << fmt::format("seed,row,{},parameters{}\n", fmt::join(summaries_, ","),
                       keeps_reasons_ ? ",failure" : "")
        << std::flush;
}

// A line: the seed of the batch, the row in it, the summaries, in one cell the parameters, and if it keeps
// them the reason why the run failed.
void Journal::read_line(std::string_view line, int number) {
  const auto bad = [&](std::string_view found, std::string expected) {
    throw InputError(Fault{.kind = FaultKind::wrong_type,
                           .source = path_.string(),
                           .line = number,
                           .found = std::string(found.substr(0, 40)),
                           .expected = std::move(expected)});
  };
  const auto cells = parts_of(line, ',');
  const std::size_t of_parameters = 2 + summaries_.size();
  const std::size_t n_cells = of_parameters + (keeps_reasons_ ? 2 : 1);
  if (cells.size() != n_cells) bad(line, fmt::format("{} cells", n_cells));
  const auto numbers = [&](std::span<const std::string_view> texts) {
    Vector values(static_cast<Index>(texts.size()));
    for (std::size_t i = 0; i < texts.size(); ++i)
      if (!read_number(texts[i], values[static_cast<Index>(i)])) bad(texts[i], "number");
    return values;
  };
  std::pair<std::uint64_t, Index> key;
  if (!read_number(cells[0], key.first)) bad(cells[0], "seed");
  if (!read_number(cells[1], key.second)) bad(cells[1], "row");
  lines_[key] = {numbers(parts_of(cells[of_parameters], ' ')).transpose(),
                 numbers(std::span(cells).subspan(2, summaries_.size())),
                 std::string(keeps_reasons_ ? cells.back() : "")};
}

void Journal::read(const std::string& text) {
  const std::size_t whole = text.rfind('\n') + 1;  // 0 if there is no line at all
  std::istringstream lines(text.substr(0, whole));
  std::string line;
  if (std::getline(lines, line)) {
    if (!line.starts_with(mark)) refuse(path_, FaultKind::other_file, line.substr(0, 40), std::string(mark));
    if (line.substr(mark.size()) != problem_)
      refuse(path_, FaultKind::inconsistent, line.substr(mark.size()), problem_);
    std::getline(lines, line);  // names of the columns
    for (int number = 3; std::getline(lines, line); ++number) read_line(line, number);
  }
  n_read_ = static_cast<Index>(lines_.size());
  if (whole < text.size()) std::filesystem::resize_file(path_, whole);
}

const Journal::Line* Journal::known(const Row& parameters, std::uint64_t seed, Index i) const {
  const auto line = lines_.find({seed, i});
  // A search whose choice of parameters changed asks under the same key with more of them, or fewer.
  const bool same = line != lines_.end() && line->second.parameters.size() == parameters.size() &&
                    line->second.parameters == parameters;
  return same ? &line->second : nullptr;
}

void Journal::keep(const Row& parameters, std::uint64_t seed, Index i, const Row& summaries,
                   const std::string& why) {
  ++n_added_;
  lines_[{seed, i}] = {parameters, summaries.transpose(), why};
  if (team_->rank() != 0) return;
  file_ << fmt::format("{},{},{},{}{}\n", seed, i, fmt::join(summaries.begin(), summaries.end(), ","),
                       fmt::join(parameters.begin(), parameters.end(), " "), keeps_reasons_ ? "," + why : "")
        << std::flush;
  if (!file_) refuse(path_, FaultKind::unwritable, std::strerror(errno), {});
}

void Journal::run_rows(const OneRun& run, const Matrix& parameters, std::uint64_t seed,
                       const std::vector<Index>& rows, Matrix& summaries) {
  const auto n = static_cast<Index>(rows.size());
  const Index last = summaries.cols();  // beside the summaries: was the run done?
  for (Index start = 0; start < n; start += team_->size()) {
    Row own = Row::Zero(last + 1);
    if (const Index mine = start + team_->rank(); mine < n) {
      const Index i = rows[static_cast<std::size_t>(mine)];
      if (const std::optional<Vector> made = run(parameters.row(i), seed, i)) own << made->transpose(), 1;
    }
    const Matrix all = team_->gathered(own);
    bool stopped = false;
    for (Index r = 0; r < team_->size() && start + r < n; ++r) {
      const Index i = rows[static_cast<std::size_t>(start + r)];
      if (all(r, last) == 0) {
        stopped = true;
        continue;
      }
      summaries.row(i) = all.row(r).head(last);
      keep(parameters.row(i), seed, i, summaries.row(i));
    }
    if (stopped) throw Stopped();
    if (told_) told_(asked_ += std::min(team_->size(), n - start));
  }
}

Simulator Journal::remembering(OneRun run, std::function<void(Index)> told) {
  told_ = std::move(told);
  return [this, run = std::move(run)](const Matrix& parameters, std::uint64_t seed) {
    const Index n = parameters.rows();
    Matrix summaries = Matrix::Zero(n, static_cast<Index>(summaries_.size()));
    Matrix is_known = Matrix::Zero(n, 1);
    for (Index i = 0; i < n; ++i) {
      if (const Line* had = known(parameters.row(i), seed, i)) {
        summaries.row(i) = had->summaries.transpose();
        is_known(i) = 1;
      }
    }
    team_->take_from_first(summaries);
    team_->take_from_first(is_known);
    std::vector<Index> open;
    for (Index i = 0; i < n; ++i)
      if (is_known(i) == 0) open.push_back(i);
    asked_ += n - static_cast<Index>(open.size());
    run_rows(run, parameters, seed, open, summaries);
    return summaries;
  };
}

Simulator Journal::remembering_many(ManyRuns run, std::function<void(Index)> told) {
  told_ = std::move(told);
  return [this, run = std::move(run)](const Matrix& parameters, std::uint64_t seed) {
    Matrix summaries(parameters.rows(), static_cast<Index>(summaries_.size()));
    std::vector<Index> open;
    const auto ended = [&](Index i, const Vector& made, const std::string& why) {
      summaries.row(i) = made.transpose();
      if (!why.empty()) ++reasons_[why];
      ++asked_;
    };
    for (Index i = 0; i < parameters.rows(); ++i) {
      if (const Line* had = known(parameters.row(i), seed, i)) {
        ended(i, had->summaries, had->why);
      } else {
        open.push_back(i);
      }
    }
    const bool whole = run(parameters, seed, open, [&](Index i, const Vector& made, const std::string& why) {
      keep(parameters.row(i), seed, i, made.transpose(), why);
      ended(i, made, why);
      if (told_) told_(asked_);
    });
    if (!whole) throw Stopped();
    return summaries;
  };
}

}  // namespace tremplin::inference
