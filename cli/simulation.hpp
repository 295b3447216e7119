// Simulations that end in a Run: of the country or a sample of it (Simulation), of one's own CPAS
// (cli/own_simulation.hpp). One that is stopped keeps the replicates that are complete.
#pragma once

#include <filesystem>
#include <span>
#include <stop_token>

#include "cli/loading.hpp"
#include "cli/options.hpp"
#include "engine/world.hpp"
#include "outputs/run.hpp"
#include "outputs/snapshot.hpp"

namespace tremplin::cli {

// Threads to run with: as many as asked (0: all), no more than there are processors.
int arena_size(int n_threads);

// Some offices of one replicate, under every scenario; no results if stop was requested.
struct PartOfRun {
  Parameters parameters;
  std::vector<RunResult> results;
};

class RunSource {
 public:
  virtual ~RunSource() = default;
  // Simulates replicates until all are done or a stop is requested; the observer hears of each office.
  // Call once.
  virtual void go(Observer& observer, const std::stop_token& stop) = 0;
  [[nodiscard]] virtual const Run& run() const = 0;
  [[nodiscard]] virtual std::size_t n_offices() const = 0;
};

class Simulation : public RunSource {
 public:
  // Loads everything from `home` (see load_inputs), draws the world and its sample. Throws InputError.
  // from: a snapshot to go on from, which must outlive the simulation; nullptr: from the start. One that
  // has another past, too few replicates, or months that a reform changes, is refused.
  Simulation(const std::filesystem::path& home, const Arguments& arguments, const RunOptions& options,
             const SnapshotFile* from = nullptr);

  void go(Observer& observer, const std::stop_token& stop) override;
  // Simulates the past of the base alone; replicates that are complete go into the snapshot. False if stop
  // was requested before all were.
  bool go_until(Month month, SnapshotWriter& to, Observer& observer, const std::stop_token& stop);
  // The replicate for these offices alone (places in Run::offices, rising); same bits as in the whole.
  PartOfRun part(std::uint32_t replicate, std::span<const std::size_t> offices, Observer& observer,
                 const std::stop_token& stop);
  // What a snapshot of this run at the month depends on.
  [[nodiscard]] SnapshotOrigin origin(Month month) const;
  [[nodiscard]] const Run& run() const override { return loaded_.run; }
  [[nodiscard]] std::size_t n_offices() const override { return world_.offices.size(); }

 private:
  void check_snapshot() const;
  // The parameters of a replicate; the world's staff follows them.
  Parameters begin(std::uint32_t replicate);

  int n_replicates_;
  int n_threads_;
  Loaded loaded_;
  World world_;
  const SnapshotFile* from_;
};

}  // namespace tremplin::cli
