// The month in the order of MODEL.md section 3, and the words that its steps share.
#include "tests/verification/twin/twin.hpp"

#include <algorithm>
#include <chrono>

#include "engine/base/portable_math.hpp"
#include "tests/verification/twin/luck.hpp"

namespace tremplin::twin {

namespace {

void month_begins(Twin& o) {
  o.tally = {};
  o.needs.clear();
  o.bulk.clear();
  o.told.clear();
  o.n_decisions = 0;
  o.months_waited = 0;
  for (Person& person : o.people) {
    person.granted_now = false;
    person.done = {};
    person.leaves_on.reset();
    person.seeks.reset();
  }
}

bool stays_in_care(const Person& person) {
  return on_benefit(person) || person.entitlement == Entitlement::applicant ||
         person.entitlement == Entitlement::employed;
}

// What ends with the right, after its last days are paid.
void file_is_closed(Twin& o, Person& person) {
  ++o.files_closed;
  person.in_care = false;
  person.earnings = 0;
  person.suspended_from.reset();
  person.contracts = {};
  person.obliged = false;
  schedule_return(o, person, 0);
}

void month_ends(Twin& o) {
  o.files_closed = 0;
  for (Person& person : o.people) {
    if (person.in_care && !stays_in_care(person)) file_is_closed(o, person);
  }
  // Who was in care or waits for a month to come back is held; the others never come again.
  const auto forgotten = std::stable_partition(o.people.begin(), o.people.end(), [&](const Person& person) {
    return person.in_care || person.comes_in > o.month;
  });
  o.gone.insert(o.gone.end(), forgotten, o.people.end());
  o.people.erase(forgotten, o.people.end());
  if (o.n_decisions > 0) {
    o.waiting_months = static_cast<double>(o.months_waited) / static_cast<double>(o.n_decisions);
  }
  o.granted = o.tally[Tally::grants];
}

}  // namespace

OfficeMonth live_month(Twin& o) {
  month_begins(o);
  rate_of_the_state_moves(o);
  for (Person& person : o.people) {
    if (stays_in_care(person)) person.groups = groups_of(o, person, *person.requested_in);
  }
  people_ask(o);
  for (Person& person : o.people) person.in_care = stays_in_care(person);
  tasks_fall_due(o);
  serve_tasks(o);
  contracts_are_signed(o);
  meetings(o);
  decisions_on_requests(o);
  reviews(o);
  exemption_reviews(o);
  contracts_are_concluded(o);
  activities_move(o);
  places_are_given(o);
  evaluations_are_held(o);
  procedures_are_held(o);
  contracts_are_broken(o);
  people_leave(o);
  accounts_of_people(o);
  accounts_of_office(o);
  summer_of_students(o);
  month_ends(o);
  ++o.month;
  return o.tally;
}

std::vector<std::int64_t> people_by_paid_days(const Twin& o) {
  std::vector<std::int64_t> people(731);
  for (const auto* group : {&o.people, &o.gone}) {
    for (const Person& person : *group) {
      if (!person.first_paid_day || person.equivalent) continue;
      const int first = *person.first_paid_day;
      const bool counted = first >= day_number(o.plan.cohort_from) && first < day_number(o.plan.cohort_until);
      const bool over = first + 730 <= day_number(o.plan.report_until);
      if (counted && over) ++people[static_cast<std::size_t>(person.days_in_window)];
    }
  }
  return people;
}

void count(Twin& o, Tally tally, long n) { o.tally[tally] += n; }

std::uint64_t name_of(const Twin& o, const Person& person) {
  return static_cast<std::uint64_t>(person_id(o.office.id, person.id));
}

namespace {

double draw(Twin& o, const Person& person, Decision decision, std::optional<double> p) {
  const double u = uniform_from(word(o.plan.luck, name_of(o, person), o.month, decision));
  if (o.followed == person.id) o.told.push_back({decision, u, p});
  return u;
}

}  // namespace

double uniform(Twin& o, const Person& person, Decision decision) { return draw(o, person, decision, {}); }

bool happens(Twin& o, const Person& person, Decision decision, double p) {
  return draw(o, person, decision, p) < p;
}

int below(Twin& o, const Person& person, Decision decision, int n) {
  return static_cast<int>(uniform(o, person, decision) * n);
}

double uniform_in(const Twin& o, const Person& person, Month month, Decision decision) {
  return uniform_from(word(o.plan.luck, name_of(o, person), month, decision));
}

const Rules& rules_of(const Twin& o, const Person& person) {
  return o.table.at(o.month, o.office.jurisdiction(), o.table.page_of(*person.requested_in, person.groups));
}

const Rules& rules_of_new_files(const Twin& o) {
  return o.table.at(o.month, o.office.jurisdiction(), o.table.page_of(o.month));
}

GroupSet groups_of(const Twin& o, const Person& person, Month requested_in) {
  GroupSet groups;
  const auto belongs = [&](TargetGroup group, bool does) {
    if (does) groups.add(group);
  };
  belongs(TargetGroup::cohabitant, person.category == Category::cohabitant);
  belongs(TargetGroup::single, person.category == Category::single);
  belongs(TargetGroup::family, person.category == Category::family);
  belongs(TargetGroup::under_25, under(o, person, 25));
  belongs(TargetGroup::from_25, !under(o, person, 25));
  belongs(TargetGroup::student, person.student);
  belongs(TargetGroup::lone_parent, person.lone_parent);
  belongs(TargetGroup::first_time,
          !person.first_paid_day || *person.first_paid_day >= day_number(requested_in));
  belongs(TargetGroup::insured, person.from_insurance);
  belongs(TargetGroup::benefit_ended, person.benefit_ended);
  belongs(TargetGroup::equivalent, person.equivalent);
  return groups;
}

int day_number(Month month, int day_of_month) {
  using namespace std::chrono;
  const auto first = year(month.year()) / std::chrono::month(static_cast<unsigned>(month.of_year())) / 1;
  return static_cast<int>((sys_days(first) - sys_days(year(1900) / January / 1)).count()) + day_of_month - 1;
}

int n_days(Month month) { return day_number(month + 1) - day_number(month); }

int request_day_number(const Person& person) { return day_number(*person.requested_in, person.request_day); }

bool on_benefit(const Person& person) {
  switch (person.entitlement) {
    case Entitlement::integration_income:
    case Entitlement::equivalent_income:
    case Entitlement::suspended_by_sanction:
    case Entitlement::suspended_otherwise:
      return true;
    default:
      return false;
  }
}

bool is_in_force(const Contract& contract) {
  return contract.stage == ContractStage::in_force || contract.stage == ContractStage::in_evaluation ||
         contract.stage == ContractStage::notice_sent;
}

bool has_personal_contract(const Person& person) {
  const Contract& contract = person.contracts[0];
  return is_in_force(contract) && !contract.formal;
}

bool under(const Twin& o, const Person& person, int years) { return o.month < person.born + 12 * years; }

bool has_child_under(const Twin& o, const Person& person, int years) {
  return person.youngest_child_born && o.month < *person.youngest_child_born + 12 * years;
}

double with_odds_times(double p, double factor) {
  return p * factor == 0 ? 0 : p * factor / (1 - p + p * factor);
}

double mean_over_country(const Twin& o, double Practice::*habit, double PracticeMeans::*mean) {
  if (o.world.country) return *o.world.country.*mean;
  double sum = 0;
  for (const Office& office : o.world.offices) sum += office.practice.*habit;
  return sum / static_cast<double>(o.world.offices.size());
}

double tightness_factor(const Twin& o) {
  const auto& tightness = o.world.environment.tightness[static_cast<std::size_t>(o.office.region)];
  return portable::pow(tightness[o.world.environment.index(o.month)], o.p.tightness_elasticity);
}

int evaluation_interval(const Rules& rules) {
  return rules.evaluations_per_year == 0 ? 1200 : std::max(1, 12 / rules.evaluations_per_year);
}

}  // namespace tremplin::twin
