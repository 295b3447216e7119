#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <limits>

#include "calibration/priors.hpp"
#include "engine/base/errors.hpp"
#include "outputs/digest.hpp"
#include "outputs/office_store.hpp"
#include "outputs/registries.hpp"
#include "outputs/result_file.hpp"
#include "outputs/store.hpp"
#include "outputs/tables.hpp"

namespace tremplin {

namespace {

using hdf5::Error;
using hdf5::Group;

// Memory for the results of one run: a shape beyond it is that of a damaged file.
constexpr std::size_t most_months = 12 * 200;

Month month_of_text(const std::string& text) {
  int year = 0;
  int of_year = 0;
  const char* end = text.data() + text.size();
  const auto first = std::from_chars(text.data(), end, year);
  if (first.ec != std::errc{} || first.ptr == end || *first.ptr != '-') throw Error("not a month: " + text);
  const auto second = std::from_chars(first.ptr + 1, end, of_year);
  if (second.ec != std::errc{} || second.ptr != end || of_year < 1 || of_year > 12) {
    throw Error("not a month: " + text);
  }
  return {year, of_year};
}

// The month whose first day is that many days after 1 January 1900.
Month month_of_day(std::int32_t day) {
  if (day < 0 || day > 366 * 400) throw Error("a month out of range");
  Month month(day / 31);  // at or before the month sought
  while (first_day_of(month) < day) ++month;
  if (first_day_of(month) != day) throw Error("a month that does not begin on its first day");
  return month;
}

template <typename T>
std::vector<T> column(const Group& group, const std::string& name, std::size_t length) {
  std::vector<T> values = group.dataset(name).read<T>();
  if (values.size() != length) throw Error("array " + name + " of another length");
  return values;
}

std::vector<std::string> text_column(const Group& group, const std::string& name, std::size_t length) {
  std::vector<std::string> texts = group.dataset(name).read_texts();
  if (texts.size() != length) throw Error("array " + name + " of another length");
  return texts;
}

class RunReader {
 public:
  RunReader(const std::filesystem::path& path, const Group& root) : path_(path), root_(root) {}

  Run read() {
    root_attributes();
    plan();
    inputs();
    scenarios();
    parameters();
    offices();
    if (root_.has("own_cpas")) own_cpas();
    result_axes();
    results();
    effort();
    return std::move(run_);
  }

 private:
  void root_attributes() {
    run_.program_version = root_.text("program_version");
    run_.command = root_.text("command");
    run_.seed = root_.value<std::uint64_t>("seed");
    run_.sample = root_.value<double>("sample");
    run_.fixed_parameters = root_.value<std::int32_t>("fixed_parameters") != 0;
    if (root_.has_attribute("without")) run_.without = effects_in(root_.text("without"));
    run_.interrupted = root_.value<std::int32_t>("interrupted") != 0;
  }

  void plan() {
    const Group group = root_.group("plan");
    Plan& plan = run_.plan;
    plan.burn_in_from = month_of_text(group.text("burn_in_from"));
    plan.report_from = month_of_text(group.text("report_from"));
    plan.report_until = month_of_text(group.text("report_until"));
    plan.cohort_from = month_of_text(group.text("cohort_from"));
    plan.cohort_until = month_of_text(group.text("cohort_until"));
    plan.luck.seed = group.value<std::uint64_t>("seed");
    plan.luck.replicate = static_cast<std::uint32_t>(group.value<std::int64_t>("replicate"));
    plan.share_the_past = group.value<std::int32_t>("share_the_past") != 0;
  }

  void inputs() {
    const Group group = root_.group("inputs");
    const std::vector<std::string> names = group.dataset("input").read_texts();
    const auto texts = text_column(group, "text", names.size());
    const auto hashes = text_column(group, "sha256", names.size());
    const auto confidential = column<std::int8_t>(group, "confidential", names.size());
    for (std::size_t i = 0; i < names.size(); ++i) {
      if (confidential[i] == 0 && sha256(texts[i]) != hashes[i]) {
        throw Error("damaged: input " + names[i] + " does not match its hash");
      }
      run_.inputs.push_back({names[i], texts[i], hashes[i], confidential[i] != 0});
    }
  }

  void scenarios() {
    const Group group = root_.group("scenarios");
    const std::vector<std::string> names = group.dataset("scenario").read_texts();
    const auto first_changes = column<std::int32_t>(group, "first_change", names.size());
    for (std::size_t s = 0; s < names.size(); ++s) {
      run_.scenarios.push_back(
          {.name = names[s], .title = {}, .first_change = month_of_day(first_changes[s])});
    }
    for (std::size_t language = 0; language < n_languages; ++language) {
      const auto titles = text_column(group, std::string("title_") + language_codes[language], names.size());
      for (std::size_t s = 0; s < names.size(); ++s) run_.scenarios[s].title.in[language] = titles[s];
    }
  }

