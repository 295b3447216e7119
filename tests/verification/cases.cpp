#include "tests/verification/cases.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <functional>
#include <ostream>
#include <sstream>

namespace tremplin::test {

namespace {

double between(double least, double greatest, int place) {
  return least + (greatest - least) * place / 100.0;
}

// What is random about an office, or about the world around all of them.
template <class Thing>
struct Knob {
  const char* name;
  double least;
  double greatest;
  std::function<void(Thing&, double)> set;
};

const std::vector<Knob<Office>>& knobs() {
  static const std::vector<Knob<Office>> list = {
      {"population", 1000, 200'000, [](Office& o, double x) { o.population = x; }},
      {"people paid", 1, 60, [](Office& o, double x) { o.caseload_2013 = x; }},
      {"people paid equivalent income", 0, 20, [](Office& o, double x) { o.equivalent_2013 = x; }},
      {"first-line FTE", 0, 3, [](Office& o, double x) { o.first_line_fte = x; }},
      {"second-line FTE", 0, 1, [](Office& o, double x) { o.second_line_fte = x; }},
      {"article 60 places", 0, 20, [](Office& o, double x) { o.places[0] = x; }},
      {"training places", 0, 20, [](Office& o, double x) { o.places[1] = x; }},
      {"social-activation places", 0, 20, [](Office& o, double x) { o.places[2] = x; }},
      {"guidance places", 0, 20, [](Office& o, double x) { o.places[3] = x; }},
      {"childcare tightness", -3, 3, [](Office& o, double x) { o.childcare_tightness = x; }},
      {"guidance attitude", -3, 3, [](Office& o, double x) { o.practice.guidance = x; }},
      {"council strictness", -3, 3, [](Office& o, double x) { o.practice.strictness = x; }},
      {"contract policy", 0, 3,
       [](Office& o, double x) { o.practice.policy = static_cast<ContractPolicy>(std::lround(x)); }},
      {"contracts case by case", 0, 1, [](Office& o, double x) { o.practice.p_case_by_case = x; }},
      {"contract compliance", -3, 3, [](Office& o, double x) { o.practice.contract_compliance = x; }},
      {"young exempted", 0, 1, [](Office& o, double x) { o.practice.p_young_exempted = x; }},
      {"health grounds", 0, 1, [](Office& o, double x) { o.practice.p_exempt_health = x; }},
      {"age as a ground", 0, 1, [](Office& o, double x) { o.practice.p_exempt_over_50 = x; }},
      {"lone parents exempted", 0, 1, [](Office& o, double x) { o.practice.p_exempt_lone_parent = x; }},
      {"homeless exempted", 0, 1, [](Office& o, double x) { o.practice.p_exempt_homeless = x; }},
      {"formalism", -3, 3, [](Office& o, double x) { o.practice.formalism = x; }},
      {"contractual attitude", -3, 3, [](Office& o, double x) { o.practice.contractual = x; }},
      {"offer", 0, 2, [](Office& o, double x) { o.practice.offer = static_cast<Offer>(std::lround(x)); }},
      {"students exempted", 0, 1, [](Office& o, double x) { o.practice.p_exempt_student = x; }},
      {"sanction habit", 0, 2,
       [](Office& o, double x) { o.practice.sanctions = static_cast<SanctionHabit>(std::lround(x)); }},
      {"share of partial sanctions", 0, 1,
       [](Office& o, double x) {
         o.practice.sanction_kinds = {x, (1 - x) / 2, (1 - x) / 2, 0};
       }},
      {"evaluation regularity", 0, 1, [](Office& o, double x) { o.practice.evaluation_regularity = x; }},
      {"contracts for employment", 0, 1, [](Office& o, double x) { o.practice.contract_uses[0] = x > 0.5; }},
      {"contracts for social activation", 0, 1,
       [](Office& o, double x) { o.practice.contract_uses[1] = x > 0.5; }},
      {"contracts for reinforced guidance", 0, 1,
       [](Office& o, double x) { o.practice.contract_uses[2] = x > 0.5; }},
      {"contracts with homeless people", 0, 1,
       [](Office& o, double x) { o.practice.contract_uses[3] = x > 0.5; }},
      {"contracts with equivalent income", 0, 1,
       [](Office& o, double x) { o.practice.contract_uses[4] = x > 0.5; }},
      {"annual report", 0, 1, [](Office& o, double x) { o.practice.annual_report = x; }},
      {"social activation offered", 0, 1, [](Office& o, double x) { o.practice.activation_offer = x > 0.2; }},
      {"volunteering offered", 0, 1, [](Office& o, double x) { o.practice.volunteering = x > 0.5; }},
      {"guidance of the second line", -3, 3,
       [](Office& o, double x) { o.practice.second_line_guidance = x; }},
      {"checked sanctions", 0, 1, [](Office& o, double x) { o.practice.guarded_sanctions = x > 0.5; }},
      {"parallel contracts", 0, 1, [](Office& o, double x) { o.practice.parallel_contracts = x > 0.5; }},
      {"conditional activation", 0, 1,
       [](Office& o, double x) { o.practice.conditional_activation = x > 0.5; }},
      {"students' summer", 1, 3,
       [](Office& o, double x) { o.practice.students_summer = static_cast<int>(std::lround(x)); }},
      {"hours factor", 0.5, 3, [](Office& o, double x) { o.practice.hours_factor = x; }},
      {"trained share", 0, 1, [](Office& o, double x) { o.practice.trained_share = x; }},
      {"order of tasks", 0, 2,
       [](Office& o, double x) { o.practice.order = static_cast<QueueOrder>(std::lround(x)); }},
  };
  return list;
}

// A share of one age class, the others in proportion.
void set_share(std::array<double, 5>& shares, std::size_t which, double x) {
  const double others = 1 - shares[which];
  for (double& share : shares) share *= (1 - x) / others;
  shares[which] = x;
}

// The same in every month, or by turns: a year as it was, a year at the value.
void every_other_year(std::vector<double>& months, double x) {
  for (std::size_t m = 0; m < months.size(); ++m) months[m] = m / 12 % 2 == 0 ? 1 : x;
}

const std::vector<Knob<World>>& world_knobs() {
  static const std::vector<Knob<World>> list = {
      {"homeless", 0, 1, [](World& w, double x) { w.margins.homeless = x; }},
      {"under 25", 0, 0.9, [](World& w, double x) { set_share(w.margins.age, 0, x); }},
      {"65 and over", 0, 0.9, [](World& w, double x) { set_share(w.margins.age, 4, x); }},
      {"equivalent under 25", 0, 0.9, [](World& w, double x) { set_share(w.margins.age_equivalent, 0, x); }},
      {"women", 0, 1,
       [](World& w, double x) {
         w.margins.women = {x, x};
       }},
      {"families", 0, 1,
       [](World& w, double x) {
         w.margins.category = {{{1 - x, 0, x}, {0, 1 - x, x}}};
       }},
      {"lone parents", 0, 1, [](World& w, double x) { w.margins.lone_parent = x; }},
      {"a child under 3", 0, 1, [](World& w, double x) { w.margins.child_under_3 = x; }},
      {"insured before", 0, 1, [](World& w, double x) { w.margins.insured_before = x; }},
      {"students", 0, 1,
       [](World& w, double x) { w.environment.student_share.assign(w.environment.student_share.size(), x); }},
      {"inflow", 0, 2, [](World& w, double x) { every_other_year(w.environment.inflow, x); }},
      {"equivalent inflow", 0, 2,
       [](World& w, double x) { every_other_year(w.environment.inflow_equivalent, x); }},
      {"staff", 0, 2, [](World& w, double x) { every_other_year(w.environment.staff, x); }},
      {"places", 0, 2,
       [](World& w, double x) {
         for (auto& group : w.environment.places) every_other_year(group, x);
       }},
      {"part-time work", 0, 2, [](World& w, double x) { every_other_year(w.environment.part_time, x); }},
      {"tightness", 0.2, 3,
       [](World& w, double x) {
         for (auto& region : w.environment.tightness) every_other_year(region, x);
       }},
  };
  return list;
}

constexpr int max_offices = 6;

// Parameters whose extremes make a world too large to be small (people who come), kept within reach.
double least_of(const ParameterEntry& parameter) {
  return parameter.name == "grant_share" || parameter.name == "take_up" ? 0.2 : parameter.minimum;
}
double greatest_of(const ParameterEntry& parameter) {
  return parameter.name.starts_with("entry_rate") ? 0.1 : parameter.maximum;
}

double value_of(const Change& change, const Lever& lever) {
  const double value = between(lever.minimum, lever.maximum, change.place);
  return lever.whole() ? std::round(value) : value;
}

Rules with(Rules rules, const std::vector<Change>& changes) {
  for (const Change& change : changes) {
    const Lever& lever = all_levers()[static_cast<std::size_t>(change.what)];
    lever.set(rules, value_of(change, lever));
  }
  // Refused at the door: more evaluations face to face than evaluations (scenarios/consistency.cpp).
  rules.evaluations_face_to_face = std::min(rules.evaluations_face_to_face, rules.evaluations_per_year);
  return rules;
}

}  // namespace

World Case::world() const {
  World world = small_world(n_offices, 20);
  const auto n = static_cast<int>(knobs().size());
  for (const Change& change : offices) {
    if (change.what / n >= n_offices) continue;
    const auto& knob = knobs()[static_cast<std::size_t>(change.what % n)];
    knob.set(world.offices[static_cast<std::size_t>(change.what / n)],
             between(knob.least, knob.greatest, change.place));
  }
  for (const Change& change : surroundings) {
    const auto& knob = world_knobs()[static_cast<std::size_t>(change.what)];
    knob.set(world, between(knob.least, knob.greatest, change.place));
  }
  return world;
}

Parameters Case::behaviour() const {
  Parameters p = small_parameters();
  for (const Change& change : parameters) {
    const ParameterEntry& entry = all_parameters()[static_cast<std::size_t>(change.what)];
    p.*entry.field = between(least_of(entry), greatest_of(entry), change.place);
  }
  return p;
}

Rules Case::rules_before() const { return with(rules_of_2002(), law); }

RulesTable Case::before() const { return table_of(rules_before()); }

RulesTable Case::after() const {
  return reformed(rules_before(), with(rules_before(), reform), plan().burn_in_from + reform_after,
                  new_files_only, groups());
}

GroupSet Case::groups() const {
  if (for_whom == 0) return {};
  return {static_cast<TargetGroup>(for_whom - 1)};
}

Plan Case::plan() const {
  Plan plan = small_plan();
  plan.burn_in_from = plan.report_from = plan.cohort_from = Month(2001, 1);
  plan.report_until = plan.cohort_until = Month(2004, 1);
  plan.luck.seed = static_cast<std::uint64_t>(seed);
  return plan;
}

namespace {

void show_rules(const std::vector<Change>& changes, const char* what, std::ostream& out) {
  for (const Change& change : changes) {
    const Lever& lever = all_levers()[static_cast<std::size_t>(change.what)];
    out << fmt::format("  {} {} = {}\n", what, lever.path, value_of(change, lever));
  }
}

}  // namespace

void showValue(const Case& c, std::ostream& out) {
  out << fmt::format("{} offices, seed {}, reform after {} months for {} files\n", c.n_offices, c.seed,
                     c.reform_after, c.new_files_only ? "new" : "all");
  if (c.for_whom > 0)
    out << fmt::format("  for {} alone\n", group_names[static_cast<std::size_t>(c.for_whom - 1)]);
  const auto n = static_cast<int>(knobs().size());
  for (const Change& change : c.offices) {
    const auto& knob = knobs()[static_cast<std::size_t>(change.what % n)];
    out << fmt::format("  office {}: {} = {}\n", change.what / n + 1, knob.name,
                       between(knob.least, knob.greatest, change.place));
  }
  for (const Change& change : c.surroundings) {
    const auto& knob = world_knobs()[static_cast<std::size_t>(change.what)];
    out << fmt::format("  {} = {}\n", knob.name, between(knob.least, knob.greatest, change.place));
  }
  show_rules(c.law, "law", out);
  show_rules(c.reform, "reform", out);
  for (const Change& change : c.parameters) {
    const ParameterEntry& entry = all_parameters()[static_cast<std::size_t>(change.what)];
    out << fmt::format("  parameter {} = {}\n", entry.name,
                       between(least_of(entry), greatest_of(entry), change.place));
  }
}

rc::detail::TestParams search(int n) {
  if (std::getenv("RC_PARAMS") != nullptr) return rc::detail::configuration().testParams;
  rc::detail::TestParams params;
  params.seed = 26052002;
  params.maxSuccess = n;
  return params;
}

std::vector<Case> some_cases(int n) {
  const auto gen = rc::gen::arbitrary<Case>();
  const rc::detail::TestParams params = search(n);
  rc::Random random(params.seed);
  std::vector<Case> list;
  for (int i = 0; i < n; ++i) list.push_back(gen(random.split(), params.maxSize).value());
  return list;
}

void report(const rc::detail::TestResult& result) {
  if (result.is<rc::detail::SuccessResult>()) return;
  std::ostringstream text;
  rc::detail::printResultMessage(result, text);
  ADD_FAILURE() << text.str();
}

namespace {

rc::Gen<std::vector<Change>> changes(std::size_t n) {
  return rc::gen::container<std::vector<Change>>(
      rc::gen::construct<Change>(rc::gen::inRange(0, static_cast<int>(n)), rc::gen::inRange(0, 101)));
}

}  // namespace
}  // namespace tremplin::test

rc::Gen<tremplin::test::Case> rc::Arbitrary<tremplin::test::Case>::arbitrary() {
  using namespace tremplin;
  using namespace tremplin::test;
  return gen::construct<Case>(gen::inRange(1, max_offices + 1), changes(max_offices * knobs().size()),
                              changes(all_levers().size()), changes(all_levers().size()),
                              changes(all_parameters().size()), gen::inRange(0, 36), gen::arbitrary<bool>(),
                              gen::inRange(0, n_groups + 1), gen::inRange(0, 1'000'000),
                              changes(world_knobs().size()));
}
