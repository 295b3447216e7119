// From names and options to a run: everything is loaded and checked before the first replicate, and a
// run that is stopped keeps the replicates that are complete.
#pragma once

#include <filesystem>
#include <stop_token>
#include <string>
#include <vector>

#include "calibration/priors.hpp"
#include "cli/options.hpp"
#include "engine/law/rules.hpp"
#include "engine/world.hpp"
#include "outputs/run.hpp"
#include "scenarios/landscape/landscape.hpp"

namespace tremplin::cli {

class Simulation {
 public:
  // Loads law, scenarios, landscape and priors from `home`, draws the world and its sample.
  // base: one name or file; reforms: each a composition "A+B". Throws InputError.
  Simulation(const std::filesystem::path& home, const Arguments& arguments, const RunOptions& options);

  // Simulates replicates until all are done or a stop is requested; the observer hears of each office.
  // Call once.
  void go(Observer& observer, const std::stop_token& stop);

  [[nodiscard]] const Run& run() const { return run_; }
  [[nodiscard]] std::size_t n_offices() const { return world_.offices.size(); }
  // "law-2015--generalisation": the name of its files, without ending.
  [[nodiscard]] std::string file_stem() const;

 private:
  void load_scenarios(const std::filesystem::path& home, const Arguments& arguments);
  void load_world(const std::filesystem::path& home, const RunOptions& options);
  void keep_inputs(std::vector<SourceText> texts);
  [[nodiscard]] Parameters parameters_of(std::uint32_t replicate) const;

  int n_replicates_;
  int n_threads_;
  Run run_;
  std::vector<RulesTable> rules_;  // the base first
  Landscape landscape_;
  PriorTable priors_;
  World world_;
};

}  // namespace tremplin::cli
