// Step 2 of MODEL.md section 3: potential applicants are the same keyed superset in every scenario; claiming
// is a numbered decision. Returns of former beneficiaries are hazards, drawn ahead and accepted by thinning.
#include <algorithm>
#include <utility>

#include <boost/random/poisson_distribution.hpp>

#include "engine/base/portable_real.hpp"
#include "engine/population/newcomer.hpp"
#include "engine/trajectory/step.hpp"

namespace tremplin {

namespace {

// Who draws the number of potential applicants of an office: beyond any person's identity.
std::uint64_t office_key(const Office& office, Coming coming) {
  return (std::uint64_t{0xffffU - static_cast<unsigned>(coming)} << 48) |
         static_cast<std::uint64_t>(office.id);
}

std::uint32_t first_serial(Coming coming) {
  switch (coming) {
    case Coming::equivalent_income:
      return serial_of_equivalent;
    case Coming::benefit_ended:
      return serial_of_benefit_ended;
    case Coming::integration_income:
      break;
  }
  return 0;
}

std::uint32_t take_slot(OfficeState& state, const Person& person) {
  if (state.first_free == no_slot) {
    state.people.push_back(person);
    return static_cast<std::uint32_t>(state.people.size() - 1);
  }
  const std::uint32_t slot = state.first_free;
  state.first_free = state.people[slot].next;
  --state.n_free;
  state.people[slot] = person;
  return slot;
}

void release(Step& s, std::uint32_t slot) {
  s.cohort.close_for_good(s.state.people[slot]);
  s.state.people[slot].next = s.state.first_free;
  s.state.first_free = slot;
  ++s.state.n_free;
}

// What the distance to work makes of the hazard of returning, for each of the slots.
void find_return_factors(Step& s, const std::vector<std::uint32_t>& slots) {
  auto& factors = s.scratch.factors;
  factors.clear();
  for (const std::uint32_t slot : slots)
    factors.push_back(static_cast<double>(s.state.people[slot].exit_factor));
  portable::pow_of_each(factors, s.constants.return_power);
}

void schedule(Step& s, std::uint32_t slot, int months_ahead) {
  const auto when = static_cast<std::size_t>(s.month - s.burn_in_from + months_ahead);
  if (when < s.state.calendar.size()) {
    s.state.people[slot].next = s.state.calendar[when];
    s.state.calendar[when] = slot;
  } else {
    release(s, slot);
  }
}

// What this month's rules and waiting do to the wish to ask.
struct Claiming {
  double factor = 1;
  double factor_if_obliged = 1;
  bool by_group = false;  // more or fewer of some groups come
};

Claiming claiming_of(const Step& s) {
  double factor = s.rules->inflow_factor * s.rules->take_up_factor;
  if (s.rules->piis_information_document != 0) factor *= s.p.information_take_up;
  // 1 + waiting * (effect - 1): linear, exact for no effect.
  factor *= std::max(0.0, 1 + s.state.waiting_months * (s.p.deterrence_waiting - 1));
  const Rules& rules = *s.rules;
  const bool by_group = rules.inflow_under_25 != 1 || rules.inflow_women != 1 || rules.inflow_family != 1 ||
                        rules.inflow_insured_leavers != 1 || rules.inflow_equivalent != 1;
  return {factor, factor * s.p.deterrence_obligation, by_group};
}

// Factors of groups that overlap multiply.
double group_factor(const Step& s, const Person& person) {
  const Rules& rules = *s.rules;
  double factor = 1;
  if (person.is_under(25, s.month)) factor *= rules.inflow_under_25;
  if (person.woman) factor *= rules.inflow_women;
  if (person.category == Category::family) factor *= rules.inflow_family;
  if (person.insured_leaver) factor *= rules.inflow_insured_leavers;
  if (person.comes_for_equivalent) factor *= rules.inflow_equivalent;
  return factor;
}

void request(Step& s, std::uint32_t slot, Draws& draws) {
  Person& person = s.state.people[slot];
  person.entitlement = Entitlement::applicant;
  person.exit = Exit::none;
  person.requested_in = s.now();
  person.request_day =
      static_cast<std::uint8_t>(1 + draws.below(Decision::request_day, static_cast<std::uint32_t>(s.n_days)));
  const auto range = static_cast<std::uint32_t>(2 * s.p.inquiry_days) + 1;
  person.inquiry_days = static_cast<std::uint8_t>(draws.below(Decision::inquiry_length, range));
  person.page = s.page_of_new_file(person);
  s.scratch.asked.push_back(slot);
  ++s.tally[Tally::requests];
  s.tally[Tally::requests_benefit_ended] += person.benefit_ended;
}

// Offices do not meet: who leaves for another CPAS stands for who comes from one, so that the register, which
// follows people across the country, counts neither a new person nor a first grant.
void request_after_move(Step& s, std::uint32_t slot, Draws& draws) { request(s, slot, draws); }

// Deterrence acts on those for whom a contract would be obligatory under the rules of files opened now.
double factor_for(const Step& s, const Claiming& claiming, const Person& person) {
  const double of_group = claiming.by_group ? group_factor(s, person) : 1;
  if (claiming.factor == claiming.factor_if_obliged) return of_group * claiming.factor;
  return of_group * (is_obliged(s, s.amounts_by_page[s.page_of_new_file(person)], person, s.now())
                         ? claiming.factor_if_obliged
                         : claiming.factor);
}

// Potential applicants to expect this month.
double expected(const Step& s, Coming coming) {
  const Environment& environment = s.world.environment;
  switch (coming) {
    case Coming::equivalent_income:
      return s.office.equivalent_2013 * s.p.entry_rate_equivalent * environment.inflow_equivalent[s.t] *
             s.constants.first_requests_per_grant;
    case Coming::benefit_ended:
      return s.office.caseload_2013 * s.rules->benefits_ended / 1000;
    case Coming::integration_income:
      break;
  }
  return s.office.caseload_2013 * s.p.entry_rate * environment.inflow[s.t] *
         s.constants.first_requests_per_grant;
}

void newcomers(Step& s, const Claiming& claiming, Coming coming) {
  const double mean = expected(s, coming);
  if (mean <= 0) return;
  Draws office_draws(s.luck, office_key(s.office, coming), s.month);
  auto stream = office_draws.stream(Decision::office_potential);
  const int n = boost::random::poisson_distribution<int, PortableReal>(mean)(stream);
  s.tally[Tally::potential_applicants] += n;

  auto& ids = s.scratch.ids;
  ids.clear();
  for (std::uint32_t i = 0; i < static_cast<std::uint32_t>(n); ++i)
    ids.push_back(local_id(s.month, first_serial(coming) + i));
  s.scratch.asking.draw(s.luck, s.office.id, s.month,
                        {block_of(Decision::claim), block_of(Decision::inquiry_length),
                         block_of(Decision::person_age), block_of(Decision::person_distance),
                         block_of(Decision::person_student), block_of(Decision::person_education)},
                        ids);
  for (std::size_t i = 0; i < ids.size(); ++i) {
    const LocalId id = ids[i];
    Draws draws(s.luck, person_id(s.office.id, id), s.month, s.witness_of(id));
    s.scratch.asking.tell(i, draws);
    const Person person = make_newcomer(s.world.margins, s.p, id, coming,
                                        s.world.environment.student_share[s.t], s.month, draws);
    const double factor = factor_for(s, claiming, person);
    if (person.benefit_ended) {  // at once or not at all: what is published counts who came in the end
      if (draws.happens(Decision::claim, s.p.benefit_ended_asks * factor))
        request(s, take_slot(s.state, person), draws);
      continue;
    }
    const std::uint32_t slot = take_slot(s.state, person);
    if (draws.happens(Decision::claim, s.p.take_up * factor)) {
      request(s, slot, draws);
    } else {
      ++s.state.n_non_claimants;
      schedule(s, slot, 1 + static_cast<int>(draws.below(Decision::claim_when, 12)));
    }
  }
}

void later_claim(Step& s, const Claiming& claiming, std::uint32_t slot, Draws& draws) {
  --s.state.n_non_claimants;
  const double factor = factor_for(s, claiming, s.state.people[slot]);
  if (draws.happens(Decision::claim_later, s.p.later_claim * factor)) {
    request(s, slot, draws);
  } else {
    release(s, slot);  // the need has passed
  }
}

// Months since the last spell on benefit, or since the refusal.
int months_out(const Step& s, const Person& person) {
  return s.now() - (person.entitlement == Entitlement::refused ? person.seen_in : person.last_left_in);
}

// The first month, counted from `out`, in which the cumulative hazard of returning reaches `target`; as many
// as the table has if it never does. Halves by arithmetic: a processor cannot foresee which half it will be.
std::size_t first_to_reach(const Constants& constants, double target, std::size_t out) {
  const double* from = constants.return_cumulative.data() + out + 1;
  std::size_t n = constants.return_cumulative.size() - out - 1;
  while (n > 0) {
    const std::size_t half = n / 2;
    from += static_cast<std::size_t>(from[n - half - 1] < target) * (n - half);
    n = half;
  }
  return static_cast<std::size_t>(from - constants.return_cumulative.data());
}

// Of who left for unemployment insurance that is limited in time: the months from leaving until the benefit
// ends and the person asks; 0: neither. The same answer whenever it is asked.
int months_to_end_of_benefit(const Step& s, const Person& person, Witness* witness) {
  if (person.exit != Exit::insurance) return 0;
  const Month left(person.last_left_in);
  const int limit = s.table.at(left, s.office.jurisdiction(), s.table.page_of(left)).benefit_limit_months;
  if (limit == 0) return 0;
  Draws draws(s.luck, person_id(s.office.id, person.id), left, witness);
  if (!draws.happens(Decision::benefit_ends_asks, s.p.benefit_ended_asks)) return 0;
  const int shortest = limit - limit / 2;  // the limit grows with the months worked before
  return shortest + static_cast<int>(
                        draws.below(Decision::benefit_ends_when, static_cast<std::uint32_t>(limit / 2 + 1)));
}

// When a former beneficiary may come back.
struct Return {
  double log_u = 0;      // of the word drawn for it
  double factor = 1;     // of the person's return hazard
  int benefit_ends = 0;  // months_to_end_of_benefit
};

// From `months_out` after leaving; frees the slot when never.
void schedule_return(Step& s, std::uint32_t slot, int months_out, const Return& drawn) {
  const auto& cumulative = s.constants.return_cumulative;
  const auto out = static_cast<std::size_t>(std::min(months_out, return_horizon_months));
  const double target = cumulative[out] + -drawn.log_u / (drawn.factor * return_headroom);
  const std::size_t month = first_to_reach(s.constants, target, out);
  int ahead = month == cumulative.size() ? 0 : static_cast<int>(month - out);  // 0: never
  const int to_end = drawn.benefit_ends - months_out;
  if (to_end > 0 && (ahead == 0 || to_end < ahead)) ahead = to_end;
  if (ahead == 0) {
    release(s, slot);
  } else {
    schedule(s, slot, ahead);
  }
}

void candidate_return(Step& s, const Claiming& claiming, std::uint32_t slot, double return_factor,
                      Draws& draws) {
  Person& person = s.state.people[slot];
  const int out = months_out(s, person);
  const int benefit_ends = months_to_end_of_benefit(s, person, nullptr);
  const double wish = factor_for(s, claiming, person);
  const auto again = [&] {
    schedule_return(s, slot, out,
                    {.log_u = portable::log(draws.uniform(Decision::return_when)),
                     .factor = return_factor,
                     .benefit_ends = benefit_ends});
  };
  if (out == benefit_ends) {
    if (!draws.happens(Decision::claim, wish)) return again();
    person.benefit_ended = true;
    request(s, slot, draws);
    return;
  }
  const auto month = static_cast<std::size_t>(std::min(out, return_horizon_months));
  const double hazard =
      (s.constants.return_cumulative[month] - s.constants.return_cumulative[month - 1]) * return_factor;
  const double factor = std::min(return_headroom, wish / s.tightness_factor);
  // A month is a candidate with probability 1 - exp(-headroom * hazard).
  const double accepted = portable::one_minus_exp_of_minus(hazard * factor) /
                          portable::one_minus_exp_of_minus(hazard * return_headroom);
  if (!draws.happens(Decision::return_accept, accepted)) return again();
  request(s, slot, draws);
}

// Nobody comes back from there.
bool is_gone(const Person& person) { return person.exit == Exit::death || person.exit == Exit::pension; }
// Who left for a return that is drawn.
bool waits_to_return(const Person& person) {
  return !is_gone(person) && person.entitlement != Entitlement::transferred;
}

}  // namespace

void former_beneficiaries_wait(Step& s) {
  constexpr auto number = static_cast<std::uint32_t>(Decision::return_when);
  const auto& left = s.scratch.left;
  find_return_factors(s, left);
  auto& ids = s.scratch.ids;
  auto& blocks = s.scratch.returns;
  auto& waits = s.scratch.waits;
  ids.clear();
  for (const std::uint32_t slot : left) ids.push_back(s.state.people[slot].id);
  blocks.resize(ids.size());
  one_block_of_each(s.luck, s.office.id, s.month, number / 4, ids, blocks);
  waits.clear();
  for (std::size_t i = 0; i < left.size(); ++i) {
    waits.push_back(uniform_of(blocks[i][number % 4]));
    Witness* witness = s.witness_of(ids[i]);
    if (witness != nullptr && waits_to_return(s.state.people[left[i]]))
      witness->chose(Decision::return_when, waits.back());
  }
  portable::log_of_each(waits);
  for (std::size_t i = 0; i < left.size(); ++i) {
    Person& person = s.state.people[left[i]];
    person.page = 0;
    if (is_gone(person)) {
      release(s, left[i]);
    } else if (person.entitlement == Entitlement::transferred) {
      schedule(s, left[i], 1);
    } else {
      schedule_return(s, left[i], 0,
                      {.log_u = waits[i],
                       .factor = s.scratch.factors[i],
                       .benefit_ends = months_to_end_of_benefit(s, person, s.witness_of(person.id))});
    }
  }
}

namespace {

// Those whose candidate month this is.
void those_due_may_ask(Step& s, const Claiming& claiming) {
  auto& due = s.scratch.due;
  auto& ids = s.scratch.ids;
  due.clear();
  ids.clear();
  std::uint32_t& first = s.state.calendar[static_cast<std::size_t>(s.month - s.burn_in_from)];
  for (std::uint32_t slot = std::exchange(first, no_slot); slot != no_slot;
       slot = s.state.people[slot].next) {
    due.push_back(slot);
    ids.push_back(s.state.people[slot].id);
  }
  find_return_factors(s, due);
  s.scratch.asking.draw(
      s.luck, s.office.id, s.month,
      {block_of(Decision::claim), block_of(Decision::return_accept), block_of(Decision::inquiry_length)},
      ids);
  for (std::size_t i = 0; i < due.size(); ++i) {
    const Person& person = s.state.people[due[i]];
    Draws draws = s.draws_of(person);
    s.scratch.asking.tell(i, draws);
    if (person.entitlement == Entitlement::non_claimant) {
      later_claim(s, claiming, due[i], draws);
    } else if (person.entitlement == Entitlement::transferred) {
      request_after_move(s, due[i], draws);
    } else {
      candidate_return(s, claiming, due[i], s.scratch.factors[i], draws);
    }
  }
}

}  // namespace

void people_ask(Step& s) {
  const Claiming claiming = claiming_of(s);
  s.scratch.asked.clear();
  for (const Coming coming : {Coming::integration_income, Coming::equivalent_income, Coming::benefit_ended})
    newcomers(s, claiming, coming);
  those_due_may_ask(s, claiming);
  s.tally[Tally::non_claimants] += s.state.n_non_claimants;
}

}  // namespace tremplin
