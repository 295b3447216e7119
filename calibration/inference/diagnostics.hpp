// Whether a posterior from emulators deserves trust: numbers with names, and doubts in words.
#pragma once

#include "calibration/inference/emulated_likelihood.hpp"
#include "calibration/inference/problem.hpp"
#include "calibration/inference/tempered_smc.hpp"

namespace tremplin::inference {

// How far a posterior moved: the root of the mean over scores of the squared change of the mean in standard
// deviations plus half the squared log ratio of standard deviations.
double movement(const Focus& before, const Focus& now);

// Errors of new runs against the emulators made without them: a validation on fresh data. Where the noise is
// the data's own, an error weighs by that noise and the emulator's; where the likelihood is known, by how
// uncertain the data are: an emulator that is a thousandth of a standard error off, and had said a
// ten-thousandth, is a good one.
struct Validation {
  Index n = 0;        // numbers compared, of columns that learn their noise
  double spread = 0;  // root mean square of their standardised errors: 1 if the emulators know what they know
  double far = 0;     // share beyond three standard deviations (0.003 if normal)
  Index n_known = 0;  // runs compared where the likelihood is known, those near the posterior alone
  // Root of the sum over columns of squared errors beyond what emulator and replicates had said, in standard
  // deviations of the data; 0 unless it exceeds two of its standard errors.
  double unexplained = 0;
};
// focus: where the posterior was thought to be when the runs were chosen.
Validation validated(const EmulatedLikelihood& likelihood, const Simulations& fresh, const Focus& focus);

struct Evidence {
  const EmulatedLikelihood& likelihood;
  const SmcResult& draws;
  const Simulations& runs;
  Validation validation;  // of the last wave
  double last_movement = 0;
  bool budget_ended = true;
};

// Fills diagnostics and doubts.
void diagnose(const Evidence& evidence, Posterior& posterior);

}  // namespace tremplin::inference
