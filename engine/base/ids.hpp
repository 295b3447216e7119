// Identities. A person's identity says where, when and as which potential applicant they appeared,
// so that the same person exists in every scenario whatever the order of storage.
#pragma once

#include <cstdint>

#include "engine/base/month.hpp"

namespace tremplin {

enum class CpasId : std::uint16_t {};
enum class PersonId : std::uint64_t {};

// A person within an office: month of appearance (11 bits, to the year 2070) and serial number in that
// month (21 bits, of which the two highest mark people who come for equivalent income, and people who come
// because their unemployment benefit has ended).
enum class LocalId : std::uint32_t {};
constexpr std::uint32_t serial_of_equivalent = 1U << 20;
constexpr std::uint32_t serial_of_benefit_ended = 1U << 19;
constexpr std::uint32_t serials = serial_of_benefit_ended - 1;  // the serial number within these kinds

constexpr Month appeared_in(LocalId id) {
  return Month(static_cast<std::int32_t>(static_cast<std::uint32_t>(id) >> 21));
}

constexpr LocalId local_id(Month appeared, std::uint32_t serial) {
  return LocalId{(static_cast<std::uint32_t>(appeared.index) << 21) | serial};
}

// cpas: 16 bits, month of appearance: 16 bits, serial number within both: 32 bits.
constexpr PersonId person_id(CpasId cpas, LocalId local) {
  const auto within = static_cast<std::uint64_t>(local);
  return PersonId{(static_cast<std::uint64_t>(cpas) << 48) | ((within >> 21) << 32) | (within & 0x1fffffU)};
}
constexpr PersonId person_id(CpasId cpas, Month appeared, std::uint32_t serial) {
  return person_id(cpas, local_id(appeared, serial));
}

}  // namespace tremplin
