// The words that most people's month needs, drawn for many people side by side, and what they rule out: most
// months decide nothing, and a comparison with what holds for everybody is enough to know it.
#include <algorithm>

#include "engine/trajectory/step.hpp"

namespace tremplin {

namespace {

// The numbers of words with which something may happen, whoever the person is.
struct WordBounds {
  std::uint64_t unpaid_days = 0;
  std::uint64_t start = 0;
  std::uint64_t breach = 0;
};

WordBounds word_bounds_of(const Step& s) {
  const bool breach_of_service =
      std::ranges::any_of(s.rules_by_page, [](const Rules* rules) { return rules->community_service == 3; });
  const double breach = s.p.breach * std::max(1.0, s.p.young_breach_ratio) *
                            std::max(1.0, s.p.effect_threat_breach) *
                            std::max(1.0, s.p.effect_sanction_breach) +
                        (breach_of_service ? std::max(0.0, s.p.community_service_breach) : 0);
  constexpr double margin = 1 + 1e-9;  // more than the rounding of sums
  return {.unpaid_days = words_below(s.p.partial_month),
          .start = words_below(s.start_bound * margin) + 1,
          .breach = words_below(breach * margin)};
}

// May the word mean leaving, whatever the contract, sanctions and past, for whose readiness is none?
bool may_leave_with(const Step& s, const Person& person, std::uint32_t word) {
  const ExitBounds& bounds = s.exit_bounds;
  if (s.now() - person.born >= 12 * age_of_pension) return true;
  const double bound = static_cast<double>(person.exit_factor) * bounds.any_duration + bounds.before_pension;
  return happens_in(word,
                    person.entitlement == Entitlement::applicant ? bound * bounds.month_of_grant : bound);
}

May not_ruled_out(const Step& s, const WordBounds& bounds, const Person& person, const DrawBlock& words) {
  const auto word = [&](Decision decision) { return words[static_cast<std::size_t>(decision)]; };
  return {.leave = may_leave_with(s, person, word(Decision::exit)),
          .miss_days = word(Decision::partial_month) < bounds.unpaid_days,
          .start = word(Decision::start_activity) < bounds.start,
          .breach = word(Decision::breach) < bounds.breach};
}

void draw(Step& s, std::uint32_t block, std::size_t n_people, std::vector<DrawBlock>& words) {
  words.resize(n_people);
  one_block_of_each(s.luck, s.office.id, s.month, block, std::span(s.scratch.ids).first(n_people), words);
}

// What is asked of everybody every month, but for those who wait for a decision or go on being employed.
void draw_what_everybody_is_asked(Step& s) {
  std::uint32_t n = 0;
  for (ActivePerson& active : s.active) {
    const Person& person = *active.person;
    const bool waits = person.entitlement == Entitlement::applicant && !active.got(Job::inquiry);
    const bool goes_on = person.entitlement == Entitlement::employed && person.activity_until > s.now();
    if (waits || goes_on) continue;
    active.words = n;
    s.scratch.ids[n++] = person.id;
  }
  draw(s, 0, n, s.scratch.words);
}

// Which day, where to, how many days, does the activity end: of those whom the first words did not rule out.
void draw_what_follows(Step& s) {
  const WordBounds bounds = word_bounds_of(s);
  const bool everything = s.following != nullptr;  // who is followed is asked in full
  std::uint32_t n = 0;
  for (ActivePerson& active : s.active) {
    if (active.words == no_words) continue;
    const Person& person = *active.person;
    active.may = everything ? May{true, true, true, true}
                            : not_ruled_out(s, bounds, person, s.scratch.words[active.words]);
    if (!active.may.leave && !active.may.miss_days && !may_drop_out(person.activity)) continue;
    active.further = n;
    s.scratch.ids[n++] = person.id;
  }
  draw(s, block_of(Decision::exit_cause), n, s.scratch.further);
}

void draw_for_decisions(Step& s) {
  const auto served = s.agenda.served(Job::inquiry);
  for (std::uint32_t i = 0; i < served.size(); ++i) {
    s.active[served[i].who].decided = i;
    s.scratch.ids[i] = s.person(served[i].who).id;
  }
  const auto people = std::span(s.scratch.ids).first(served.size());
  constexpr std::uint32_t grant = block_of(Decision::grant);
  constexpr std::uint32_t contract = block_of(Decision::contract_wanted);
  constexpr std::uint32_t day = block_of(Decision::decision_day);
  if (s.pace >= 1) {
    s.scratch.decisions.draw(s.luck, s.office.id, s.month, {grant, contract, day}, people);
  } else {  // visits may fall away
    s.scratch.decisions.draw(s.luck, s.office.id, s.month,
                             {grant, contract, day, block_of(Decision::home_visit)}, people);
  }
}

}  // namespace

void draw_for_everybody(Step& s) {
  s.scratch.ids.resize(s.active.size());
  draw_what_everybody_is_asked(s);
  draw_what_follows(s);
  draw_for_decisions(s);
}

}  // namespace tremplin
