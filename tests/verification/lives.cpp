#include "tests/verification/lives.hpp"

#include <set>

namespace tremplin::test {

Lives lives_of(const World& world, const Parameters& parameters, const RulesTable& table, const Plan& plan,
               const std::function<bool(const Person&, Month appeared)>& keep) {
  Lives lives;
  std::set<PersonId> others;
  watch(world, parameters, table, plan, [&](const Seen& seen) {
    for (const Person& person : seen.state.people) {
      if (others.contains(person.id)) continue;
      const auto found = lives.find(person.id);
      if (found != lives.end()) {
        if (found->second.back() != person) found->second.push_back(person);
      } else if (keep(person, seen.month)) {
        lives[person.id].push_back(person);
      } else {
        others.insert(person.id);
      }
    }
  });
  return lives;
}

}  // namespace tremplin::test
