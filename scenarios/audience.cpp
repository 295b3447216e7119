#include "scenarios/audience.hpp"

#include <algorithm>

namespace tremplin {

namespace {

// Every kind of people there is, and whether it is one of those asked for.
std::vector<bool> who(std::span<const GroupSet> these, const RulesTable& a, const RulesTable& b) {
  const auto pages = [&](GroupSet groups) {
    return std::pair(a.page_of(a.from(), groups), b.page_of(b.from(), groups));
  };
  std::vector<bool> asked;
  for (const GroupSet people : all_kinds_of_people)
    asked.push_back(std::ranges::any_of(these, [&](GroupSet kind) { return pages(kind) == pages(people); }));
  return asked;
}

// The fewest groups found whose members are all people for whom `asked` is `value`, and together all of them;
// none if there are no such groups.
GroupSet groups_that_make(const std::vector<bool>& asked, bool value) {
  GroupSet found;
  const auto are_all = [&](GroupSet groups) {
    for (std::size_t i = 0; i < asked.size(); ++i)
      if (all_kinds_of_people[i].meets(groups) != (asked[i] == value)) return false;
    return true;
  };
  for (int g = 0; g < n_groups; ++g) {
    const GroupSet group = {static_cast<TargetGroup>(g)};
    bool only_they = true;
    for (std::size_t i = 0; i < asked.size(); ++i)
      only_they = only_they && (!all_kinds_of_people[i].meets(group) || asked[i] == value);
    found.add(static_cast<TargetGroup>(g), only_they);
  }
  if (!are_all(found)) return {};
  for (int g = n_groups - 1; g >= 0; --g) {
    GroupSet fewer;
    for (int other = 0; other < n_groups; ++other)
      fewer.add(static_cast<TargetGroup>(other), other != g && found.has(static_cast<TargetGroup>(other)));
    if (!fewer.empty() && are_all(fewer)) found = fewer;
  }
  return found;
}

// The audiences of changes that the kind belongs to, and none of the others.
Audience exactly(GroupSet kind, const RulesTable& a, const RulesTable& b) {
  Audience audience;
  for (const RulesTable* table : {&a, &b}) {
    for (const GroupSet named : table->divisions().audiences) {
      if (!named.meets(kind)) {
        for (int g = 0; g < n_groups; ++g)
          audience.outside.add(static_cast<TargetGroup>(g), named.has(static_cast<TargetGroup>(g)));
      } else if (std::ranges::find(audience.within, named) == audience.within.end()) {
        audience.within.push_back(named);
      }
    }
  }
  return audience;
}

}  // namespace

bool Audience::holds(GroupSet groups) const {
  return !groups.meets(outside) &&
         std::ranges::all_of(within, [&](GroupSet one) { return one.meets(groups); });
}

GroupSet some_of(const Audience& audience) {
  if (audience.everybody()) return {};
  return *std::ranges::find_if(all_kinds_of_people, [&](GroupSet kind) { return audience.holds(kind); });
}

std::vector<Audience> audiences_of(std::span<const GroupSet> these, std::span<const GroupSet> kinds,
                                   const RulesTable& a, const RulesTable& b) {
  if (these.size() == kinds.size()) return {Audience{}};
  const std::vector<bool> asked = who(these, a, b);
  if (const GroupSet groups = groups_that_make(asked, true); !groups.empty()) return {{{groups}, {}}};
  if (const GroupSet groups = groups_that_make(asked, false); !groups.empty()) return {{{}, groups}};
  std::vector<Audience> all;
  for (const GroupSet kind : these) all.push_back(exactly(kind, a, b));
  return all;
}

}  // namespace tremplin
