// Whether a posterior from emulators deserves trust: numbers with names, and doubts in words.
#pragma once

#include "calibration/inference/emulated_likelihood.hpp"
#include "calibration/inference/problem.hpp"
#include "calibration/inference/tempered_smc.hpp"

namespace tremplin::inference {

// How far a posterior moved: the root of the mean over scores of the squared change of the mean in standard
// deviations plus half the squared log ratio of standard deviations.
double movement(const Focus& before, const Focus& now);

// Errors of new runs against the emulators made without them: a validation on fresh data.
struct Validation {
  Index n = 0;        // numbers compared
  double spread = 0;  // root mean square of standardised errors: 1 if the emulators know what they know
  double far = 0;     // share beyond three standard deviations (0.003 if normal)
};
Validation validated(const Matrix& errors);

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
