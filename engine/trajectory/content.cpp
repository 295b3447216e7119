#include "engine/trajectory/content.hpp"

#include "engine/trajectory/step.hpp"

namespace tremplin {

double p_language_course(const Step& s, const Person& person) {
  const bool asked = in_force(person.contracts[0].stage) && must_learn_language(*s.rules, person);
  return asked ? s.p.language_course : 0;
}

double childcare_tightness(const Step& s, const Person& person) {
  const double tightness = s.office.childcare_tightness;
  const bool searched =
      in_force(person.contracts[0].stage) && must_search_childcare(*s.rules, person, s.now());
  return searched && tightness > 0 ? tightness * (1 - s.p.childcare_search) : tightness;
}

}  // namespace tremplin
