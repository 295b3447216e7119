// The inflow of one's own CPAS, scaled so that on the baseline as many people are paid in the reference as
// the CPAS says (MODEL section 4, alignment: once, on the baseline; factors kept and used unchanged in every
// reform). One factor for each replicate, whose parameters and luck are its own: what a CPAS knows of its
// stock then narrows what it does not know, and the chance of the very months it counted is not counted
// as knowledge of other months.
#pragma once

#include <stop_token>

#include "engine/simulate/simulate.hpp"
#include "scenarios/landscape/own_office.hpp"

namespace tremplin {

struct Alignment {
  double inflow = 1;             // on first requests for integration income
  double inflow_equivalent = 1;  // for equivalent income
  // On the shares of categories (cohabitant, single, family) among those who come; scaled to sum to 1 again.
  std::array<double, 3> category{1, 1, 1};
  int n_simulations = 0;  // what it took
  // Monthly means over the reference, simulated with these factors.
  double paid = 0;
  std::array<double, 3> paid_by_category{};
  double paid_equivalent = 0;
  friend bool operator==(const Alignment&, const Alignment&) = default;
};

// The world with these factors on its inflow.
World aligned(const World& world, const Alignment& alignment);

// Finds the factors for a world of one office under the rules of the baseline, with the plan's luck. The
// stock moves in whole people, and by chance with each factor tried: the best of at most 24 trials is kept
// (within half a person or half a per cent it is good at once), and `paid` says how near it came. What
// `stated` leaves open keeps its factor. The rules must reach the end of the reference. A stop leaves the
// best so far; factors of 1 and one simulation if nothing is to be aligned.
Alignment align_inflow(const World& world, const StatedStock& stated, Reference reference,
                       const Parameters& parameters, const RulesTable& baseline, Plan plan,
                       const std::stop_token& stop);

}  // namespace tremplin
