// Step 4: who must be disposed to work, and who is exempted for health or equity (law of 26 May 2002, art. 3,
// 5°). The worker proposes by the CPAS's own criteria, the council may overrule, and a refused equity ground
// returns as a health ground with some probability (003:1290).
#include "engine/base/portable_math.hpp"
#include "engine/trajectory/step.hpp"

namespace tremplin {

namespace {

double criterion(const Rules& rules, double own, double national) {
  const double mixed = (1 - rules.exemption_harmonisation) * own + rules.exemption_harmonisation * national;
  return scale_odds(mixed, rules.exemption_breadth);
}

// Probability that one of the equity grounds is proposed.
double equity_probability(const Step& s, const Rules& rules, const Person& person) {
  const Practice& practice = s.office.practice;
  double none = 1;
  if (person.student && rules.exemption_studies != 0)
    none *= 1 - criterion(rules, practice.p_exempt_student, s.constants.mean_exempt_student);
  if (rules.exemption_age != 0 && !person.is_under(rules.exemption_age_from, s.month)) {
    none *= 1 - criterion(rules, practice.p_exempt_over_50, s.constants.mean_exempt_over_50);
  }
  if (person.lone_parent && rules.exemption_lone_parent != 0 &&
      s.now() - person.youngest_child_born < 12 * rules.exemption_child_under) {
    none *= 1 - criterion(rules, practice.p_exempt_lone_parent, s.constants.mean_exempt_lone_parent);
  }
  if (person.homeless && rules.exemption_homeless != 0)
    none *= 1 - criterion(rules, practice.p_exempt_homeless, s.constants.mean_exempt_homeless);
  return 1 - none;
}

// The council's view of an equity ground (studies are not contested): stays, falls, or comes back as health.
Disposition after_council(Step& s, std::size_t k) {
  Draws& draws = s.draws(k);
  if (s.person(k).student) return Disposition::exempted_equity;
  const double overrules = scale_odds(s.p.council_overrules, portable::exp(s.office.practice.strictness));
  if (!draws.happens(Decision::council, overrules)) return Disposition::exempted_equity;
  ++s.tally[Tally::exemptions_overruled];
  if (!draws.happens(Decision::equity_returns, s.p.equity_returns_as_health)) return Disposition::required;
  ++s.tally[Tally::exemptions_as_health];
  return Disposition::exempted_health;
}

}  // namespace

void assess_disposition(Step& s, std::size_t k) {
  Person& person = s.person(k);
  const Rules& rules = s.rules_of(person);
  const double health =
      person.health_limited && rules.exemption_health != 0
          ? criterion(rules, s.office.practice.p_exempt_health, s.constants.mean_exempt_health)
          : 0.0;
  const double equity = equity_probability(s, rules, person);
  const double u = s.draws(k).uniform(Decision::exemption_ground);
  person.disposition = Disposition::required;
  if (u < health) {
    ++s.tally[Tally::exemptions_proposed];
    person.disposition = Disposition::exempted_health;
  } else if (u < health + (1 - health) * equity) {
    ++s.tally[Tally::exemptions_proposed];
    person.disposition = after_council(s, k);
  }
  person.exemption_review_in = person.disposition == Disposition::required
                                   ? no_month
                                   : static_cast<MonthIndex>(s.now() + rules.exemption_review_months);
}

void review_exemption(Step& s, std::size_t k) {
  Person& person = s.person(k);
  if (person.disposition == Disposition::required) return;
  ++s.tally[Tally::exemptions_reviewed];
  person.seen_in = s.now();
  assess_disposition(s, k);
  if (person.disposition == Disposition::required) ++s.tally[Tally::exemptions_ended];
}

// Students' duty to look for summer work: 1 nothing asked, 2 a search (a month of work is then unpaid), 3 an
// automatic month without income (the coercive CPAS, 003:1468 ff.).
void summer_of_students(Step& s, std::size_t k) {
  Person& person = s.person(k);
  if (!person.student || person.granted_in > s.now() - 2) return;
  const int asked = s.rules_of(person).students_summer;
  const int rule = asked == 0 ? s.office.practice.students_summer : asked;
  if (rule == 3 || (rule == 2 && s.draws(k).happens(Decision::summer, s.p.summer_work))) {
    person.no_summer_pay = true;
    person.entitlement = Entitlement::suspended_otherwise;
  }
}

}  // namespace tremplin