  // The place in a registry of each name along an axis of the file. Every name must be known, and
  // every entry of the registry (as far as `wanted`) be there once: a missing count is not a zero.
  template <typename Entries, typename NameOf>
  std::vector<std::size_t> places(const std::vector<std::string>& names, const Entries& entries,
                                  const std::vector<std::size_t>& wanted, NameOf name_of_entry) const {
    std::vector<std::size_t> found;
    for (const std::string& name : names) {
      const auto entry = std::ranges::find(entries, std::string_view(name), name_of_entry);
      if (entry == entries.end()) refuse(FaultKind::newer_format, name, "a name of this program");
      found.push_back(static_cast<std::size_t>(entry - entries.begin()));
    }
    for (const std::size_t place : wanted) {
      if (std::ranges::count(found, place) != 1) {
        refuse(FaultKind::inconsistent, "file of tremplin " + run_.program_version,
               std::string(std::invoke(name_of_entry, entries[place])));
      }
    }
    if (found.size() != wanted.size()) throw Error("a name in the wrong table");
    return found;
  }

  [[noreturn]] void refuse(FaultKind kind, std::string found, std::string expected) const {
    throw InputError(Fault{
        .kind = kind, .source = path_.string(), .found = std::move(found), .expected = std::move(expected)});
  }

  void parameters() {
    const Group group = root_.group("parameters");
    const auto all = all_parameters();
    std::vector<std::size_t> wanted(all.size());
    for (std::size_t i = 0; i < wanted.size(); ++i) wanted[i] = i;
    const auto order = places(group.dataset("parameter").read_texts(), all, wanted, &ParameterEntry::name);
    const std::size_t n_replicates = group.dataset("replicate").size();
    const auto values = column<double>(group, "values", n_replicates * order.size());
    run_.parameters.resize(n_replicates);
    for (std::size_t r = 0; r < n_replicates; ++r) {
      for (std::size_t i = 0; i < order.size(); ++i) {
        run_.parameters[r].*all[order[i]].field = values[r * order.size() + i];
      }
    }
  }

  void offices() {
    const Group group = root_.group("offices");
    run_.offices.resize(group.dataset("office").size());
    const auto ids = column<std::int32_t>(group, "office", run_.offices.size());
    for (std::size_t i = 0; i < ids.size(); ++i) {
      if (ids[i] < 0 || ids[i] > std::numeric_limits<std::uint16_t>::max())
        throw Error("office out of range");
      run_.offices[i].id = CpasId(static_cast<std::uint16_t>(ids[i]));
    }
    read_office_columns(group, run_.offices);
  }

  void own_cpas() {
    run_.own = read_own_cpas(root_.group("own_cpas"));
    if (run_.own->alignments.size() != run_.n_replicates()) throw Error("own_cpas of another length");
  }

  void result_axes() {
    axes_ = registry_axes();
    const Group group = root_.group("tallies");
    const auto all = all_tallies();
    axes_.tallies = places(group.dataset("tally").read_texts(), all, axes_.tallies, &TallyEntry::name);
    axes_.accounts = places(root_.group("accounts").dataset("account").read_texts(), all, axes_.accounts,
                            &TallyEntry::name);
    axes_.tasks = places(root_.group("workload").dataset("task").read_texts(), all_tasks(), axes_.tasks,
                         &TaskEntry::name);
    axes_.n_offices = run_.offices.size();
    axes_.n_months = run_.plan.report_until - run_.plan.report_from;
    if (axes_.n_months <= 0 || static_cast<std::size_t>(axes_.n_months) > most_months) {
      throw Error("months reported out of range");
    }
    strata(group);
  }

  void strata(const Group& group) {
    const std::vector<std::string> names = group.dataset("stratum").read_texts();
    const auto weights = column<double>(group, "weight", names.size());
    run_.stratum_weights.assign(n_strata, 1);
    for (std::size_t i = 0; i < names.size(); ++i) {
      std::size_t stratum = axes_.strata.empty() ? 0 : axes_.strata.back() + 1;
      while (stratum < n_strata && stratum_name(stratum) != names[i]) ++stratum;
      if (stratum == n_strata) throw Error("unknown stratum " + names[i]);
      axes_.strata.push_back(stratum);
      run_.stratum_weights[stratum] = weights[i];
    }
  }

