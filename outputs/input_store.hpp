// The texts that went into a run, in its files: result file and snapshot hold them alike.
#pragma once

#include <vector>

#include "outputs/hdf5/sheet.hpp"
#include "outputs/run.hpp"

namespace tremplin {

// Confidential inputs leave their hash alone. Throws std::invalid_argument if a hash is not its text's.
void write_inputs(hdf5::Sheet& to, const std::vector<InputText>& inputs);

}  // namespace tremplin
