// Randomness of the inference core: every draw depends only on (seed, purpose, index), never on the thread
// or on what was drawn before (Philox 4x32-10, Salmon et al. 2011), so that results are the same bits for any
// number of threads.
#pragma once

#include <Random123/philox.h>

#include <cstdint>
#include <limits>

#include "engine/base/portable_math.hpp"

namespace tremplin::inference {

// What a draw is for. Methods take numbers of their own; a number is never given to another purpose.
enum class Purpose : std::uint32_t {
  scramble = 1,              // of the Sobol design
  simulator = 2,             // the seed of a call of the simulator
  resample = 3,              // particles
  proposal = 4,              // of a Markov chain
  widen = 5,                 // new points around the posterior
  split = 6,                 // of data into parts
  start = 7,                 // first points of a search
  prior_draw = 8,            // independent draws from the prior
  abc = 16,                  // ABC-SMC: 16 to 31; data drawn in a generation
  abc_proposal = 17,         // around a particle
  abc_smooth = 18,           // draws around the last particles
  kalman = 32,               // ensemble smoothers: 32 to 47
  kalman_redraw = 33,        // a member whose run failed
  point_fit = 48,            // point fits: 48 to 63; points of a generation
  point_fit_start = 49,      // where a restart begins
  point_fit_simulator = 50,  // the seed of an evaluation by simulation
  validation = 64,           // simulation-based calibration and coverage
  made_up_data = 80,         // drawn from the likelihood
  survey = 96,               // who gives which answer in a made-up survey file
  landscape = 112,           // the seed of a landscape of its own
  bootstrap = 113,           // replicates drawn anew
};

// An endless stream of draws, different for every (seed, purpose, index). A generator for Boost.Random too.
class Keyed {
 public:
  using result_type = std::uint32_t;
  static constexpr result_type min() { return 0; }
  static constexpr result_type max() { return std::numeric_limits<result_type>::max(); }

  Keyed(std::uint64_t seed, Purpose purpose, std::uint64_t index = 0)
      : key_{{static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32)}},
        counter_{{0, static_cast<std::uint32_t>(purpose), static_cast<std::uint32_t>(index),
                  static_cast<std::uint32_t>(index >> 32)}},
        block_{} {}

  result_type operator()() {
    if (lane_ == 4) {
      block_ = r123::Philox4x32{}(counter_, key_);
      ++counter_[0];
      lane_ = 0;
    }
    return block_[lane_++];
  }
  // Uniform on (0, 1), 52 bits: never 0 or 1.
  double uniform() {
    const std::uint64_t high = (*this)() >> 6;
    const std::uint64_t low = (*this)() >> 6;
    return (static_cast<double>((high << 26) | low) + 0.5) * (1.0 / 4503599627370496.0);
  }
  double normal() { return portable::normal_quantile(uniform()); }
  // Uniform on 0 to n - 1 (bias below n / 2^32).
  std::uint32_t below(std::uint32_t n) {
    return static_cast<std::uint32_t>((static_cast<std::uint64_t>((*this)()) * n) >> 32);
  }

 private:
  r123::Philox4x32::key_type key_;
  r123::Philox4x32::ctr_type counter_;
  r123::Philox4x32::ctr_type block_;
  std::uint32_t lane_ = 4;
};

// A seed of its own for each (seed, purpose, index), such as each call of the simulator.
inline std::uint64_t derived_seed(std::uint64_t seed, Purpose purpose, std::uint64_t index) {
  Keyed draws(seed, purpose, index);
  const std::uint64_t high = draws();
  return (high << 32) | draws();
}

}  // namespace tremplin::inference
