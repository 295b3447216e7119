// Processes that share the runs of one search: each does its part, all learn all results, and every process
// then goes the same way, so that several give the same bits as one (issue: from surveys to a calibrated
// model, point 9).
#pragma once

#include "calibration/inference/types.hpp"

namespace tremplin::inference {

// All processes make the same calls in the same order; each waits for the others.
class Team {
 public:
  virtual ~Team() = default;
  [[nodiscard]] virtual Index size() const = 0;
  [[nodiscard]] virtual Index rank() const = 0;  // 0 to size() - 1
  // Each gives a row of the same length; all get size() rows, in the order of ranks.
  virtual Matrix gathered(const Row& own) = 0;
  // All get what the first process has; sizes agree.
  virtual void take_from_first(Matrix& shared) = 0;
};

// One process.
class Alone : public Team {
 public:
  [[nodiscard]] Index size() const override { return 1; }
  [[nodiscard]] Index rank() const override { return 0; }
  Matrix gathered(const Row& own) override { return own; }
  void take_from_first(Matrix& /*shared*/) override {}
};

}  // namespace tremplin::inference
