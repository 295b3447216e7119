// Step 6: orientation (at most six months), allocation to limited places, progress, drop-out, completion;
// readiness moves. Social activation lasts at most a year and has four official outcomes (002:239-259).
#include <algorithm>
#include <cmath>

#include "engine/trajectory/habits.hpp"
#include "engine/trajectory/step.hpp"

namespace tremplin {

namespace {

Pool pool_of(Activity activity) {
  switch (activity) {
    case Activity::article_60:
    case Activity::article_61:
      return Pool::article_60;
    case Activity::training:
      return Pool::training;
    case Activity::social_activation:
      return Pool::social_activation;
    default:
      return Pool::guidance;
  }
}

bool takes_a_place(Activity activity) {
  return activity == Activity::article_60 || activity == Activity::article_61 ||
         activity == Activity::training || activity == Activity::social_activation ||
         activity == Activity::guidance;
}

// Places of a pool this month. Partners withdraw some where what they tell can ground a suspension
// (003:4101).
std::int64_t places_of(const Step& s, Pool pool) {
  const Rules& rules = *s.rules;
  const auto i = static_cast<std::size_t>(pool);
  double places = s.office.places[i] * s.world.environment.places[s.office.income_group][s.t];
  switch (pool) {
    case Pool::article_60:
      places *= rules.article60_places;
      break;
    case Pool::social_activation:
      places *= rules.social_activation_places;
      if (can_ground_sanction(rules, ContractType::social_activation)) places *= 1 - s.p.partner_withdrawal;
      break;
    case Pool::training:
      if (can_ground_sanction(rules, ContractType::training)) places *= 1 - s.p.partner_withdrawal;
      break;
    case Pool::guidance:
      break;
  }
  // A fraction of a place is a place in that share of offices: rounded by a lot that the office keeps.
  Draws draws(s.luck, (std::uint64_t{0xfffdU} << 48) | static_cast<std::uint64_t>(s.office.id) | (i << 32),
              Month(1900, 1));
  return static_cast<std::int64_t>(std::floor(places + draws.uniform(Decision::place_lot)));
}

void start(Step& s, std::size_t k, Activity activity, int months) {
  Person& person = s.person(k);
  person.activity = activity;
  person.activity_until = static_cast<MonthIndex>(s.now() + months);
  person.waiting_for_place = false;
  ++s.tally[Tally::activity_starts];
  if (activity == Activity::article_60 || activity == Activity::article_61) {
    person.entitlement = Entitlement::employed;
    person.article_60_days = 0;
    // A contract still to be concluded lapses; after the job the delay starts anew.
    person.obliged = false;
    for (Contract& contract : person.contracts) {
      if (contract.stage == ContractStage::due) contract = Contract{};
    }
    return;
  }
  contract_follows_activity(s, k);
}

// Half to one and a half times the mean.
int draw_length(Step& s, std::size_t k, double mean) {
  return std::max(1, static_cast<int>(mean * (0.5 + s.draws(k).uniform(Decision::activity_length)) + 0.5));
}

int length_of(Step& s, std::size_t k, Activity activity) {
  const Rules& rules = s.rules_of(s.person(k));
  switch (activity) {
    case Activity::article_60:
    case Activity::article_61:
      return article_60_months(rules, s.now() - s.person(k).born) + whole_months(s.p.article60_extra_months);
    case Activity::social_activation:
      return std::min(rules.social_activation_months, draw_length(s, k, s.p.activity_months));
    default:
      return draw_length(s, k, s.p.activity_months);
  }
}

// What a person who leaves orientation is proposed.
Activity choose(Step& s, std::size_t k) {
  Draws& draws = s.draws(k);
  double u = draws.uniform(Decision::choose_activity);
  if (u < s.p.choose_article_60) {
    return u < s.p.choose_article_60 * s.p.article_61_share ? Activity::article_61 : Activity::article_60;
  }
  u -= s.p.choose_article_60;
  if (u < s.p.choose_training) return Activity::training;
  u = (u - s.p.choose_training) / (1 - s.p.choose_article_60 - s.p.choose_training);
  const double course = p_language_course(s, s.person(k));
  if (u < course) return Activity::training;
  u = (u - course) / (1 - course);
  const bool suited = is_far_from_work(s.person(k)) && proposes_social_activation(s.office.practice);
  return suited && u < s.p.choose_social_activation ? Activity::social_activation : Activity::guidance;
}

// Nearness to work: the exit factor's rank-like transform x / (1 + x), between 0 and 1.
double nearness_of(const Person& person) {
  const double factor = static_cast<double>(person.exit_factor);
  return factor / (1 + factor);
}
std::int64_t milli_nearness_of(const Person& person) { return std::llround(1000 * nearness_of(person)); }

// Creaming: the weight of nearness to work against a lot.
void seek_place(Step& s, std::size_t k, Activity activity) {
  const double score =
      s.p.creaming * nearness_of(s.person(k)) + (1 - s.p.creaming) * s.draws(k).uniform(Decision::place_lot);
  s.person(k).activity = activity;  // provisional: allocation confirms or withdraws it
  s.scratch.candidates[static_cast<std::size_t>(pool_of(activity))].push_back(
      {static_cast<std::uint32_t>(k), score, s.queue_lot(k)});
}

void finish_social_activation(Step& s, std::size_t k) {
  Person& person = s.person(k);
  const double u = s.draws(k).uniform(Decision::trajectory_outcome);
  if (u < s.p.outcome_job) {
    ++s.tally[Tally::outcome_job];
    leave(s, k, Entitlement::exited, Exit::job,
          1 + static_cast<int>(s.below(k, Decision::exit_day, static_cast<std::uint32_t>(s.n_days))));
  } else if (u < s.p.outcome_job + s.p.outcome_pathway) {
    ++s.tally[Tally::outcome_pathway];
    start(s, k, Activity::orientation, 1);
  } else if (s.office.practice.volunteering &&
             u < s.p.outcome_job + s.p.outcome_pathway + s.p.outcome_volunteering) {
    ++s.tally[Tally::outcome_volunteering];
    start(s, k, Activity::volunteering, whole_months(s.p.volunteering_months));
  } else {
    ++s.tally[Tally::outcome_autonomy];
    person.activity = Activity::none;
  }
}

// Were there enough days of work, thirty to a month and two fewer in February, for the age at their end?
bool opens_insurance(const Step& s, const Person& person) {
  const int months = (person.article_60_days + 2) / 30;
  return months >= admission_months(s.rules_of(person), s.now() - person.born - months);
}

void finish_article_60(Step& s, std::size_t k) {
  Person& person = s.person(k);
  person.review_in = std::max<MonthIndex>(person.review_in, static_cast<MonthIndex>(s.now() + 1));
  const double u = s.draws(k).uniform(Decision::article60_exit);
  const double without_effect = s.p.article60_to_job;
  double to_job = scale_odds(without_effect, s.p.effect_article_60_job);
  if (s.rules_of(person).article60_exit_support != 0 && s.active[k].got(Job::activity)) {
    ++s.tally[Tally::exit_supports];
    to_job = scale_odds(to_job, s.p.effect_exit_support);
  }
  double to_insurance = opens_insurance(s, person) ? s.p.article60_to_insurance : 0;
  if (without_effect < 1) to_insurance *= (1 - to_job) / (1 - without_effect);
  person.activity = Activity::none;
  person.entitlement =
      person.comes_for_equivalent ? Entitlement::equivalent_income : Entitlement::integration_income;
  if (u < to_job) {
    leave(s, k, Entitlement::exited, Exit::job, 1);
  } else if (u < to_job + to_insurance) {
    leave(s, k, Entitlement::exited, Exit::insurance, 1);
  }
}

// True for who then seeks a place.
bool finish(Step& s, std::size_t k) {
  Person& person = s.person(k);
  const Activity activity = person.activity;
  if (activity != Activity::orientation) ++s.tally[Tally::activity_completed];
  person.activity = Activity::none;
  switch (activity) {
    case Activity::orientation:
      seek_place(s, k, choose(s, k));
      return true;
    case Activity::social_activation:
      finish_social_activation(s, k);
      break;
    case Activity::article_60:
    case Activity::article_61:
      finish_article_60(s, k);
      break;
    case Activity::training:
      person.trained_in = s.now();
      break;
    default:
      break;
  }
  return false;
}

double activation_if_asked(const Step& s) {
  const double asked = s.office.practice.conditional_activation ? s.p.conditional_activation_ratio : 1;
  return s.p.start_social_activation * asked * s.incentive_start;
}

double p_part_time(const Step& s, const Person& person) {
  const Rules& rules = s.rules_of(person);
  const bool window_open = person.exempted_earnings_from == 0 || exemption_left(s, person);
  return s.part_time * (window_open && rules.spi_amount > 0 ? s.p.effect_disregard_part_time : 1.0);
}

void start_part_time(Step& s, std::size_t k) {
  Person& person = s.person(k);
  Draws& draws = s.draws(k);
  person.activity = Activity::part_time;
  person.waiting_for_place = false;
  const double earnings = s.p.part_time_earnings * (0.5 + draws.uniform(Decision::earnings));
  person.earnings = static_cast<std::uint16_t>(earnings * 10);
  open_exemption(s, k);
  ++s.tally[Tally::activity_starts];
  contract_follows_activity(s, k);
}

// True for who seeks a place.
bool seek_activity(Step& s, std::size_t k, Person& person) {
  const Rules& rules = s.rules_of(person);
  if (person.student) {
    person.activity = Activity::studies;
    person.waiting_for_place = false;
    person.activity_until = no_month;
    ++s.tally[Tally::activity_starts];
    contract_follows_activity(s, k);
    return false;
  }
  if (!s.active[k].may.start) return false;
  double u = s.uniform(k, Decision::start_activity);
  if (u > s.start_bound) return false;
  const bool required = person.disposition == Disposition::required;
  if (required && u < s.p.start_orientation) {
    start(s, k, Activity::orientation, 1 + static_cast<int>(s.draws(k).below(Decision::activity_length, 6)));
    return false;
  }
  u -= required ? s.p.start_orientation : 0;
  const double p_activation = asked_for_activation(s.office.practice, person) ? activation_if_asked(s) : 0;
  if (u < p_activation) {
    seek_place(s, k, Activity::social_activation);
    return true;
  }
  u -= p_activation;
  const double p_service = rules.community_service == 0   ? 0
                           : rules.community_service == 1 ? s.p.start_community_service
                           : required                     ? 1
                                                          : 0;
  if (u < p_service) {
    start(s, k, Activity::community_service, whole_months(s.p.community_service_months));
    return false;
  }
  u -= p_service;
  if (required && u < p_part_time(s, person)) start_part_time(s, k);
  return false;
}

// The academic year turns in September: some give up their studies and must be disposed to work at the next
// review of their exemption, due at once; some of the young begin. Contracts, subsidies and the summer rule
// follow from being a student.
void academic_year_turns(Step& s, std::size_t k) {
  Person& person = s.person(k);
  if (person.student) {
    if (!s.draws(k).happens(Decision::studies, s.p.studies_abandoned)) return;
    person.student = false;
    if (person.activity == Activity::studies) person.activity = Activity::none;
    if (person.disposition != Disposition::required) person.exemption_review_in = s.now();
    ++s.tally[Tally::studies_given_up];
  } else if (person.disposition == Disposition::required && person.activity == Activity::none &&
             person.is_under(25, s.month) && s.draws(k).happens(Decision::studies, s.p.studies_started)) {
    person.student = true;
    ++s.tally[Tally::studies_begun];
    assess_disposition(s, k);
  }
}

bool one_activity_moves(Step& s, std::size_t k, Person& person) {
  if (person.entitlement == Entitlement::employed) {
    person.article_60_days = static_cast<std::uint16_t>(person.article_60_days + s.n_days);
    return person.activity_until <= s.now() && finish(s, k);
  }
  if (!on_benefit(person.entitlement) || s.active[k].leaves_on != 0) return false;
  if (s.of_year == 9) academic_year_turns(s, k);
  switch (person.activity) {
    case Activity::none:
      return seek_activity(s, k, person);
    case Activity::part_time:
      if (s.draws(k).happens(Decision::part_time, s.p.end_part_time)) {
        person.activity = Activity::none;
        person.earnings = 0;
        ++s.tally[Tally::activity_completed];
      }
      return false;
    case Activity::studies:
      if (!person.student) person.activity = Activity::none;
      return false;
    default:
      break;
  }
  if (person.activity_until <= s.now()) return finish(s, k);
  if (!may_drop_out(person.activity)) return false;
  const double unguided = 1 - s.state.second_line_share;
  double p_drop = s.p.drop_out * (1 + unguided * (s.p.drop_out_unguided - 1));
  if (person.activity == Activity::social_activation) p_drop *= s.incentive_drop_out;
  if (has_personal_contract(person)) p_drop *= s.p.effect_quality_drop_out;
  if (s.happens(k, Decision::end_activity, p_drop)) {
    ++s.tally[Tally::activity_dropped];
    person.activity = Activity::none;
  }
  return false;
}

void readiness_moves(Step& s, Person& person) {
  if (person.activity == Activity::social_activation) {
    person.readiness += static_cast<float>(s.p.effect_activation_readiness);
  } else if (person.activity == Activity::none && person.readiness != 0) {
    person.readiness *= static_cast<float>(1 - s.p.readiness_decay);
  }
}

}  // namespace

bool may_drop_out(Activity activity) {
  return takes_a_place(activity) || activity == Activity::community_service;
}

void open_places(Step& s) {
  for (std::size_t pool = 0; pool < n_pools; ++pool) {
    s.places[pool] = places_of(s, static_cast<Pool>(pool));
    s.places_taken[pool] = 0;
    s.scratch.candidates[pool].clear();
  }
}

// Whatever the person is, whichever file.
double start_bound_of(const Step& s) {
  double service = 0;
  bool exempted = false;
  for (const Rules* rules : s.rules_by_page) {
    service = std::max(service, rules->community_service >= 2   ? 1.0
                                : rules->community_service == 1 ? s.p.start_community_service
                                                                : 0.0);
    exempted = exempted || rules->spi_amount > 0;
  }
  const double part_time = s.part_time * (exempted ? std::max(1.0, s.p.effect_disregard_part_time) : 1.0);
  return (s.p.start_orientation + activation_if_asked(s) + service + part_time) * (1 + 1e-9);
}

bool activity_moves(Step& s, std::size_t k) {
  Person& person = s.person(k);
  if (one_activity_moves(s, k, person)) return true;
  readiness_moves(s, person);
  const Activity activity = person.activity;
  if (takes_a_place(activity)) ++s.places_taken[static_cast<std::size_t>(pool_of(activity))];
  return false;
}

void give_places(Step& s) {
  for (std::size_t pool = 0; pool < n_pools; ++pool) {
    auto& list = s.scratch.candidates[pool];
    const auto wanting = static_cast<std::int64_t>(list.size());
    const std::int64_t free = std::clamp<std::int64_t>(s.places[pool] - s.places_taken[pool], 0, wanting);
    if (free < wanting) {
      std::ranges::sort(list, [](const Candidate& a, const Candidate& b) {
        return a.score != b.score ? a.score > b.score : a.lot < b.lot;
      });
    }
    // What the choice does is told against a choice by lot among the same people.
    std::int64_t nearness = 0;
    for (const Candidate& candidate : list) nearness += milli_nearness_of(s.person(candidate.k));
    if (wanting > 0) s.tally[Tally::nearness_by_lot] += nearness * free / wanting;
    for (std::int64_t i = 0; i < wanting; ++i) {
      const std::size_t k = list[static_cast<std::size_t>(i)].k;
      const Entering part(s, k);
      if (i < free) {
        const Activity activity = s.person(k).activity;
        ++s.tally[Tally::places_given];
        s.tally[Tally::nearness_of_placed] += milli_nearness_of(s.person(k));
        start(s, k, activity, length_of(s, k, activity));
      } else {
        s.person(k).activity = Activity::none;
        s.person(k).waiting_for_place = true;
        ++s.tally[Tally::places_refused];
      }
      readiness_moves(s, s.person(k));
    }
    s.tally[Tally::places] += s.places[pool];
    s.tally[Tally::places_used] += s.places_taken[pool] + free;
  }
}

}  // namespace tremplin
