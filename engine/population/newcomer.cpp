#include "engine/population/newcomer.hpp"

#include <span>

#include "engine/base/portable_math.hpp"

namespace tremplin {

namespace {

// The index of the share into which u (uniform on (0, 1)) falls: counted to the end, since a processor cannot
// foresee where it will be.
std::size_t pick(std::span<const double> shares, double u) {
  std::size_t index = 0;
  bool beyond = true;  // the shares so far
  for (std::size_t i = 0; i + 1 < shares.size(); ++i) {
    beyond = beyond && !(u < shares[i]);
    index += static_cast<std::size_t>(beyond);
    u -= shares[i];
  }
  return index;
}

// Age in months: uniform within the group of PopulationMargins::age.
int draw_age_months(std::size_t group, double u) {
  constexpr int from_year[] = {18, 25, 40, 50, 65, 80};
  return from_year[group] * 12 + static_cast<int>(u * (from_year[group + 1] - from_year[group]) * 12);
}

void draw_household(const PopulationMargins& margins, double partner_share, Person& person, int age_months,
                    Month month, Draws& draws) {
  person.has_partner =
      person.category != Category::single && draws.happens(Decision::person_partner, partner_share);
  if (person.category != Category::family) return;
  // One word decides lone parenthood, the number of children and the age of the youngest.
  const double u = draws.uniform(Decision::person_children);
  person.lone_parent = u < margins.lone_parent;
  if (person.lone_parent) person.has_partner = false;
  const double v =
      person.lone_parent ? u / margins.lone_parent : (u - margins.lone_parent) / (1 - margins.lone_parent);
  person.n_children = static_cast<std::uint8_t>(1 + static_cast<int>(v * 3)) & 0x3fU;
  const double w = v * 3 - static_cast<int>(v * 3);
  const int oldest_possible = age_months / 12 - 17;  // years
  const int age = w < margins.child_under_3
                      ? static_cast<int>(w / margins.child_under_3 * 3)
                      : 3 + static_cast<int>((w - margins.child_under_3) / (1 - margins.child_under_3) * 15);
  person.youngest_child_born =
      static_cast<MonthIndex>(month.index - 12 * (age < oldest_possible ? age : oldest_possible));
}

}  // namespace

Person make_newcomer(const PopulationMargins& margins, const Parameters& p, LocalId id, Coming coming,
                     double student_share, Month month, Draws& draws) {
  Person person;
  person.id = id;
  person.entitlement = Entitlement::non_claimant;
  const bool equivalent = coming == Coming::equivalent_income;
  person.comes_for_equivalent = equivalent;
  person.benefit_ended = coming == Coming::benefit_ended;

  double u = draws.uniform(Decision::person_age);
  // Who draws unemployment benefit has the age to: 25 and over here, and below that of a pension.
  if (person.benefit_ended) u = margins.age.front() + u * (1 - margins.age.front() - margins.age.back());
  const std::size_t group = pick(equivalent ? margins.age_equivalent : margins.age, u);
  const int age_months = draw_age_months(group, draws.uniform(Decision::person_age_within));
  person.born = static_cast<MonthIndex>(month.index - age_months);
  const std::size_t older = group == 0 ? 0 : 1;
  person.woman = draws.happens(Decision::person_sex,
                               equivalent ? margins.women_equivalent[older] : margins.women[older]);
  person.category =
      static_cast<Category>(pick(equivalent ? margins.category_equivalent : margins.category[older],
                                 draws.uniform(Decision::person_category)));
  draw_household(margins, p.partner_share, person, age_months, month, draws);
  person.student = group == 0 && draws.happens(Decision::person_student, student_share);
  person.homeless = draws.happens(Decision::person_homeless, margins.homeless);
  person.low_education = !person.student && draws.happens(Decision::person_education, margins.low_education);
  person.insured_before =
      person.benefit_ended || (group > 0 && draws.happens(Decision::person_insured, margins.insured_before));
  person.insured_leaver = person.insured_before;
  person.non_eu = draws.happens(Decision::person_nationality, margins.non_eu);

  const double distance = portable::normal_quantile(draws.uniform(Decision::person_distance));
  person.exit_factor = static_cast<float>(portable::exp(-p.frailty_sd * distance));
  // Health limitations go with distance to work: twice the share above the median, none below.
  person.health_limited = distance > 0 && draws.happens(Decision::person_health, 2 * p.health_limited);

  if (draws.happens(Decision::person_means, p.means_share)) {
    // Uniform from nothing to twice the mean fraction of the single person's amount; kept in tenths of a
    // euro of the 2013 amount (817.36 a month, 004:1558).
    const double fraction = 2 * p.means_fraction * draws.uniform(Decision::person_means_amount);
    person.means = static_cast<std::uint16_t>(8173.6 * (fraction < 0.95 ? fraction : 0.95));
  }
  return person;
}

}  // namespace tremplin
