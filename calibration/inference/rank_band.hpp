// How far the ranks of true parameters among draws of their posterior may stray from uniform by chance: bands
// that hold at all ranks at once (Säilynoja, Bürkner and Vehtari 2022, section 2.2), computed exactly, and
// the probability that goes with what was seen.
#pragma once

#include <span>
#include <vector>

#include "calibration/inference/types.hpp"

namespace tremplin::inference {

// Numbers of successes, both ends included.
struct CountRange {
  Index low = 0;
  Index high = 0;
};
// The central range of a binomial number: what lies outside on either side has at most half of what the
// confidence leaves. n >= 1, share in (0, 1), confidence in (0, 1).
CountRange binomial_range(Index n, double share, double confidence);

// n_ranks ranks, each of 0 .. n_draws equally likely. How many of them lie below k is binomial for every k =
// 1 .. n_draws, and a Markov chain over k. n_ranks and n_draws at least 1 (std::invalid_argument).
class UniformRanks {
 public:
  UniformRanks(Index n_ranks, Index n_draws);

  // ranges[k - 1] is that of the ranks below k: the narrowest of one pointwise level that hold together with
  // this confidence, in (0, 1).
  [[nodiscard]] std::vector<CountRange> band(double confidence) const;
  // The probability that the worst of all points is at least as unlikely, by itself, as the worst of these:
  // small where they are not uniform. ranks: n_ranks numbers from 0 to n_draws (std::invalid_argument).
  [[nodiscard]] double p_value(std::span<const Index> ranks) const;
  // That all of these ranges hold.
  [[nodiscard]] double inside(std::span<const CountRange> ranges) const;

 private:
  [[nodiscard]] std::vector<CountRange> pointwise(double tail) const;

  Index n_;
  Index n_draws_;
  Matrix at_most_;   // (n + 1) x n_draws: P(number below k <= row)
  Matrix at_least_;  // P(number below k >= row)
};

// How many ranks lie below k = 1 .. n_draws.
std::vector<Index> ranks_below(std::span<const Index> ranks, Index n_draws);

}  // namespace tremplin::inference
