// One's own CPAS, simulated: completed from the landscape, aligned on the baseline, then every scenario, in
// each replicate anew. Replicates run side by side, each with an office, parameters and luck of its own.
#pragma once

#include <filesystem>
#include <vector>

#include "cli/simulation.hpp"
#include "scenarios/landscape/own_office.hpp"

namespace tremplin::cli {

class OwnSimulation : public RunSource {
 public:
  // file: the CPAS's own; see load_own_office and load_inputs. Throws InputError.
  OwnSimulation(const std::filesystem::path& home, const Arguments& arguments, const RunOptions& options);

  void go(Observer& observer, const std::stop_token& stop) override;
  // One replicate; no results if stop was requested.
  PartOfRun one(std::uint32_t replicate, Observer& observer, const std::stop_token& stop) const;
  [[nodiscard]] const Run& run() const override { return loaded_.run; }
  [[nodiscard]] std::size_t n_offices() const override { return 1; }

 private:
  struct Replicate {
    bool done = false;
    Office office;
    Alignment alignment;
    Parameters parameters;
    std::vector<RunResult> results;  // [scenario]
  };

  [[nodiscard]] Replicate simulate_one(std::uint32_t number, Observer& observer,
                                       const std::stop_token& stop) const;
  void keep(std::vector<Replicate> replicates);

  int n_replicates_;
  int n_threads_;
  Loaded loaded_;
  OwnOffice own_;
  Month horizon_;  // the end of the report or of the reference, whichever comes later
  World country_;  // of the run's seed: environment, margins, means of practice
};

}  // namespace tremplin::cli
