#include "calibration/inference/made_up_data.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "calibration/inference/link_data.hpp"
#include "calibration/inference/overloaded.hpp"

namespace tremplin::inference {

namespace {
// stated: one number for each link of the term.
void set_data(Likelihood& likelihood, const Row& summaries, const Row& stated) {
  std::visit(Overloaded{[&](SimulatorNoise& d) { d.observed = summaries(d.columns).transpose(); },
                        [&](NormalData& d) { d.observed = stated[0]; },
                        [&](BinomialData& d) { d.successes = std::round(stated[0]); },
                        [&](MultinomialData& d) {
                          double left = d.counts.sum();
                          for (Index j = 0; j < stated.size(); ++j) {
                            d.counts[j] = std::round(stated[j]);
                            left -= d.counts[j];
                          }
                          d.counts[stated.size()] = std::max(left, 0.0);
                        },
                        [&](CountData& d) { d.count = std::round(stated[0]); },
                        [&](IntervalData& d) {
                          const double half = 0.5 * (d.high - d.low);
                          d.low = stated[0] - half;
                          d.high = stated[0] + half;
                        }},
             likelihood);
}
}  // namespace

Observation made_up_observation(const Observation& like, const Row& summaries, std::uint64_t seed) {
  if (!summaries.allFinite()) throw std::invalid_argument("a run that failed gives no data");
  const Row numbers = stated(like, drawn_data(like, summaries, seed));
  Observation made = like;
  Index at = 0;
  for (Term& term : made.terms) {
    const Index n = n_links(term);
    set_data(term.likelihood, summaries, numbers.segment(at, n));
    at += n;
  }
  return made;
}

}  // namespace tremplin::inference
