// A person's identity as people read and type it: office-YYYYMM-serial, the month of appearance and the
// serial number within it; "e" marks people who come for equivalent income, "u" those whose
// unemployment benefit ended by its limit: 137-200803-12, 137-200803-e12, 137-202601-u12.
#pragma once

#include <string>
#include <string_view>

#include "engine/base/ids.hpp"

namespace tremplin {

struct PersonName {
  CpasId office{};
  LocalId local{};
  friend bool operator==(const PersonName&, const PersonName&) = default;
};

std::string to_string(const PersonName& name);

// Reads strictly: no blanks, no leading zeros but the month's, months from January 1900 to August 2070.
// Throws InputError{bad_option} that shows the form, and the nearest identity where the text is close to one.
PersonName parse_person(std::string_view text);

}  // namespace tremplin
