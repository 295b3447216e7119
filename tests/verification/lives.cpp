#include "tests/verification/lives.hpp"

#include <set>

namespace tremplin::test {

Lives lives_of(const World& world, const Parameters& parameters, const RulesTable& table, const Plan& plan,
               const std::function<bool(const Person&, Month appeared)>& keep) {
  Lives lives;
  std::set<PersonId> others;
  watch(world, parameters, table, plan, [&](const Seen& seen) {
    for (Person person : seen.state.people) {
      person.next = no_slot;  // where a record is stored is no part of a life
      const PersonId id = person_id(seen.office.id, person.id);
      if (others.contains(id)) continue;
      const auto found = lives.find(id);
      if (found != lives.end()) {
        if (found->second.back() != person) found->second.push_back(person);
      } else if (keep(person, seen.month)) {
        lives[id].push_back(person);
      } else {
        others.insert(id);
      }
    }
  });
  return lives;
}

}  // namespace tremplin::test