  // The coordinates of a table must be those by which it is read.
  void check_axes(const Group& group, const ResultTable& table) const {
    for (const TableAxis& axis : table.axes) {
      const hdf5::Dataset scale = group.dataset(std::string(axis.name));
      if (scale.size() != axis.offsets.size())
        throw Error("axis " + std::string(axis.name) + " of another length");
      if (axis.name == "month") {
        const auto days = scale.read<std::int32_t>();
        for (std::size_t m = 0; m < days.size(); ++m) {
          if (days[m] != first_day_of(run_.plan.report_from + static_cast<int>(m))) {
            throw Error("months that are not those of the plan");
          }
        }
        continue;
      }
      const std::vector<std::string> expected = labels(std::string(axis.name));
      if (!expected.empty() && scale.read_texts() != expected) {
        throw Error("axis " + std::string(axis.name) + " differs between tables");
      }
    }
  }

  // The names along an axis of texts, in the order of this file; empty for an axis of numbers.
  [[nodiscard]] std::vector<std::string> labels(const std::string& axis) const {
    std::vector<std::string> names;
    const auto tallies = all_tallies();
    if (axis == "stratum") std::ranges::transform(axes_.strata, std::back_inserter(names), stratum_name);
    if (axis == "tally")
      for (const std::size_t i : axes_.tallies) names.emplace_back(tallies[i].name);
    if (axis == "account")
      for (const std::size_t i : axes_.accounts) names.emplace_back(tallies[i].name);
    if (axis == "task")
      for (const std::size_t i : axes_.tasks) names.emplace_back(all_tasks()[i].name);
    if (axis == "measure") names.assign(workload_names.begin(), workload_names.end());
    return names;
  }

  [[nodiscard]] RunResult empty_result() const {
    const auto n_months = static_cast<std::size_t>(axes_.n_months);
    RunResult result;
    result.from = run_.plan.report_from;
    result.n_months = axes_.n_months;
    result.tallies.resize(n_months * n_strata * n_tallies);
    result.workload.resize(n_months * n_strata * n_tasks * n_workload);
    result.offices.resize(axes_.n_offices * n_tallies);
    result.paid_days.resize(std::size_t{n_strata} * (cohort_window_days + 1));
    return result;
  }

  void results() {
    const auto tables = result_tables(axes_);
    // Shapes first: a damaged file must not make us ask for memory that it cannot fill.
    for (const ResultTable& table : tables) {
      const Group group = root_.group(std::string(table.group));
      if (group.dataset(std::string(table.name)).shape() !=
          table.shape(run_.scenarios.size(), run_.n_replicates())) {
        throw Error("table " + table.path() + " of another shape");
      }
      check_axes(group, table);
    }
    run_.results.assign(run_.scenarios.size(), std::vector<RunResult>(run_.n_replicates(), empty_result()));
    RunDigest digest;
    for (const ResultTable& table : tables) read_table(table, digest);
    if (digest.finish() != root_.text("digest"))
      throw Error("damaged: the results do not match their digest");
  }

  void read_table(const ResultTable& table, RunDigest& digest) {
    const hdf5::Dataset dataset = root_.group(std::string(table.group)).dataset(std::string(table.name));
    std::vector<std::int64_t> slab(table.slab_size());
    Sha256 hash;
    for (std::size_t s = 0; s < run_.scenarios.size(); ++s) {
      for (std::size_t r = 0; r < run_.n_replicates(); ++r) {
        dataset.read_slab(std::span<std::int64_t>(slab), {s, r});
        hash.add(std::span<const std::int64_t>(slab));
        table.scatter(slab, run_.results[s][r]);
      }
    }
    digest.add(table.path(), dataset.shape(), hash.finish());
  }

  void effort() {
    const Group group = root_.group("effort");
    const std::size_t n_replicates = run_.n_replicates();
    const std::size_t n_cells = run_.scenarios.size() * n_replicates;
    const auto active = column<std::int64_t>(group, "active_person_months", n_cells);
    const auto held = column<std::int64_t>(group, "held_person_months", n_cells);
    for (std::size_t i = 0; i < n_cells; ++i) {
      RunResult& result = run_.results[i / n_replicates][i % n_replicates];
      result.active_person_months = active[i];
      result.held_person_months = held[i];
    }
  }

  const std::filesystem::path& path_;
  const Group& root_;
  ResultAxes axes_;
  Run run_;
};

}  // namespace

Run read_run(const std::filesystem::path& path) {
  Run run;
  read_result_file(path, [&](const Group& root) { run = RunReader(path, root).read(); });
  return run;
}

}  // namespace tremplin
