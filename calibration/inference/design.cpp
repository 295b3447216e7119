#include "calibration/inference/design.hpp"

#include <boost/random/sobol.hpp>

#include "calibration/inference/keyed.hpp"
#include "engine/base/portable_math.hpp"

namespace tremplin::inference {

namespace {
// Each bit is flipped or not by a draw that belongs to the bits before it: points that share a cell go on
// sharing it, and within the cell they land anywhere.
std::uint32_t owen_scrambled(std::uint32_t x, std::uint64_t seed, std::uint64_t dimension) {
  std::uint32_t scrambled = 0;
  for (std::uint64_t depth = 0; depth < 32; ++depth) {
    const std::uint64_t prefix = depth == 0 ? 0 : x >> (32 - depth);
    // The prefix with a leading 1 names the cell at its depth: below 2^33.
    Keyed cell(seed, Purpose::scramble, (dimension << 33) | (std::uint64_t{1} << depth) | prefix);
    const std::uint32_t bit = x >> (31 - depth) & 1U;
    scrambled = scrambled << 1 | (bit ^ (cell() >> 31));
  }
  return scrambled;
}
}  // namespace

Matrix sobol_points(Index n, Index dimensions, std::uint64_t seed) {
  boost::random::sobol_engine<std::uint32_t, 32> sequence(static_cast<std::size_t>(dimensions));
  Matrix points(n, dimensions);
  for (Index i = 0; i < n; ++i)
    for (Index j = 0; j < dimensions; ++j) {
      const std::uint32_t bits = owen_scrambled(sequence(), seed, static_cast<std::uint64_t>(j));
      points(i, j) = (static_cast<double>(bits) + 0.5) * (1.0 / 4294967296.0);
    }
  return points;
}

Matrix sobol_scores(Index n, Index dimensions, std::uint64_t seed) {
  return sobol_points(n, dimensions, seed).unaryExpr([](double u) { return portable::normal_quantile(u); });
}

}  // namespace tremplin::inference
