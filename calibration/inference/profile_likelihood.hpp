// How far each parameter may lie from the likeliest before the data object (issue: from surveys to a
// calibrated model, point 5d): its value held at points of a grid, all other scores at their best there.
// Bounds lie where the log likelihood is 1.92 below its top (half the 95 % quantile of chi-square with one
// degree of freedom; Venzon and Moolgavkar 1988). The prior says only where to look: a side on which the
// likelihood never falls so far within its reach has no bound, and none is made up.
#pragma once

#include <string>
#include <vector>

#include "calibration/inference/point_fit.hpp"

namespace tremplin::inference {

inline constexpr double likelihood_drop = 1.920729410347062;

enum class ProfileShape { closed, open_below, open_above, flat };  // flat: open on both sides

struct Profile {
  std::string name;
  Vector scores;          // of the grid, rising: the parameter's own score, the others at the top
  Vector values;          // of the parameter there
  Vector log_likelihood;  // less that of the top
  double best = 0;        // the parameter at the top
  double low = 0;         // NaN where the profile is open
  double high = 0;
  ProfileShape shape{};
};

struct ProfileResult {
  PointFit top;  // maximum likelihood
  std::vector<Profile> profiles;
  Index n_evaluations = 0;  // those of the top included
};

// log_likelihood: smooth and thread-safe. Each parameter must rise with the score of the same place whatever
// the others are, as with all priors of prior.hpp, and there must be as many of either
// (std::invalid_argument). Profiles run side by side on the caller's arena; same bits for any number of
// threads.
ProfileResult profile_likelihood(const Prior& prior, const LogLikelihood& log_likelihood,
                                 const PointFitOptions& options = {});

}  // namespace tremplin::inference
