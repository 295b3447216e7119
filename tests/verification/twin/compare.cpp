#include "tests/verification/twin/compare.hpp"

#include <fmt/format.h>

#include <cmath>
#include <concepts>
#include <map>
#include <set>
#include <utility>

#include "engine/simulate/office_run.hpp"
#include "tests/verification/twin/record.hpp"

namespace tremplin::twin {

namespace {

std::string text_of(Month month) { return fmt::format("{}-{:02}", month.year(), month.of_year()); }

// Months stand in 16 bits of their own, so that they can be told from other numbers.
template <class Value>
std::string text_of(const Value& value) {
  if constexpr (std::same_as<Value, MonthIndex>) {
    return value == no_month ? "no month" : text_of(Month(value));
  } else if constexpr (std::floating_point<Value>) {
    return fmt::format("{} = {:a}", value, value);
  } else {
    return fmt::format("{}", static_cast<std::int64_t>(value));
  }
}

// The first thing that differs, told as `name: engine …, twin …`.
class Difference {
 public:
  template <class Value>
  void look(const std::string& name, const Value& engine, const Value& twin) {
    if (!text_.empty() || engine == twin) return;
    text_ = fmt::format("{}: engine {}, twin {}", name, text_of(engine), text_of(twin));
  }
  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  std::string text_;
};

void look_at_contracts(Difference& difference, const tremplin::Person& engine, const tremplin::Person& twin) {
  for (std::size_t line = 0; line < 2; ++line) {
    const tremplin::Contract& a = engine.contracts[line];
    const tremplin::Contract& b = twin.contracts[line];
    const std::string contract = fmt::format("contract {} ", line + 1);
#define CONTRACT_FIELD(field) difference.look(contract + #field, a.field, b.field);
#define CONTRACT_FIRST(field) CONTRACT_FIELD(field)
#include "outputs/snapshot_fields.def"
#undef CONTRACT_FIRST
#undef CONTRACT_FIELD
  }
}

std::string look_at_person(const Twin& o, const tremplin::Person& engine, const Person& person) {
  tremplin::Person twin = record_of(o, person);
  twin.next = engine.next;  // where a record is stored
  // A window that is counted is closed with a mark.
  constexpr std::uint16_t counted = 0xffff;
  if (engine.days_in_window == counted && person.first_paid_day && !person.equivalent &&
      *person.first_paid_day + 730 <= day_number(o.month))
    twin.days_in_window = counted;
  if (engine == twin) return {};
  Difference difference;
#define PERSON_FIELD(field) difference.look(#field, engine.field, twin.field);
#define PERSON_FIRST(field) PERSON_FIELD(field)
#define PERSON_CONTRACTS(field) look_at_contracts(difference, engine, twin);
#include "outputs/snapshot_fields.def"
#undef PERSON_CONTRACTS
#undef PERSON_FIRST
#undef PERSON_FIELD
  return difference.text();
}

std::string look_at_office(const Twin& o, const OfficeMonth& by_twin, const OfficeRun& run,
                           const OfficeMonth& by_engine) {
  Difference difference;
  for (const TallyEntry& entry : all_tallies()) {
    const auto i = static_cast<std::size_t>(&entry - all_tallies().data());
    difference.look(std::string(entry.name), by_engine.tallies[i], by_twin.tallies[i]);
  }
  for (const TaskEntry& entry : all_tasks()) {
    const auto i = static_cast<std::size_t>(&entry - all_tasks().data());
    constexpr std::array measures = {"minutes asked", "minutes worked", "tasks asked", "tasks done"};
    for (std::size_t what = 0; what < n_workload; ++what) {
      difference.look(fmt::format("{}, {}", entry.name, measures[what]), by_engine.workload[i][what],
                      by_twin.workload[i][what]);
    }
  }
  const OfficeState& state = run.state();
  difference.look("vacant_first_line", state.vacant_first_line, o.vacant[0]);
  difference.look("vacant_second_line", state.vacant_second_line, o.vacant[1]);
  difference.look("guidance_share", state.guidance_share, o.guidance_share);
  difference.look("second_line_share", state.second_line_share, o.second_line_share);
  difference.look("waiting_months", state.waiting_months, o.waiting_months);
  difference.look("files_closed", state.files_closed, o.files_closed);
  difference.look("appeals", state.appeals, o.appeals);
  difference.look("granted", state.granted, o.granted);
  difference.look("paid_this_year", state.paid_this_year, o.paid_this_year);
  difference.look("paid_last_year", state.paid_last_year, o.paid_in_years[0]);
  difference.look("paid_year_before_last", state.paid_year_before_last, o.paid_in_years[1]);
  difference.look("paid_year_before_that", state.paid_year_before_that, o.paid_in_years[2]);
  difference.look("rate_size", state.rate_size, static_cast<long>(o.rate_size.value_or(-1)));
  difference.look("rate_years_below", state.rate_years_below, static_cast<long>(o.rate_years_below));
  difference.look("aided_this_year", state.aided_this_year, o.aided_this_year);
  difference.look("covered_this_year", state.covered_this_year, o.covered_this_year);
  difference.look("coverage_last_year", state.coverage_last_year, o.coverage_last_year);
  return difference.text();
}

struct Found {
  std::optional<LocalId> who;
  std::string what;
};

// People first: a tally differs because somebody does.
Found look(const Twin& o, const OfficeMonth& by_twin, const OfficeRun& run, const OfficeMonth& by_engine) {
  std::map<LocalId, const tremplin::Person*> held;
  const std::vector<std::uint32_t> free = run.state().linked(run.state().first_free);
  const std::set<std::uint32_t> nobody(free.begin(), free.end());
  for (std::uint32_t slot = 0; slot < run.state().people.size(); ++slot) {
    const tremplin::Person& person = run.state().people[slot];
    if (!nobody.contains(slot)) held.emplace(person.id, &person);
  }
  for (const Person& person : o.people) {
    const auto engine = held.find(person.id);
    if (engine != held.end()) {
      const std::string what = look_at_person(o, *engine->second, person);
      if (!what.empty()) return {person.id, what};
      held.erase(engine);
    } else if (person.in_care || person.comes_in < o.plan.report_until) {
      return {person.id, "held by the twin alone"};  // the engine forgets who comes after its last month
    }
  }
  if (!held.empty()) return {held.begin()->first, "held by the engine alone"};
  return {{}, look_at_office(o, by_twin, run, by_engine)};
}

std::string_view name_of(Decision decision) {
  for (const DecisionEntry& entry : all_decisions()) {
    if (entry.number == static_cast<std::uint16_t>(decision)) return entry.name;
  }
  return "?";
}

class Recorder : public Witness {
 public:
  void decided(Decision decision, double p, double u, bool) override {
    probabilities[decision].push_back(p);
    text += fmt::format("\n  engine: {} u = {:.6f}, p = {:.6f}", name_of(decision), u, p);
  }
  void chose(Decision decision, double u) override {
    text += fmt::format("\n  engine: {} u = {:.6f}", name_of(decision), u);
  }
  void clear() {
    text.clear();
    probabilities.clear();
  }
  std::string text;
  std::map<Decision, std::vector<double>> probabilities;  // in the order of asking
};

// A rate that is slightly wrong seldom turns a decision, so what both asked of the person followed is
// compared by its probability too. Sums and powers in another order differ in their last bits: 1e-9 is far
// above those.
std::string look_at_probabilities(const Twin& o, const Recorder& engine) {
  std::map<Decision, std::size_t> asked;
  for (const Told& told : o.told) {
    const auto found = engine.probabilities.find(told.decision);
    if (!told.p || found == engine.probabilities.end()) continue;
    const std::size_t time = asked[told.decision]++;
    if (time >= found->second.size()) continue;
    const double p = found->second[time];
    if (std::abs(p - *told.p) > 1e-9 * std::abs(*told.p))
      return fmt::format("{}: engine p = {}, twin p = {}", name_of(told.decision), p, *told.p);
  }
  return {};
}

// What the two asked of a person in their last month, lived again.
std::string draws_of(OfficeRun run, Twin o, LocalId who, Month last) {
  OfficeScratch scratch;
  Recorder recorder;
  run.follow(who, &recorder);
  o.followed = who;
  while (o.month <= last) {
    recorder.clear();
    run.step(scratch);
    live_month(o);
  }
  for (const Told& told : o.told)
    recorder.text += fmt::format("\n  twin:   {} u = {:.6f}", name_of(told.decision), told.u);
  return recorder.text;
}

std::string look_at_windows(const Twin& o, const OfficeRun& run) {
  Difference difference;
  const std::vector<std::int64_t> twin = people_by_paid_days(o);
  for (std::size_t days = 0; days < twin.size(); ++days)
    difference.look(fmt::format("people paid {} days", days), run.cohort().people()[days], twin[days]);
  return difference.text();
}

}  // namespace

Comparison compare(const World& world, const Office& office, const Parameters& parameters,
                   const RulesTable& table, const Plan& plan) {
  const Constants constants = make_constants(world, parameters);
  const OfficeRun before(world, office, parameters, constants, table, plan);
  const Twin born{.world = world, .office = office, .p = parameters, .table = table, .plan = plan};
  OfficeRun run = before;
  Twin o = born;
  OfficeScratch scratch;
  Recorder recorder;
  Comparison comparison;
  while (o.month < plan.report_until) {
    const Month month = o.month;
    // Every second month somebody else is followed: the engine takes a shorter way where nobody is.
    const std::vector<std::uint32_t>& active = run.state().active;
    const auto turn = static_cast<std::size_t>(month.index);
    recorder.clear();
    o.followed.reset();
    if (!active.empty() && turn % 2 == 0)
      o.followed = run.state().people[active[turn / 2 % active.size()]].id;
    run.follow(o.followed.value_or(LocalId{}), o.followed ? &recorder : nullptr);

    const OfficeMonth by_engine = run.step(scratch);
    const OfficeMonth by_twin = live_month(o);
    for (std::size_t i = 0; i < n_tallies; ++i) comparison.sum.tallies[i] += by_twin.tallies[i];
    Found found = look(o, by_twin, run, by_engine);
    if (found.what.empty() && o.followed) found = {o.followed, look_at_probabilities(o, recorder)};
    if (found.what.empty()) continue;
    comparison.difference =
        fmt::format("office {}, {}, ", static_cast<std::uint16_t>(office.id), text_of(month));
    if (found.who)
      comparison.difference += fmt::format("person {:#x}, ", static_cast<std::uint32_t>(*found.who));
    comparison.difference += found.what;
    if (found.who) comparison.difference += draws_of(before, born, *found.who, month);
    return comparison;
  }
  run.finish();
  comparison.difference = look_at_windows(o, run);
  return comparison;
}

}  // namespace tremplin::twin
