// Identities. A person's identity says where, when and as which potential applicant they appeared,
// so that the same person exists in every scenario whatever the order of storage.
#pragma once

#include <cstdint>

#include "engine/base/month.hpp"

namespace tremplin {

enum class CpasId : std::uint16_t {};
enum class PersonId : std::uint64_t {};

// cpas: 16 bits, month of appearance: 16 bits, serial number within both: 32 bits.
constexpr PersonId person_id(CpasId cpas, Month appeared, std::uint32_t serial) {
  return PersonId{(static_cast<std::uint64_t>(cpas) << 48) |
                  (static_cast<std::uint64_t>(appeared.index & 0xffff) << 32) | serial};
}

}  // namespace tremplin
