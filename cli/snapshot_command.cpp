// snapshot BASE --at YYYY-MM: simulates the past that scenarios share and keeps it, for compare --snapshot.
#include <ostream>

#include "cli/commands.hpp"
#include "cli/interrupt.hpp"
#include "cli/progress.hpp"
#include "cli/simulation.hpp"
#include "cli/texts.hpp"
#include "engine/base/errors.hpp"
#include "outputs/atomic_file.hpp"
#include "scenarios/date.hpp"

namespace tremplin::cli {

// Stopped early, the file holds the replicates that are complete; without any there is no file.
int snapshot_command(const Task& task) {
  namespace fs = std::filesystem;
  const Screen& screen = task.screen;
  const RunOptions options = run_options(task.arguments);
  Simulation simulation(task.home, task.arguments, options);
  const fs::path file =
      options.out / (file_stem(simulation.run()) + "--" + to_string(options.snapshot_at) + ".snapshot.h5");
  std::error_code error;
  fs::create_directories(options.out, error);
  if (error) {
    throw InputError(
        Fault{.kind = FaultKind::unwritable, .source = options.out.string(), .found = error.message()});
  }
  check_writable(file);
  SnapshotWriter writer(simulation.origin(options.snapshot_at), simulation.run());
  bool complete = false;
  {
    Progress progress(screen.progress ? &screen.err : nullptr, screen.language, simulation.n_offices(),
                      options.n_replicates);
    complete = simulation.go_until(options.snapshot_at, writer, progress, task.stop);
  }
  if (writer.n_replicates() == 0) {
    screen.err << say(screen.language, Phrase::stopped_empty) << '\n';
    return exit_interrupted;
  }
  writer.write(file);
  screen.err << say(screen.language, Phrase::snapshot_written, file.string()) << '\n';
  if (complete) return 0;
  screen.err << say(screen.language, Phrase::stopped_with, writer.n_replicates(), options.n_replicates)
             << '\n';
  return exit_interrupted;
}

}  // namespace tremplin::cli
