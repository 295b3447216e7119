#include "calibration/outside/answer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <optional>

#include "calibration/inference/keyed.hpp"
#include "scenarios/yaml/utf8.hpp"

namespace tremplin::outside {

namespace {
using inference::Index;
using inference::Vector;

constexpr std::size_t most_reason = 160;  // bytes

std::vector<std::string_view> words_of(std::string_view line) {
  constexpr std::string_view blanks = " \t\r";
  std::vector<std::string_view> words;
  for (std::size_t at = line.find_first_not_of(blanks); at != std::string_view::npos;) {
    const std::size_t end = std::min(line.find_first_of(blanks, at), line.size());
    words.push_back(line.substr(at, end - at));
    at = line.find_first_not_of(blanks, end);
  }
  return words;
}

// NaN where the word is the NA of R.
std::optional<double> number_of(std::string_view word) {
  if (word == "NA") return std::numeric_limits<double>::quiet_NaN();
  if (word.starts_with('+')) word.remove_prefix(1);
  double number = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), number);
  if (end != word.data() + word.size()) return std::nullopt;
  if (error == std::errc::result_out_of_range) return std::numeric_limits<double>::infinity();
  return error == std::errc{} ? std::optional(number) : std::nullopt;
}

// One line of valid text without commas.
std::string plain(std::string_view text) {
  std::string line(text);
  if (line.size() > most_reason) {
    line.resize(most_reason);
    while (!line.empty() && (static_cast<unsigned char>(line.back()) & 0xC0U) == 0x80U) line.pop_back();
    if (!line.empty() && static_cast<unsigned char>(line.back()) >= 0xC0U) line.pop_back();
  }
  const bool foreign = yaml::first_not_utf8(line).has_value();
  for (char& c : line) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7F) c = ' ';
    if (c == ',') c = ';';
    if (foreign && byte >= 0x80) c = '?';
  }
  while (line.ends_with(' ')) line.pop_back();
  return line;
}
}  // namespace

std::string_view name_of(RunFault fault) {
  constexpr std::array<std::string_view, 7> names = {"none",    "reported", "not_finite", "wrong_columns",
                                                     "garbled", "crashed",  "timed_out"};
  return names.at(static_cast<std::size_t>(fault));
}

std::string header_line(const std::vector<std::string>& parameters) {
  std::string line = "run seed";
  for (const std::string& name : parameters) line += " " + name;
  return line + "\n";
}

std::string run_line(Index run, std::uint64_t seed, const inference::Row& parameters) {
  std::string line = fmt::format("{} {}", run, seed);
  for (const double value : parameters) line += fmt::format(" {}", value);
  return line + "\n";
}

std::uint64_t outside_seed(std::uint64_t batch, Index run) {
  return inference::derived_seed(batch, inference::Purpose::simulator, static_cast<std::uint64_t>(run)) >> 11;
}

OutsideRun failed_run(RunFault fault, std::string_view reason, Index n_summaries) {
  return {Vector::Constant(n_summaries, std::numeric_limits<double>::quiet_NaN()), fault, plain(reason)};
}

OutsideRun read_answer(std::string_view line, Index run, Index n_summaries) {
  const auto words = words_of(line);
  if (words.empty() || words.front() != fmt::format("{}", run)) {
    OutsideRun failed =
        failed_run(RunFault::garbled, fmt::format("'{}'", line.substr(0, most_reason / 2)), n_summaries);
    failed.out_of_step = true;
    return failed;
  }
  if (words.size() > 1 && words[1] == "failed") {
    const std::string_view reason =
        words.size() > 2 ? line.substr(static_cast<std::size_t>(words[2].data() - line.data())) : "";
    return failed_run(RunFault::reported, reason, n_summaries);
  }
  const auto n = static_cast<Index>(words.size()) - 1;
  if (n != n_summaries)
    return failed_run(RunFault::wrong_columns, fmt::format("{} / {}", n, n_summaries), n_summaries);
  OutsideRun done{Vector(n_summaries)};
  for (Index j = 0; j < n_summaries; ++j) {
    const std::string_view word = words[static_cast<std::size_t>(j) + 1];
    const auto number = number_of(word);
    if (!number) return failed_run(RunFault::garbled, fmt::format("'{}'", word), n_summaries);
    if (!std::isfinite(*number)) return failed_run(RunFault::not_finite, word, n_summaries);
    done.summaries[j] = *number;
  }
  return done;
}

}  // namespace tremplin::outside
