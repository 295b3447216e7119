// ODD 7.6: activities start, go on, end; scarce places; readiness.
#include <algorithm>
#include <cmath>
#include <tuple>

#include "tests/verification/twin/luck.hpp"
#include "tests/verification/twin/twin.hpp"

namespace tremplin::twin {

namespace {

bool is_subsidised_work(Activity activity) {
  return activity == Activity::article_60 || activity == Activity::article_61;
}

std::optional<Pool> pool_of(Activity activity) {
  switch (activity) {
    case Activity::article_60:
    case Activity::article_61:
      return Pool::article_60;
    case Activity::training:
      return Pool::training;
    case Activity::social_activation:
      return Pool::social_activation;
    case Activity::guidance:
      return Pool::guidance;
    default:
      return {};
  }
}

long places_of(const Twin& o, Pool pool) {
  const Rules& rules = rules_of_new_files(o);
  const auto i = static_cast<std::size_t>(pool);
  const Environment& environment = o.world.environment;
  double places = o.office.places[i] * environment.places[o.office.income_group][environment.index(o.month)];
  if (pool == Pool::article_60) places *= rules.article60_places;
  if (pool == Pool::social_activation) places *= rules.social_activation_places;
  const bool wary_partners =
      (pool == Pool::training && grounds_a_sanction(rules, ContractType::training)) ||
      (pool == Pool::social_activation && grounds_a_sanction(rules, ContractType::social_activation));
  if (wary_partners) places *= 1 - o.p.partner_withdrawal;
  const std::uint64_t who = (std::uint64_t{0xfffdU} << 48) + (static_cast<std::uint64_t>(i) << 32) +
                            static_cast<std::uint64_t>(o.office.id);
  const double lot = uniform_from(word(o.plan.luck, who, Month(1900, 1), Decision::place_lot));
  return static_cast<long>(std::floor(places + lot));
}

// Half to one and a half times the mean, in whole months.
int length_around(Twin& o, const Person& person, double mean) {
  const double months = mean * (0.5 + uniform(o, person, Decision::activity_length));
  return std::max(1, static_cast<int>(std::floor(months + 0.5)));
}

void start(Twin& o, Person& person, Activity activity, std::optional<Month> until) {
  count(o, Tally::activity_starts);
  person.waiting_for_place = false;
  person.activity = activity;
  person.activity_until = until;
  if (!is_subsidised_work(activity)) {
    contract_follows_activity(o, person);
    return;
  }
  person.entitlement = Entitlement::employed;
  person.article_60_days = 0;
  person.obliged = false;
  for (Contract& contract : person.contracts) {
    if (contract.stage == ContractStage::due) contract = {};
  }
}

void start_until(Twin& o, Person& person, Activity activity, int months) {
  start(o, person, activity, o.month + months);
}

// Months of work that open the right to unemployment benefit for whom begins then: by the age at their end.
int months_for_insurance(const Twin& o, const Person& person, Month from) {
  const Rules& rules = rules_of(o, person);
  const auto age_after = [&](int months) { return (from + months - person.born) / 12; };
  int months = rules.admission_months_under_36;
  if (age_after(months) >= 36) months = rules.admission_months_from_36;
  if (age_after(months) >= 50) months = rules.admission_months_from_50;
  return months;
}

void start_at_a_place(Twin& o, Person& person, Activity activity) {
  const Rules& rules = rules_of(o, person);
  int months = 0;
  if (is_subsidised_work(activity)) {
    months = rules.article60_months != 0 ? rules.article60_months : months_for_insurance(o, person, o.month);
    months += static_cast<int>(std::lround(o.p.article60_extra_months));
  } else {
    months = length_around(o, person, o.p.activity_months);
    if (activity == Activity::social_activation) months = std::min(months, rules.social_activation_months);
  }
  start_until(o, person, activity, months);
}

double p_part_time(const Twin& o, const Person& person) {
  const Rules& rules = rules_of(o, person);
  bool open = rules.spi_amount > 0;
  if (person.earnings_exempt_from) open = open && exemption_left(o, person);
  const double level = o.world.environment.part_time[o.world.environment.index(o.month)];
  return o.p.start_part_time * level * (open ? o.p.effect_disregard_part_time : 1);
}

void start_part_time(Twin& o, Person& person) {
  const double earnings = o.p.part_time_earnings * (0.5 + uniform(o, person, Decision::earnings));
  person.earnings = static_cast<int>(earnings * 10);
  if (!person.earnings_exempt_from && happens(o, person, Decision::spi_asked, o.p.spi_asked))
    person.earnings_exempt_from = day_number(o.month);
  std::optional<Month> raised_until;
  const Rules& rules = rules_of(o, person);
  const bool more_in_shortage = rules.spi_shortage_amount > 0 && rules.spi_shortage_months > 0;
  if (more_in_shortage && !person.shortage_used && person.earnings_exempt_from && exemption_left(o, person) &&
      happens(o, person, Decision::shortage_job, o.p.shortage_share)) {
    person.shortage_used = true;
    raised_until = o.month + rules.spi_shortage_months - 1;
  }
  start(o, person, Activity::part_time, raised_until);
}

// What an incentive for social activation changes, by the effect of 100 euro a month.
double of_incentive(const Twin& o, double effect) {
  const double hundreds = rules_of_new_files(o).social_activation_incentive / 100;
  return std::max(0.0, 1 + hundreds * (effect - 1));
}

// One draw, cut into pieces in this order.
void seek_activity(Twin& o, Person& person) {
  if (person.student) {
    start(o, person, Activity::studies, {});
    return;
  }
  const bool required = person.disposition == Disposition::required;
  const bool far = person.exit_factor < 1;
  const int service = rules_of(o, person).community_service;
  const double orientation = required ? o.p.start_orientation : 0;
  const Practice& practice = o.office.practice;
  bool asked = far && required;
  if (practice.offer == Offer::all_round) asked = far || !required;
  double activation = asked && practice.activation_offer ? o.p.start_social_activation : 0;
  if (practice.conditional_activation) activation *= o.p.conditional_activation_ratio;
  activation *= of_incentive(o, o.p.effect_incentive_start);
  double community = 0;
  if (service == 1) community = o.p.start_community_service;
  if (service >= 2 && required) community = 1;

  double u = uniform(o, person, Decision::start_activity);
  if (u < orientation) {
    start_until(o, person, Activity::orientation, 1 + below(o, person, Decision::activity_length, 6));
    return;
  }
  u -= orientation;
  if (u < activation) {
    person.seeks = Activity::social_activation;
    return;
  }
  u -= activation;
  if (u < community) {
    start_until(o, person, Activity::community_service,
                static_cast<int>(std::lround(o.p.community_service_months)));
    return;
  }
  u -= community;
  if (required && u < p_part_time(o, person)) start_part_time(o, person);
}

Activity proposal(Twin& o, const Person& person) {
  double u = uniform(o, person, Decision::choose_activity);
  if (u < o.p.choose_article_60 * o.p.article_61_share) return Activity::article_61;
  if (u < o.p.choose_article_60) return Activity::article_60;
  u -= o.p.choose_article_60;
  if (u < o.p.choose_training) return Activity::training;
  u -= o.p.choose_training;
  const double others = 1 - o.p.choose_article_60 - o.p.choose_training;
  double v = u / others;
  // Of those others, a part whose contract must hold the language is sent to a course.
  if (rules_of_new_files(o).piis_language_hours > 0 && person.non_eu && is_in_force(person.contracts[0])) {
    if (v < o.p.language_course) return Activity::training;
    v = (v - o.p.language_course) / (1 - o.p.language_course);
  }
  const bool far = person.exit_factor < 1;
  const bool has_a_way = o.office.practice.activation_offer && o.office.practice.offer != Offer::basic;
  return far && has_a_way && v < o.p.choose_social_activation ? Activity::social_activation
                                                              : Activity::guidance;
}

void social_activation_ends(Twin& o, Person& person) {
  const double u = uniform(o, person, Decision::trajectory_outcome);
  if (u < o.p.outcome_job) {
    count(o, Tally::outcome_job);
    leave(o, person, Entitlement::exited, Exit::job,
          1 + below(o, person, Decision::exit_day, n_days(o.month)));
  } else if (u < o.p.outcome_job + o.p.outcome_pathway) {
    count(o, Tally::outcome_pathway);
    start_until(o, person, Activity::orientation, 1);
  } else if (o.office.practice.volunteering &&
             u < o.p.outcome_job + o.p.outcome_pathway + o.p.outcome_volunteering) {
    count(o, Tally::outcome_volunteering);
    start_until(o, person, Activity::volunteering, static_cast<int>(std::lround(o.p.volunteering_months)));
  } else {
    count(o, Tally::outcome_autonomy);
  }
}

void subsidised_work_ends(Twin& o, Person& person) {
  person.entitlement = person.equivalent ? Entitlement::equivalent_income : Entitlement::integration_income;
  person.review_in = std::max(*person.review_in, o.month + 1);
  const double u = uniform(o, person, Decision::article60_exit);
  double job = with_odds_times(o.p.article60_to_job, o.p.effect_article_60_job);
  double insurance = o.p.article60_to_insurance;
  // Only who worked long enough for it, thirty days a month (two fewer in February).
  const int worked = (person.article_60_days + 2) / 30;
  if (worked < months_for_insurance(o, person, o.month - worked)) insurance = 0;
  if (rules_of(o, person).article60_exit_support != 0 &&
      person.done[static_cast<std::size_t>(Job::activity)]) {
    count(o, Tally::exit_supports);
    job = with_odds_times(job, o.p.effect_exit_support);
  }
  // More jobs are at the expense of insurance and of the income alike.
  if (o.p.article60_to_job < 1) insurance *= (1 - job) / (1 - o.p.article60_to_job);
  if (u < job) {
    leave(o, person, Entitlement::exited, Exit::job, 1);
  } else if (u < job + insurance) {
    leave(o, person, Entitlement::exited, Exit::insurance, 1);
  }
}

void activity_ends(Twin& o, Person& person) {
  const Activity ended = person.activity;
  person.activity = Activity::none;
  if (ended == Activity::orientation) {
    person.seeks = proposal(o, person);
    return;
  }
  count(o, Tally::activity_completed);
  if (ended == Activity::social_activation) social_activation_ends(o, person);
  if (is_subsidised_work(ended)) subsidised_work_ends(o, person);
  if (ended == Activity::training) person.trained_in = o.month;
}

void activity_goes_on(Twin& o, Person& person) {
  if (person.activity == Activity::part_time) {
    if (!happens(o, person, Decision::part_time, o.p.end_part_time)) return;
    count(o, Tally::activity_completed);
    person.activity = Activity::none;
    person.earnings = 0;
    return;
  }
  if (person.activity == Activity::studies) {
    if (!person.student) person.activity = Activity::none;
    return;
  }
  if (*person.activity_until <= o.month) {
    activity_ends(o, person);
    return;
  }
  const bool may_drop = pool_of(person.activity) || person.activity == Activity::community_service;
  const double unguided = 1 - o.second_line_share;
  double p = o.p.drop_out * (1 + unguided * (o.p.drop_out_unguided - 1));
  if (person.activity == Activity::social_activation) p *= of_incentive(o, o.p.effect_incentive_drop_out);
  if (has_personal_contract(person)) p *= o.p.effect_quality_drop_out;
  if (may_drop && happens(o, person, Decision::end_activity, p)) {
    count(o, Tally::activity_dropped);
    person.activity = Activity::none;
  }
}

// In September some students give up, and some of the young who must work and do nothing begin.
void academic_year_turns(Twin& o, Person& person) {
  const bool may_begin = !person.student && person.disposition == Disposition::required &&
                         person.activity == Activity::none && under(o, person, 25);
  if (person.student && happens(o, person, Decision::studies, o.p.studies_abandoned)) {
    count(o, Tally::studies_given_up);
    person.student = false;
    if (person.activity == Activity::studies) person.activity = Activity::none;
    if (person.disposition != Disposition::required) person.exemption_review_in = o.month;
  } else if (may_begin && happens(o, person, Decision::studies, o.p.studies_started)) {
    count(o, Tally::studies_begun);
    person.student = true;
    assess_disposition(o, person);
  }
}

// Nearness to work in thousandths: x / (1 + x) of the exit factor.
long milli_nearness(const Person& person) {
  const auto x = static_cast<double>(person.exit_factor);
  return std::lround(1000 * (x / (1 + x)));
}

// Who seeks a place of a pool: the highest score first, among equals by the lot of queues.
std::vector<Person*> candidates(Twin& o, Pool pool) {
  std::vector<std::tuple<double, std::uint32_t, LocalId, Person*>> ranked;
  for (Person& person : o.people) {
    if (!person.seeks || pool_of(*person.seeks) != pool) continue;
    const auto x = static_cast<double>(person.exit_factor);
    const double score =
        o.p.creaming * x / (1 + x) + (1 - o.p.creaming) * uniform(o, person, Decision::place_lot);
    const std::uint32_t lot = word(o.plan.luck, name_of(o, person), o.month, Decision::queue_lot);
    ranked.emplace_back(-score, lot, person.id, &person);
  }
  std::ranges::sort(ranked);
  std::vector<Person*> people;
  for (const auto& entry : ranked) people.push_back(std::get<Person*>(entry));
  return people;
}

}  // namespace

bool follows_by_second_line(const Twin& o, Activity activity) {
  const Offer offer = o.office.practice.offer;
  if (activity == Activity::social_activation) return offer != Offer::basic;
  if (activity == Activity::volunteering || activity == Activity::community_service)
    return offer == Offer::all_round;
  return activity == Activity::orientation || pool_of(activity).has_value();
}

void activities_move(Twin& o) {
  for (Person& person : o.people) {
    if (!person.in_care || person.leaves_on) continue;
    if (person.entitlement == Entitlement::employed) {
      person.article_60_days += n_days(o.month);
      if (*person.activity_until <= o.month) activity_ends(o, person);
      continue;
    }
    if (!on_benefit(person)) continue;
    if (o.month.of_year() == 9) academic_year_turns(o, person);
    if (person.activity == Activity::none) {
      seek_activity(o, person);
    } else {
      activity_goes_on(o, person);
    }
  }
}

void places_are_given(Twin& o) {
  constexpr std::array pools = {Pool::article_60, Pool::training, Pool::social_activation, Pool::guidance};
  std::array<long, n_pools> taken{};
  for (const Person& person : o.people) {
    if (const auto pool = pool_of(person.activity)) ++taken[static_cast<std::size_t>(*pool)];
  }
  for (const Pool pool : pools) {
    const long places = places_of(o, pool);
    long used = taken[static_cast<std::size_t>(pool)];
    const std::vector<Person*> seekers = candidates(o, pool);
    const long n_seekers = static_cast<long>(seekers.size());
    long nearness = 0;
    for (const Person* person : seekers) nearness += milli_nearness(*person);
    const long free = std::clamp(places - used, 0L, n_seekers);
    if (n_seekers > 0) count(o, Tally::nearness_by_lot, nearness * free / n_seekers);
    for (Person* person : seekers) {
      if (used < places) {
        ++used;
        count(o, Tally::places_given);
        count(o, Tally::nearness_of_placed, milli_nearness(*person));
        start_at_a_place(o, *person, *person->seeks);
      } else {
        count(o, Tally::places_refused);
        person->waiting_for_place = true;
      }
    }
    count(o, Tally::places, places);
    count(o, Tally::places_used, used);
  }
  for (Person& person : o.people) {
    if (!person.in_care) continue;
    if (person.activity == Activity::social_activation)
      person.readiness += static_cast<float>(o.p.effect_activation_readiness);
    if (person.activity == Activity::none) person.readiness *= static_cast<float>(1 - o.p.readiness_decay);
  }
}

}  // namespace tremplin::twin
