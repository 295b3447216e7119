// Whom a rule is for, in terms of groups that a reader knows: "under 25 or students, but no lone parents".
// What `scenario diff` says of people.
#pragma once

#include <span>
#include <vector>

#include "engine/law/rules.hpp"

namespace tremplin {

// Those who belong to some group of each set of `within` and to none of `outside`; everybody if both are
// empty.
struct Audience {
  std::vector<GroupSet> within;
  GroupSet outside;

  [[nodiscard]] bool everybody() const { return within.empty() && outside.empty(); }
  [[nodiscard]] bool holds(GroupSet groups) const;
  friend bool operator==(const Audience&, const Audience&) = default;
};

// Some kind of people for whom it is; the empty set for everybody, the office itself included.
GroupSet some_of(const Audience& audience);

// The people of these kinds, of all `kinds` that the two tables tell apart (kinds_told_apart_by): in one
// audience if some groups together, or all but some groups, are these people; else one for each kind.
std::vector<Audience> audiences_of(std::span<const GroupSet> these, std::span<const GroupSet> kinds,
                                   const RulesTable& a, const RulesTable& b);

}  // namespace tremplin
