// The faults that a call throws.
#pragma once

#include <vector>

#include "engine/base/errors.hpp"

namespace tremplin::test {

// Empty if it throws none.
template <class Call>
std::vector<Fault> faults_of(Call call) {
  try {
    call();
  } catch (const InputError& error) {
    return error.faults();
  }
  return {};
}

}  // namespace tremplin::test
