// A simulator that is a program: started once for each worker, given one run at a time (answer.hpp). Whatever
// it does, each run ends: with summaries, or as a failed run with its reason (issue: from surveys to a
// calibrated model, point 5: outside problems plug in as a program; failed simulations are counted, never
// dropped in silence).
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "calibration/inference/types.hpp"
#include "calibration/outside/answer.hpp"

namespace tremplin::outside {

struct OutsideProgram {
  std::vector<std::string> command;  // the program and its arguments
  std::filesystem::path folder;      // where it runs; empty: here
  double timeout = 60;               // seconds for one run, the program's start included
};

class OutsideWorkers {
 public:
  // Starts one worker, the others when they are needed. Throws std::system_error if the program cannot be
  // started, here or later.
  OutsideWorkers(OutsideProgram program, std::vector<std::string> parameters, inference::Index n_summaries,
                 int n_workers);
  ~OutsideWorkers();
  OutsideWorkers(const OutsideWorkers&) = delete;
  OutsideWorkers& operator=(const OutsideWorkers&) = delete;

  using Done = std::function<void(inference::Index row, const OutsideRun& run)>;
  // Runs these rows of the parameters and tells each as it ends, in any order, on the caller's thread. A
  // run's result depends on (row, its parameters, seed) alone, as far as the program's does: one that ends,
  // hangs or says something odd is started anew, and a run in which a program that had served others broke
  // down is asked of the new one once more. False if a stop was requested: all workers are then killed,
  // within a tenth of a second. An exception of `done` passes.
  bool run(const inference::Matrix& parameters, std::uint64_t seed, const std::vector<inference::Index>& rows,
           const Done& done, const std::stop_token& stop);

  // How often a program had to be started anew.
  [[nodiscard]] inference::Index n_restarts() const { return n_restarts_; }

 private:
  class Worker;
  void wait() const;

  OutsideProgram program_;
  std::vector<std::string> parameters_;
  inference::Index n_summaries_;
  inference::Index n_restarts_ = 0;
  std::vector<std::unique_ptr<Worker>> workers_;
};

}  // namespace tremplin::outside
