#include "outputs/snapshot_columns.hpp"

#include <algorithm>

namespace tremplin {

namespace {

// A list that lacks a field, or has one too many, does not bind.
[[maybe_unused]] void every_field_is_listed(const Person& person, const Contract& contract,
                                            const OfficeState& office) {
  [[maybe_unused]] const auto& [
#define PERSON_FIRST(field) field
#define PERSON_FIELD(field) , field
#define PERSON_CONTRACTS(field) , field
#include "outputs/snapshot_fields.def"
#undef PERSON_CONTRACTS
#undef PERSON_FIELD
#undef PERSON_FIRST
  ] = person;
  {
    [[maybe_unused]] const auto& [
#define CONTRACT_FIRST(field) field
#define CONTRACT_FIELD(field) , field
#include "outputs/snapshot_fields.def"
#undef CONTRACT_FIELD
#undef CONTRACT_FIRST
    ] = contract;
  }
  {
    [[maybe_unused]] const auto& [
#define OFFICE_FIRST_LIST(field) field
#define OFFICE_FIELD(field) , field
#define OFFICE_LIST(field) , field
#include "outputs/snapshot_fields.def"
#undef OFFICE_LIST
#undef OFFICE_FIELD
#undef OFFICE_FIRST_LIST
    ] = office;
  }
}

bool is_sound(const Person& person) {
  const auto type_exists = [](const Contract& c) { return static_cast<int>(c.type) < n_contract_types; };
  return person.category <= Category::family && person.entitlement <= Entitlement::exited &&
         person.activity <= Activity::part_time && std::ranges::all_of(person.contracts, type_exists);
}

}  // namespace

bool is_sound(const OfficeState& state) {
  const std::size_t n = state.people.size();
  const auto exists = [n](std::uint32_t slot) { return slot < n; };
  if (!std::ranges::all_of(state.active, exists)) return false;
  if (!std::ranges::all_of(state.people, [](const Person& person) { return is_sound(person); })) return false;
  // Each slot stands in one list at most, so that lists end.
  std::vector<bool> seen(n, false);
  const auto ends = [&](std::uint32_t slot) {
    for (; slot != no_slot; slot = state.people[slot].next) {
      if (!exists(slot) || seen[slot]) return false;
      seen[slot] = true;
    }
    return true;
  };
  return ends(state.first_free) && std::ranges::all_of(state.calendar, ends);
}

}  // namespace tremplin
