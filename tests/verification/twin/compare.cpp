#include "tests/verification/twin/compare.hpp"

#include <fmt/format.h>

#include <concepts>
#include <map>
#include <set>
#include <utility>

#include "engine/simulate/office_run.hpp"

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

MonthIndex index_of(const std::optional<Month>& month) {
  return month ? static_cast<MonthIndex>(month->index) : no_month;
}
DayNumber number_of(const std::optional<int>& day) { return static_cast<DayNumber>(day.value_or(0)); }

tremplin::Contract record_of(const Contract& contract) {
  tremplin::Contract record;
  record.type = contract.type;
  record.stage = contract.stage;
  record.formal = contract.formal;
  record.registered = contract.registered;
  record.amendment = contract.amendment_wanted;
  record.evaluation_missed = contract.evaluation_missed;
  record.optional = contract.optional;
  record.evaluations_held = static_cast<std::uint8_t>(contract.evaluations_held) & 0xfU;
  record.signed_in = index_of(contract.signed_in);
  record.due_by = index_of(contract.due_by);
  record.wake_in = index_of(contract.next);
  return record;
}

void dates_of(const Person& person, tremplin::Person& record) {
  record.first_paid_day = number_of(person.first_paid_day);
  record.suspended_from = number_of(person.suspended_from);
  record.suspended_until =
      person.suspended_from ? static_cast<DayNumber>(person.suspended_until) : DayNumber{0};
  record.exempted_earnings_from = number_of(person.earnings_exempt_from);
  record.born = static_cast<MonthIndex>(person.born.index);
  record.requested_in = index_of(person.requested_in);
  record.granted_in = index_of(person.granted_in);
  record.last_paid_in = index_of(person.last_paid_in);
  record.last_left_in = index_of(person.left_in);
  record.review_in = index_of(person.review_in);
  record.exemption_review_in = index_of(person.exemption_review_in);
  record.seen_in = index_of(person.seen_in);
  record.activity_until = index_of(person.activity_until);
  record.trained_in = index_of(person.trained_in);
  record.notice_in = index_of(person.notice_in);
  record.last_sanction_in = index_of(person.sanctioned_in);
  record.sanction_felt_until = index_of(person.sanction_felt_until);
  record.youngest_child_born = index_of(person.youngest_child_born);
}

void numbers_of(const Twin& o, const Person& person, tremplin::Person& record) {
  record.exit_factor = person.exit_factor;
  record.readiness = person.readiness;
  record.means = static_cast<std::uint16_t>(person.means);
  record.earnings = static_cast<std::uint16_t>(person.earnings);
  record.days_in_window = static_cast<std::uint16_t>(person.days_in_window);
  record.exempted_earnings_days = static_cast<std::uint16_t>(person.earnings_exempt_days);
  record.article_60_days = static_cast<std::uint16_t>(person.article_60_days);
  record.trust_lost = static_cast<std::uint8_t>(person.trust_lost);
  record.request_day = static_cast<std::uint8_t>(person.request_day);
  record.inquiry_days = static_cast<std::uint8_t>(person.inquiry_days);
  record.generation = person.requested_in ? o.table.generation_of(*person.requested_in) : std::uint8_t{0};
  record.breaches_in_year = static_cast<std::uint8_t>(person.breaches_in_year);
  record.n_children = static_cast<std::uint8_t>(person.n_children);
}

// The engine's record of a person of the twin.
tremplin::Person record_of(const Twin& o, const Person& person) {
  tremplin::Person record;
  record.id = person.id;
  dates_of(person, record);
  numbers_of(o, person, record);
  record.contracts = {record_of(person.contracts[0]), record_of(person.contracts[1])};
  record.entitlement = person.entitlement;
  record.disposition = person.disposition;
  record.activity = person.activity;
  record.exit = person.exit;
  record.procedure = person.procedure;
  record.category = person.category;
  record.woman = person.woman;
  record.student = person.student;
  record.homeless = person.homeless;
  record.lone_parent = person.lone_parent;
  record.has_partner = person.has_partner;
  record.health_limited = person.health_limited;
  record.comes_for_equivalent = person.equivalent;
  record.insured_before = person.insured_before;
  record.low_education = person.low_education;
  record.non_eu = person.non_eu;
  record.suspension_partial = person.suspended_partially;
  record.obliged = person.obliged;
  record.contract_undertaken = person.undertaken;
  record.no_summer_pay = person.unpaid_august;
  record.waiting_for_place = person.waiting_for_place;
  return record;
}

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
  difference.look("guidance_share", state.guidance_share, o.guidance_share);
  difference.look("second_line_share", state.second_line_share, o.second_line_share);
  difference.look("waiting_months", state.waiting_months, o.waiting_months);
  difference.look("files_closed", state.files_closed, o.files_closed);
  difference.look("granted", state.granted, o.granted);
  difference.look("paid_this_year", state.paid_this_year, o.paid_this_year);
  difference.look("paid_last_year", state.paid_last_year, o.paid_last_year);
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

class Recorder : public Witness {
 public:
  void decided(Decision decision, double p, double u, bool) override {
    text += fmt::format("\n  engine: {} u = {:.6f}, p = {:.6f}", name(decision), u, p);
  }
  void chose(Decision decision, double u) override {
    text += fmt::format("\n  engine: {} u = {:.6f}", name(decision), u);
  }
  static std::string_view name(Decision decision) {
    for (const DecisionEntry& entry : all_decisions()) {
      if (entry.number == static_cast<std::uint16_t>(decision)) return entry.name;
    }
    return "?";
  }
  std::string text;
};

// What the two asked of a person in their last month, lived again.
std::string draws_of(OfficeRun run, Twin o, LocalId who, Month last) {
  OfficeScratch scratch;
  Recorder recorder;
  run.follow(who, &recorder);
  o.followed = who;
  while (o.month <= last) {
    recorder.text.clear();
    run.step(scratch);
    live_month(o);
  }
  for (const Told& told : o.told)
    recorder.text += fmt::format("\n  twin:   {} u = {:.6f}", Recorder::name(told.decision), told.u);
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
  Comparison comparison;
  while (o.month < plan.report_until) {
    const Month month = o.month;
    const OfficeMonth by_engine = run.step(scratch);
    const OfficeMonth by_twin = live_month(o);
    for (std::size_t i = 0; i < n_tallies; ++i) comparison.sum.tallies[i] += by_twin.tallies[i];
    const Found found = look(o, by_twin, run, by_engine);
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
