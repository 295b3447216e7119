// ODD 7.1: who becomes eligible, who asks, who returns.
#include <algorithm>
#include <vector>

#include <boost/random/poisson_distribution.hpp>

#include "engine/base/portable_math.hpp"
#include "engine/base/portable_real.hpp"
#include "tests/verification/twin/luck.hpp"
#include "tests/verification/twin/twin.hpp"

namespace tremplin::twin {

namespace {

constexpr int horizon = 480;  // months: whoever has stayed away so long does not return

template <class Shares>
int pick(const Shares& shares, double u) {
  int n = 0;
  double reached = 0;
  for (const double share : shares) {
    reached += share;
    if (u < reached) return n;
    ++n;
  }
  return n - 1;
}

// One draw decides whether there is one parent; what is left of it, how many children (1 to 3); what is left
// of that, the age of the youngest: under three, or 3 to 17; no older than the parent allows.
void draw_family(Twin& o, Person& person, int age_in_months) {
  const PopulationMargins& margins = o.world.margins;
  const double u = uniform(o, person, Decision::person_children);
  person.lone_parent = u < margins.lone_parent;
  if (person.lone_parent) person.has_partner = false;
  const double left =
      person.lone_parent ? u / margins.lone_parent : (u - margins.lone_parent) / (1 - margins.lone_parent);
  person.n_children = 1 + static_cast<int>(3 * left);
  const double last = 3 * left - static_cast<int>(3 * left);
  const int age =
      last < margins.child_under_3
          ? static_cast<int>(3 * (last / margins.child_under_3))
          : 3 + static_cast<int>(15 * (last - margins.child_under_3) / (1 - margins.child_under_3));
  person.youngest_child_born = o.month - 12 * std::min(age, age_in_months / 12 - 17);
}

Person newcomer(Twin& o, LocalId id, bool equivalent, bool benefit_ended) {
  const PopulationMargins& margins = o.world.margins;
  Person person;
  person.id = id;
  person.equivalent = equivalent;
  person.benefit_ended = benefit_ended;

  constexpr std::array bounds = {18, 25, 40, 50, 65, 80};
  const double u = uniform(o, person, Decision::person_age);
  // Who was insured until the limit is 25 to 64.
  const int group = pick(equivalent ? margins.age_equivalent : margins.age,
                         benefit_ended ? margins.age[0] + u * (1 - margins.age[0] - margins.age[4]) : u);
  const int from = bounds[static_cast<std::size_t>(group)];
  const int until = bounds[static_cast<std::size_t>(group) + 1];
  const int age =
      12 * from + static_cast<int>(uniform(o, person, Decision::person_age_within) * (until - from) * 12);
  person.born = o.month - age;
  const bool young = group == 0;
  const std::size_t side = young ? 0 : 1;
  person.woman =
      happens(o, person, Decision::person_sex, (equivalent ? margins.women_equivalent : margins.women)[side]);
  person.category =
      static_cast<Category>(pick(equivalent ? margins.category_equivalent : margins.category[side],
                                 uniform(o, person, Decision::person_category)));
  if (person.category != Category::single)
    person.has_partner = happens(o, person, Decision::person_partner, o.p.partner_share);
  if (person.category == Category::family) draw_family(o, person, age);
  const double students = o.world.environment.student_share[o.world.environment.index(o.month)];
  if (young) person.student = happens(o, person, Decision::person_student, students);
  person.homeless = happens(o, person, Decision::person_homeless, margins.homeless);
  if (!person.student)
    person.low_education = happens(o, person, Decision::person_education, margins.low_education);
  if (benefit_ended) {
    person.insured_before = true;
  } else if (!young) {
    person.insured_before = happens(o, person, Decision::person_insured, margins.insured_before);
  }
  person.from_insurance = person.insured_before;
  person.non_eu = happens(o, person, Decision::person_nationality, margins.non_eu);

  const double distance = portable::normal_quantile(uniform(o, person, Decision::person_distance));
  person.exit_factor = static_cast<float>(portable::exp(-o.p.frailty_sd * distance));
  if (distance > 0)
    person.health_limited = happens(o, person, Decision::person_health, 2 * o.p.health_limited);
  if (happens(o, person, Decision::person_means, o.p.means_share)) {
    const double part = 2 * o.p.means_fraction * uniform(o, person, Decision::person_means_amount);
    person.means = static_cast<int>(8173.6 * std::min(part, 0.95));  // of a single person's amount in 2013
  }
  return person;
}

// More or fewer of a group come; whoever belongs to several takes the factors of all.
double of_groups(const Twin& o, const Rules& rules, const Person& person) {
  double factor = 1;
  factor *= under(o, person, 25) ? rules.inflow_under_25 : 1;
  factor *= person.woman ? rules.inflow_women : 1;
  factor *= person.category == Category::family ? rules.inflow_family : 1;
  factor *= person.from_insurance ? rules.inflow_insured_leavers : 1;
  factor *= person.equivalent ? rules.inflow_equivalent : 1;
  return factor;
}

// What the month makes of the wish to ask.
double wish_to_ask(const Twin& o, const Person& person) {
  const Rules& rules = rules_of_new_files(o);
  double factor = rules.inflow_factor * rules.take_up_factor;
  if (rules.piis_information_document != 0) factor *= o.p.information_take_up;
  factor *= std::max(0.0, 1 + o.waiting_months * (o.p.deterrence_waiting - 1));
  const Rules& own =
      o.table.at(o.month, o.office.jurisdiction(), o.table.page_of(o.month, groups_of(o, person, o.month)));
  if (would_be_obliged(o, own, person, o.month)) factor *= o.p.deterrence_obligation;
  return factor * of_groups(o, rules, person);
}

void asks(Twin& o, Person& person) {
  count(o, Tally::requests);
  if (person.benefit_ended) count(o, Tally::requests_benefit_ended);
  person.entitlement = Entitlement::applicant;
  person.exit = Exit::none;
  person.comes_in.reset();
  person.requested_in = o.month;
  person.groups = groups_of(o, person, o.month);
  person.request_day = 1 + below(o, person, Decision::request_day, n_days(o.month));
  // From none to twice the mean, in whole days.
  const int most = static_cast<int>(2 * o.p.inquiry_days);
  person.inquiry_days = below(o, person, Decision::inquiry_length, most + 1);
}

void newcomers(Twin& o, bool equivalent) {
  const Environment& environment = o.world.environment;
  const std::size_t t = environment.index(o.month);
  const double stock = equivalent ? o.office.equivalent_2013 : o.office.caseload_2013;
  const double rate = equivalent ? o.p.entry_rate_equivalent : o.p.entry_rate;
  const double inflow = equivalent ? environment.inflow_equivalent[t] : environment.inflow[t];
  const double claims = o.p.take_up + (1 - o.p.take_up) * o.p.later_claim;
  const double mean = stock * rate * inflow / (o.p.grant_share * claims);
  if (mean <= 0) return;
  const std::uint64_t who =
      (std::uint64_t{equivalent ? 0xfffeU : 0xffffU} << 48) + static_cast<std::uint64_t>(o.office.id);
  Words words(o.plan.luck, who, o.month, Decision::office_potential);
  const int n = boost::random::poisson_distribution<int, PortableReal>(mean)(words);
  count(o, Tally::potential_applicants, n);
  for (int i = 0; i < n; ++i) {
    const auto serial = (equivalent ? serial_of_equivalent : 0) + static_cast<std::uint32_t>(i);
    Person person = newcomer(o, local_id(o.month, serial), equivalent, false);
    if (happens(o, person, Decision::claim, o.p.take_up * wish_to_ask(o, person))) {
      asks(o, person);
    } else {
      person.comes_in = o.month + 1 + below(o, person, Decision::claim_when, 12);
    }
    o.people.push_back(person);
  }
}

// People whose unemployment benefit ends, for each thousand people paid in 2013. They ask in that month or
// never.
void people_whose_benefit_ended(Twin& o) {
  const double mean = o.office.caseload_2013 * rules_of_new_files(o).benefits_ended / 1000;
  if (mean <= 0) return;
  const std::uint64_t who = (std::uint64_t{0xfffdU} << 48) + static_cast<std::uint64_t>(o.office.id);
  Words words(o.plan.luck, who, o.month, Decision::office_potential);
  const int n = boost::random::poisson_distribution<int, PortableReal>(mean)(words);
  count(o, Tally::potential_applicants, n);
  for (int i = 0; i < n; ++i) {
    const std::uint32_t serial = serial_of_benefit_ended + static_cast<std::uint32_t>(i);
    Person person = newcomer(o, local_id(o.month, serial), false, true);
    if (!happens(o, person, Decision::claim, o.p.benefit_ended_asks * wish_to_ask(o, person))) continue;
    asks(o, person);
    o.people.push_back(person);
  }
}

// The month in which the unemployment benefit ends of who left for it, and the person asks.
std::optional<Month> end_of_benefit(const Twin& o, const Person& person) {
  if (person.exit != Exit::insurance) return {};
  const Month left = *person.left_in;
  const int limit = o.table.at(left, o.office.jurisdiction(), o.table.page_of(left)).benefit_limit_months;
  if (limit == 0) return {};
  if (uniform_in(o, person, left, Decision::benefit_ends_asks) >= o.p.benefit_ended_asks) return {};
  // Any month of the upper half of the limit.
  const double u = uniform_in(o, person, left, Decision::benefit_ends_when);
  return left + (limit + 1) / 2 + static_cast<int>(u * (limit / 2 + 1));
}

// The hazard of returning in a month, `out` months after leaving, before what the month makes of it.
double hazard_of_return(const Twin& o, const Person& person, int out) {
  return (o.p.return_hazard * portable::exp(-o.p.return_fading * (out - 1)) + o.p.return_floor) *
         portable::pow(static_cast<double>(person.exit_factor), -o.p.return_frailty);
}

void may_return(Twin& o, Person& person) {
  const int out = o.month - (person.entitlement == Entitlement::refused ? *person.seen_in : *person.left_in);
  if (end_of_benefit(o, person) == o.month) {
    if (happens(o, person, Decision::claim, wish_to_ask(o, person))) {
      person.benefit_ended = true;
      asks(o, person);
    } else {
      schedule_return(o, person, out);
    }
    return;
  }
  const double hazard = hazard_of_return(o, person, out);
  const double k = std::min(2.0, wish_to_ask(o, person) / tightness_factor(o));
  const double accepted =
      portable::one_minus_exp_of_minus(hazard * k) / portable::one_minus_exp_of_minus(hazard * 2);
  if (happens(o, person, Decision::return_accept, accepted)) {
    asks(o, person);
  } else {
    schedule_return(o, person, out);
  }
}

}  // namespace

// A candidate month: the first in which twice the hazard, summed over the months, passes what was drawn.
void schedule_return(Twin& o, Person& person, int months_out) {
  person.comes_in.reset();
  if (person.exit == Exit::death || person.exit == Exit::pension) return;
  if (person.entitlement == Entitlement::transferred) {
    person.comes_in = o.month + 1;
    return;
  }
  const double drawn = -portable::log(uniform(o, person, Decision::return_when));
  double sum = 0;
  for (int out = months_out + 1; out <= horizon; ++out) {
    sum += 2 * hazard_of_return(o, person, out);
    if (sum >= drawn) {
      person.comes_in = o.month + (out - months_out);
      break;
    }
  }
  const std::optional<Month> ends = end_of_benefit(o, person);
  if (ends && *ends > o.month && (!person.comes_in || *ends < *person.comes_in)) person.comes_in = ends;
}

void people_ask(Twin& o) {
  newcomers(o, false);
  newcomers(o, true);
  people_whose_benefit_ended(o);
  for (Person& person : o.people) {
    if (person.comes_in != o.month) continue;
    if (person.entitlement == Entitlement::non_claimant) {
      person.comes_in.reset();
      if (happens(o, person, Decision::claim_later, o.p.later_claim * wish_to_ask(o, person)))
        asks(o, person);
    } else if (person.entitlement == Entitlement::transferred) {
      asks(o, person);
    } else {
      may_return(o, person);
    }
  }
  for (const Person& person : o.people) {
    if (person.entitlement == Entitlement::non_claimant && person.comes_in) count(o, Tally::non_claimants);
  }
}

}  // namespace tremplin::twin
