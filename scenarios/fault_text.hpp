// Faults in words, for an analyst: where, what was found, what was expected, the nearest valid name.
#pragma once

#include <string>

#include "engine/base/errors.hpp"
#include "scenarios/language.hpp"

namespace tremplin {

// "reforms/mine.yaml:12:5: changes[0].value: 1.5 is out of range. Expected: 0 .. 1." One line, in the
// language asked, with as much of the place as is known.
std::string describe(const Fault& fault, Language language);

// All faults, one to a line, each line ended.
std::string describe_all(const InputError& error, Language language);

}  // namespace tremplin
