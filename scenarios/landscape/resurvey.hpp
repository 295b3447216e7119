// What other CPAS would have answered: the shares that surveys counted, drawn anew. A survey of n CPAS out of
// N drawn without replacement knows a share as well as n / (1 - n / N) answers with replacement would; a
// Dirichlet law around the published shares with that many answers stands for what could have been found.
// Shares of one question go together; different questions are drawn apart, as no table crosses them.
#pragma once

#include <span>
#include <vector>

#include "engine/base/draw.hpp"
#include "scenarios/landscape/landscape.hpp"

namespace tremplin {

// Parts (>= 0, not all 0) as a Dirichlet draw of mean parts / sum and n answers gives them, brought to the
// same sum: variance p (1 - p) / (n + 1) of each share p. Unchanged if n is infinite; a part of 0 stays 0.
// The same bits on any x86-64.
std::vector<double> dirichlet_parts(std::span<const double> parts, double n, Draws& draws);

// The landscape with each figure that has survey samples drawn anew, its class and source kept, and
// practice/size_shift moved with published/instrument_by_size, whose normal quantiles it is. Everything else
// is as it was, to the bit. Keyed by luck and the figure's name alone: other figures may be added.
Landscape resurveyed(const Landscape& landscape, const Luck& luck);

}  // namespace tremplin
