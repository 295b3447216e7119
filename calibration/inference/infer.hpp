// One call for all methods, on any problem: what a command or a notebook asks for by name.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

#include "calibration/inference/profile_likelihood.hpp"

namespace tremplin::inference {

enum class Method { emulated, smoother, abc, point, profile };
inline constexpr std::array<std::string_view, 5> method_names = {"emulated", "smoother", "abc", "point",
                                                                 "profile"};

struct InferOptions {
  Method method = Method::emulated;
  Index budget = 1000;  // simulations, failed ones included; never exceeded
  Index n_draws = 4000;
  std::uint64_t seed = 1;
};

struct Inferred {
  Posterior posterior;  // whichever the method: point fits and profiles rest on emulators that make one
  Matrix prior;         // n_draws draws of the parameters
  Vector learnt;        // of each parameter: see learnt_of()
  std::vector<PointFit>
      fits;  // point: both estimates on the emulators, then the mode on the simulator itself
  std::vector<Profile> profiles;  // profile: of each parameter
  Index n_simulations = 0;        // of everything
  Index n_failed = 0;
};

// The smallest budget that the method takes for so many scores.
Index least_budget(Method method, Index n_scores);

// Throws as the methods do; std::invalid_argument on a budget below least_budget().
Inferred infer(const Problem& problem, const InferOptions& options);

// Of each parameter 1 - variance of its posterior / that of its prior, both on the normal scores of the
// prior's ranks; near 0 the data say nothing, below 0 they widen it. draws x parameters, of equal weight.
Vector learnt_of(const Matrix& prior, const Matrix& posterior);

}  // namespace tremplin::inference
