// Target groups: whom a rule may be for, as the CPAS knows them on the first of a month, or at the request in
// the month of the request. A reform may keep a change to some of them (scenarios/README.md).
#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>
#include <string_view>

namespace tremplin {

enum class TargetGroup : std::uint8_t {
  cohabitant,  // RIS categories 1, 2, 3
  single,
  family,
  under_25,
  from_25,
  student,
  lone_parent,
  first_time,     // never paid before this request
  insured,        // comes from unemployment insurance
  benefit_ended,  // whose unemployment benefit ended by its limit in time
  equivalent,     // asks for equivalent income
};
constexpr int n_groups = 11;
inline constexpr std::array<std::string_view, n_groups> group_names = {
    "cohabitant",  "single",     "family",  "under_25",      "from_25",   "student",
    "lone_parent", "first_time", "insured", "benefit_ended", "equivalent"};

// A set of groups: those that a person belongs to, or those that a change is for.
class GroupSet {
 public:
  constexpr GroupSet() = default;
  constexpr GroupSet(std::initializer_list<TargetGroup> groups) {
    for (const TargetGroup group : groups) add(group);
  }
  constexpr void add(TargetGroup group, bool belongs = true) {
    bits_ =
        static_cast<std::uint16_t>(bits_ | static_cast<unsigned>(belongs) << static_cast<unsigned>(group));
  }
  [[nodiscard]] constexpr bool has(TargetGroup group) const {
    return (bits_ >> static_cast<unsigned>(group) & 1U) != 0;
  }
  [[nodiscard]] constexpr bool meets(GroupSet other) const { return (bits_ & other.bits_) != 0; }
  [[nodiscard]] constexpr bool empty() const { return bits_ == 0; }
  // 0 to 2^n_groups - 1.
  [[nodiscard]] constexpr std::uint16_t bits() const { return bits_; }
  friend constexpr bool operator==(GroupSet, GroupSet) = default;
  friend constexpr auto operator<=>(GroupSet, GroupSet) = default;

 private:
  std::uint16_t bits_ = 0;
};

// Every set that some person can have: one category, one side of 25 years, and any of the others, but only a
// family has a lone parent.
constexpr int n_kinds_of_people = 4 * 2 * 32;  // households, ages, the five others
constexpr std::array<GroupSet, n_kinds_of_people> all_kinds_of_people = [] {
  constexpr std::array others = {TargetGroup::student, TargetGroup::first_time, TargetGroup::insured,
                                 TargetGroup::benefit_ended, TargetGroup::equivalent};
  constexpr std::array<GroupSet, 4> households = {
      GroupSet{TargetGroup::cohabitant}, GroupSet{TargetGroup::single}, GroupSet{TargetGroup::family},
      GroupSet{TargetGroup::family, TargetGroup::lone_parent}};
  std::array<GroupSet, n_kinds_of_people> all{};
  std::size_t n = 0;
  for (const GroupSet household : households) {
    for (const TargetGroup age : {TargetGroup::under_25, TargetGroup::from_25}) {
      for (unsigned some = 0; some < 1U << others.size(); ++some) {
        GroupSet kind = household;
        kind.add(age);
        for (std::size_t i = 0; i < others.size(); ++i) kind.add(others[i], (some >> i & 1U) != 0);
        all[n++] = kind;
      }
    }
  }
  return all;
}();

}  // namespace tremplin
