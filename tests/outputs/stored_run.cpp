#include "tests/outputs/stored_run.hpp"

#include <unistd.h>

#include <fstream>
#include <iterator>
#include <random>
#include <stdexcept>

#include "outputs/registries.hpp"
#include "outputs/sha256.hpp"

namespace tremplin::test {

namespace {

using Numbers = std::mt19937_64;  // the standard fixes its values

Run shell(std::size_t n_replicates, Month until) {
  Run run;
  run.program_version = "1.2.3";
  run.command = "tremplin compare law-2015 généralisation --seed 42";
  run.seed = 0xfedcba9876543210U;  // above what a signed number holds
  run.fixed_parameters = true;
  run.sample = 1.0 / 3;
  run.interrupted = true;
  run.plan = {.burn_in_from = Month(1994, 2),
              .report_from = Month(2003, 1),
              .report_until = until,
              .cohort_from = Month(2004, 3),
              .cohort_until = Month(2010, 11),
              .luck = {.seed = 7, .replicate = 9},
              .share_the_past = false};
  const std::string text = "title: { fr: Généralisation }\n";
  run.inputs = {{"scenarios/reforms/generalisation.yaml", text, sha256(text), false},
                {"survey.csv", "", std::string(64, 'a'), true}};
  run.scenarios = {{"law-2015", {{"Loi", "Wet", "Law"}}, until},
                   {"law-2015+generalisation", {{"Généralisée", "Veralgemeend", "General"}}, Month(2003, 2)}};
  run.parameters.resize(n_replicates);
  double value = 0.1;
  for (Parameters& parameters : run.parameters) {
    for (const ParameterEntry& entry : all_parameters()) parameters.*entry.field = value += 1.0 / 7;
  }
  return run;
}

// Offices in which every column has a value of its own, in the strata given in turn.
std::vector<Office> offices_in(const std::vector<int>& strata, int n_offices) {
  constexpr std::array populations = {5'000.0, 15'000.0, 30'000.0, 90'000.0, 250'000.0};
  std::vector<Office> offices;
  for (int i = 0; i < n_offices; ++i) {
    Office office;
    double value = i + 0.5;
    for (const OfficeColumn& column : office_columns()) {
      value += 1.0 / 3;
      column.set(office, column.n_choices() > 0 ? i % column.n_choices() : value);
    }
    const int stratum = strata[static_cast<std::size_t>(i) % strata.size()];
    office.id = CpasId(static_cast<std::uint16_t>(i + 11));
    office.region = static_cast<Region>(stratum / (n_size_classes * n_income_groups));
    office.population = populations[static_cast<std::size_t>(stratum / n_income_groups % n_size_classes)] + i;
    office.income_group = static_cast<std::uint8_t>(stratum % n_income_groups);
    offices.push_back(office);
  }
  return offices;
}

// Half zeros, mostly small numbers, cents in the hundred thousands, minutes in the thousands.
std::int64_t plausible(Numbers& numbers, Unit unit) {
  const std::uint64_t word = numbers();
  if (word % 2 == 0) return 0;
  const std::uint64_t scale = unit == Unit::cent ? 100'000'000 : unit == Unit::minute ? 50'000 : 60;
  return static_cast<std::int64_t>((word >> 8) % scale);
}

RunResult result_of(const Run& run, const std::vector<int>& strata, Numbers& numbers) {
  const auto n_months = static_cast<std::size_t>(run.plan.report_until - run.plan.report_from);
  RunResult result;
  result.from = run.plan.report_from;
  result.n_months = static_cast<int>(n_months);
  result.tallies.resize(n_months * n_strata * n_tallies);
  result.workload.resize(n_months * n_strata * n_tasks * n_workload);
  result.paid_days.resize(std::size_t{n_strata} * (cohort_window_days + 1));
  for (const int s : strata) {
    const auto stratum = static_cast<std::size_t>(s);
    for (std::size_t m = 0; m < n_months; ++m) {
      const std::size_t row = m * n_strata + stratum;
      for (std::size_t t = 0; t < n_tallies; ++t) {
        result.tallies[row * n_tallies + t] = plausible(numbers, all_tallies()[t].unit);
      }
      for (std::size_t w = 0; w < n_tasks * n_workload; ++w) {
        result.workload[row * n_tasks * n_workload + w] =
            plausible(numbers, w % n_workload < 2 ? Unit::minute : Unit::file);
      }
    }
    for (std::size_t d = 0; d <= cohort_window_days; ++d) {
      result.paid_days[stratum * (cohort_window_days + 1) + d] = plausible(numbers, Unit::person);
    }
  }
  for (std::size_t i = 0; i < run.offices.size() * n_tallies; ++i) {
    result.offices.push_back(plausible(numbers, all_tallies()[i % n_tallies].unit));
  }
  result.active_person_months = static_cast<std::int64_t>(numbers() >> 20);
  result.held_person_months = static_cast<std::int64_t>(numbers() >> 18);
  return result;
}

void fill_results(Run& run, const std::vector<int>& strata) {
  Numbers numbers(1);
  run.results.resize(run.scenarios.size());
  for (auto& replicates : run.results) {
    for (std::size_t r = 0; r < run.n_replicates(); ++r) {
      replicates.push_back(result_of(run, strata, numbers));
    }
  }
}

}  // namespace

Run stored_run() {
  const std::vector<int> strata = {0, 5, 21, 40, 59};
  Run run = shell(3, Month(2003, 6));
  run.offices = offices_in(strata, 7);
  run.stratum_weights.assign(n_strata, 1);
  for (const int s : strata) run.stratum_weights[static_cast<std::size_t>(s)] = 1 + s / 7.0;
  fill_results(run, strata);
  return run;
}

Run own_run() {
  Run run = shell(3, Month(2003, 6));
  run.offices = offices_in({21}, 1);
  run.stratum_weights.assign(n_strata, 1);
  fill_results(run, {21});
  OwnCpas& own = run.own.emplace();
  own.name = "CPAS de Là-bas";
  own.reference = {2013, 6};
  own.stated = {150, std::array{40.0, 60.0, 50.0}, 12.5};
  own.preset = "protective";
  own.settled = {{"region", 1}, {"first_line_fte", 2.25}};
  own.left_out = {"income_group", "queue_order"};
  own.offices = offices_in({21, 22}, 3);
  double value = 0.5;
  for (Office& office : own.offices) {
    office.id = own_cpas_id;
    own.alignments.push_back({value,
                              value + 1,
                              {value, value + 2, value + 3},
                              7,
                              value + 4,
                              {value + 5, value + 6, value + 7},
                              value + 8});
    value += 1.0 / 3;
  }
  return run;
}

Run country_run(std::size_t n_replicates) {
  std::vector<int> strata(45);
  for (std::size_t i = 0; i < strata.size(); ++i) strata[i] = static_cast<int>(i + i / 3);
  Run run = shell(n_replicates, Month(2021, 1));
  run.offices = offices_in(strata, 589);
  run.stratum_weights.assign(n_strata, 1);
  fill_results(run, strata);
  return run;
}

Folder::Folder() {
  std::string name = (std::filesystem::temp_directory_path() / "tremplin-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
  path_ = name;
}

Folder::~Folder() { std::filesystem::remove_all(path_); }

std::size_t Folder::n_files() const {
  const std::filesystem::directory_iterator files(path_);
  return static_cast<std::size_t>(std::distance(begin(files), end(files)));
}

std::string content_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void put(const std::filesystem::path& path, const std::string& content) {
  std::ofstream(path, std::ios::binary) << content;
}

}  // namespace tremplin::test
