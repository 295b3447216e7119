#include "outputs/snapshot_origin.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>

#include "outputs/registries.hpp"
#include "outputs/sha256.hpp"
#include "scenarios/date.hpp"
#include "scenarios/landscape/office_columns.hpp"

namespace tremplin {

namespace {

// Gathers numbers as they are in memory: equal bits, equal values.
class Values {
 public:
  void add(double value) { bits_.push_back(std::bit_cast<std::int64_t>(value)); }
  void add(std::int64_t value) { bits_.push_back(value); }
  [[nodiscard]] std::string fingerprint() const {
    Sha256 hash;
    hash.add(std::span<const std::int64_t>(bits_));
    return hash.finish();
  }

 private:
  std::vector<std::int64_t> bits_;
};

// The margins hold nothing but doubles.
using MarginValues = std::array<double, sizeof(PopulationMargins) / sizeof(double)>;
static_assert(sizeof(MarginValues) == sizeof(PopulationMargins));

std::string shortened(const std::string& fingerprint) { return fingerprint.substr(0, 12); }

}  // namespace

std::string fingerprint(const RulesTable& rules, Month from, Month until) {
  Values values;
  const std::vector<Jurisdiction> places = told_apart_by(rules, rules);
  for (const Jurisdiction& where : places) values.add(static_cast<std::int64_t>(where.cpas));
  for (const GroupSet audience : rules.divisions().audiences) values.add(std::int64_t{audience.bits()});
  for (Month month = from; month < until; ++month) {
    const int n_pages = rules.page_of(month) + rules.n_kinds();  // of the generations that have opened
    values.add(std::int64_t{n_pages});
    for (const Jurisdiction& where : places) {
      for (int page = 0; page < n_pages; ++page) {
        const Rules& cell = rules.at(month, where, static_cast<std::uint8_t>(page));
        for (const Lever& lever : all_levers()) values.add(lever.get(cell));
      }
    }
  }
  return values.fingerprint();
}

std::string fingerprint(const World& world, Month from, Month until) {
  Values values;
  for (const Office& office : world.offices) {
    for (const OfficeColumn& column : office_columns()) values.add(column.get(office));
  }
  for (const double value : std::bit_cast<MarginValues>(world.margins)) values.add(value);
  const Environment& e = world.environment;
  for (Month month = from; month < until; ++month) {
    const std::size_t t = e.index(month);
    for (const auto* path : {&e.inflow, &e.inflow_equivalent, &e.staff, &e.places[0], &e.places[1],
                             &e.places[2], &e.places[3], &e.part_time, &e.student_share})
      values.add(path->at(t));
    for (const auto& tightness : e.tightness) values.add(tightness.at(t));
  }
  const PracticeMeans means = world.country ? *world.country : means_of(world.offices);
  for (const double mean : {means.exempt_health, means.exempt_over_50, means.exempt_lone_parent,
                            means.exempt_homeless, means.exempt_student, means.trained})
    values.add(mean);
  return values.fingerprint();
}

std::string fingerprint(const Parameters& parameters) {
  Values values;
  for (const ParameterEntry& entry : all_parameters()) values.add(parameters.*entry.field);
  return values.fingerprint();
}

std::string key_of(const SnapshotOrigin& origin, const std::string& parameters, std::size_t replicate) {
  const Plan& p = origin.plan;
  return sha256(fmt::format("{}\n{}\n{} {} {} {} {} {}\n{} {} {}\n{}\n{}\n{}\n", origin.program,
                            origin.month.index, p.burn_in_from.index, p.report_from.index,
                            p.report_until.index, p.cohort_from.index, p.cohort_until.index, p.luck.seed,
                            origin.sample, origin.fixed_parameters, replicate, origin.law, origin.landscape,
                            parameters));
}

SnapshotOrigin origin_of(const Run& run, const World& world, const RulesTable& base, Month month) {
  const Month from = run.plan.burn_in_from;
  const Month until = std::min(month, run.plan.report_until);  // the environment is known until then
  return {.program = run.program_version + " " + sha256(format_tables()),
          .base = run.scenarios.front().name,
          .month = month,
          .plan = run.plan,
          .sample = run.sample,
          .fixed_parameters = run.fixed_parameters,
          .fitted = run.fitted() == nullptr ? "" : run.fitted()->sha256,
          .law = fingerprint(base, from, until),
          .landscape = fingerprint(world, from, until)};
}

std::vector<Difference> differences(const SnapshotOrigin& snapshot, const SnapshotOrigin& run) {
  std::vector<Difference> found;
  const auto compare = [&](const char* what, const std::string& a, const std::string& b) {
    if (a != b) found.push_back({what, a, b});
  };
  const auto compare_hashes = [&](const char* what, const std::string& a, const std::string& b) {
    if (a != b) found.push_back({what, shortened(a), shortened(b)});
  };
  if (snapshot.program != run.program) {
    const std::size_t digits = 12 + run.program.size() - 64;
    found.push_back({"tremplin", snapshot.program.substr(0, digits), run.program.substr(0, digits)});
  }
  const Plan& a = snapshot.plan;
  const Plan& b = run.plan;
  compare("--seed", fmt::format("{}", a.luck.seed), fmt::format("{}", b.luck.seed));
  compare("--from", to_string(a.report_from), to_string(b.report_from));
  compare("--to", to_string(a.report_until - 1), to_string(b.report_until - 1));
  compare("--sample", fmt::format("{}", snapshot.sample), fmt::format("{}", run.sample));
  compare("--fixed-parameters", fmt::format("{}", snapshot.fixed_parameters),
          fmt::format("{}", run.fixed_parameters));
  compare("--prior", fmt::format("{}", snapshot.fitted.empty()), fmt::format("{}", run.fitted.empty()));
  if (!snapshot.fitted.empty() && !run.fitted.empty())
    compare_hashes(fitted_file, snapshot.fitted, run.fitted);
  compare("burn-in", to_string(a.burn_in_from), to_string(b.burn_in_from));
  compare("cohort", to_string(a.cohort_from) + " .. " + to_string(a.cohort_until - 1),
          to_string(b.cohort_from) + " .. " + to_string(b.cohort_until - 1));
  if (snapshot.law != run.law) {
    found.push_back({"scenarios/law", snapshot.base + " " + shortened(snapshot.law),
                     run.base + " " + shortened(run.law)});
  }
  // Another seed or sample has other offices: that is told already.
  if (a.luck.seed == b.luck.seed && snapshot.sample == run.sample)
    compare_hashes("scenarios/landscape", snapshot.landscape, run.landscape);
  return found;
}

}  // namespace tremplin
