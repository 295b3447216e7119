// The fields of people, contracts and offices as columns of a snapshot, from the one list of
// snapshot_fields.def. A column has the type of its field: enumerators and flags are stored as whole numbers.
#pragma once

#include <cstdint>
#include <type_traits>

#include "engine/trajectory/step.hpp"

namespace tremplin {

namespace snapshot {

template <typename Field>
struct StoredAs {
  using Type = Field;
};
template <>
struct StoredAs<bool> {
  using Type = std::uint8_t;
};
template <typename Field>
requires std::is_enum_v<Field>
struct StoredAs<Field> {
  using Type = std::underlying_type_t<Field>;
};
template <typename Field>
using Stored = typename StoredAs<Field>::Type;

template <typename Record, typename Value>
struct Column {
  const char* name;
  Value (*get)(const Record&);
  void (*set)(Record&, Value);  // what does not fit a field of few bits is cut
};

}  // namespace snapshot

// Call visit(column) for each field of a person and of both contracts, or for each number of an office.
template <typename Visit>
void for_each_person_column(Visit visit);
template <typename Visit>
void for_each_office_column(Visit visit);

// Bit-fields take what is read from them; -Wconversion cannot know that it fits.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#define COLUMN(Record, type, name, place)                                                 \
  visit(snapshot::Column<Record, snapshot::Stored<type>>{                                 \
      name, [](const Record& r) { return static_cast<snapshot::Stored<type>>(r.place); }, \
      [](Record& r, snapshot::Stored<type> value) { r.place = static_cast<type>(value); }});

template <typename Visit>
void for_each_person_column(Visit visit) {
#define PERSON_FIELD(field) COLUMN(Person, decltype(Person::field), #field, field)
#define PERSON_FIRST(field) PERSON_FIELD(field)
#define PERSON_CONTRACTS(field)
#include "outputs/snapshot_fields.def"
#undef PERSON_CONTRACTS
#undef PERSON_FIRST
#undef PERSON_FIELD
#define CONTRACT_FIELD(field)                                                         \
  COLUMN(Person, decltype(Contract::field), "contract_1_" #field, contracts[0].field) \
  COLUMN(Person, decltype(Contract::field), "contract_2_" #field, contracts[1].field)
#define CONTRACT_FIRST(field) CONTRACT_FIELD(field)
#include "outputs/snapshot_fields.def"
#undef CONTRACT_FIRST
#undef CONTRACT_FIELD
}

template <typename Visit>
void for_each_office_column(Visit visit) {
#define OFFICE_FIELD(field) COLUMN(OfficeState, decltype(OfficeState::field), #field, field)
#define OFFICE_LIST(field)
#define OFFICE_FIRST_LIST(field)
#include "outputs/snapshot_fields.def"
#undef OFFICE_FIRST_LIST
#undef OFFICE_LIST
#undef OFFICE_FIELD
}

#undef COLUMN
#pragma GCC diagnostic pop

// Whether the engine may go on with a state that was read: its slots exist, its lists end, and what indexes
// tables is within them.
bool is_sound(const OfficeState& state);

}  // namespace tremplin
