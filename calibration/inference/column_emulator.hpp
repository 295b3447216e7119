// The emulator of one number that the simulator gives: its mean over the parameters, its noise, and how it
// was chosen: polynomial or Gaussian process, near the posterior or everywhere, on scores or on parameters,
// with which noise; by the leave-one-out log density at the runs nearest to the posterior.
#pragma once

#include <vector>

#include "calibration/inference/noise.hpp"
#include "calibration/inference/regression.hpp"
#include "calibration/inference/types.hpp"

namespace tremplin::inference {

// Runs that did not fail, the nearest to the posterior first.
struct TrainingSet {
  Matrix scores;
  Matrix parameters;
  Index n_near = 0;    // rows of a local fit
  Index n_judged = 0;  // rows on which fits are compared
};

struct EmulatorOptions {
  Index most_process_rows = 400;
  bool processes = true;
};

class ColumnEmulator {
 public:
  struct Prediction {
    Vector mean;
    Vector variance;  // of the emulator
    Vector noise;     // of the simulator
  };
  // inputs: scores (n x s) and parameters (n x d).
  [[nodiscard]] Prediction at(const Matrix& scores, const Matrix& parameters) const;
  // Of the first training rows by all others, as many as the fit used.
  [[nodiscard]] const Prediction& left_one_out() const { return left_one_out_; }
  [[nodiscard]] const NoiseScale& scale() const { return scale_; }
  // Mean log density left one out over the rows judged.
  [[nodiscard]] double score() const { return score_; }
  [[nodiscard]] bool is_process() const { return regression_.is_process(); }
  // Every run gave this number: nothing to emulate.
  [[nodiscard]] bool constant() const { return constant_; }

 private:
  friend class ColumnFit;
  bool constant_ = false;
  bool on_parameters_ = false;
  Row centre_, spread_;  // of the inputs of the rows fitted
  Regression regression_;
  VarianceModel variance_;
  NoiseScale scale_;
  Prediction left_one_out_;
  double score_ = 0;
};

// learn_scale: the noise is the data's own and its family is chosen; else x is emulated as it is.
ColumnEmulator fit_column(const TrainingSet& training, const Vector& x, bool learn_scale,
                          const EmulatorOptions& options);

}  // namespace tremplin::inference
