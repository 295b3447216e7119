// A person of the twin as the engine would hold them: plain fields back into the 92 bytes.
#pragma once

#include "tests/verification/twin/twin.hpp"

namespace tremplin::twin {

// Where the record is stored (Person::next) is not known.
tremplin::Person record_of(const Twin& o, const Person& person);

}  // namespace tremplin::twin
