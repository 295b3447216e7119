// compare BASE REFORM…, run BASE, cpas run FILE REFORM…: simulates, writes the result file and the report,
// prints the table.
#include <ostream>

#include "cli/commands.hpp"
#include "cli/interrupt.hpp"
#include "cli/output_files.hpp"
#include "cli/own_simulation.hpp"
#include "cli/plain.hpp"
#include "cli/presentation.hpp"
#include "cli/program.hpp"
#include "cli/progress.hpp"
#include "cli/simulation.hpp"
#include "cli/texts.hpp"
#include "outputs/store.hpp"
#include "scenarios/date.hpp"

namespace tremplin::cli {

namespace {

namespace fs = std::filesystem;

// A folder that was made for results that never came goes again.
void leave_no_empty_folder(const fs::path& folder, bool was_there) {
  std::error_code ignored;
  if (!was_there) fs::remove(folder, ignored);
}

int simulate_and_present(const Task& task, const RunOptions& options, RunSource& simulation,
                         const Words& words, const std::string& stem) {
  const Screen& screen = task.screen;
  if (!any_reform_reaches(simulation.run(), screen)) return exit_input_error;
  const OutputFiles files = output_files(simulation.run(), options.out, stem);
  const bool was_there = fs::exists(options.out);
  prepare(files);
  {
    Progress progress(screen.progress ? &screen.err : nullptr, screen.language, simulation.n_offices(),
                      options.n_replicates);
    simulation.go(progress, task.stop);
  }
  const Run& run = simulation.run();
  if (run.n_replicates() == 0) {
    screen.err << say(screen.language, Phrase::stopped_empty) << '\n';
    leave_no_empty_folder(options.out, was_there);
    return exit_interrupted;
  }
  const std::optional<fs::path> earlier = keep_earlier(files, run);
  write_run(run, files.result);
  write_checksum(files.result);
  const Presentation presentation(words, run);
  write_reports(presentation, files, screen.language);  // before a table that a pipe may cut short
  if (task.arguments.json) {
    print_json(screen.out, presentation.json(screen.language));
  } else {
    screen.out << presentation.table(screen.language);
  }
  if (earlier) screen.err << say(screen.language, Phrase::earlier_kept, earlier->string()) << '\n';
  screen.err << say(screen.language, Phrase::results_written, files.result.string()) << '\n';
  say_reports(files, screen);
  if (!run.interrupted) return 0;
  screen.err << say(screen.language, Phrase::stopped_with, run.n_replicates(), options.n_replicates) << '\n';
  return exit_interrupted;
}

}  // namespace

int compare_command(const Task& task) {
  Arguments arguments = task.arguments;
  std::optional<SnapshotFile> snapshot;
  if (!arguments.snapshot.empty()) {
    snapshot.emplace(arguments.snapshot);
    if (arguments.replicates.empty()) arguments.replicates = std::to_string(snapshot->n_replicates());
  }
  const RunOptions options = run_options(arguments);
  const Words words = load_words(task.home);
  Simulation simulation(task.home, arguments, options, snapshot ? &*snapshot : nullptr);
  return simulate_and_present(task, options, simulation, words, file_stem(simulation.run()));
}

int cpas_run_command(const Task& task) {
  Arguments arguments = task.arguments;
  if (arguments.base.empty()) arguments.base = default_own_base;
  if (arguments.replicates.empty()) arguments.replicates = std::to_string(default_own_replicates);
  const RunOptions options = run_options(arguments);
  const Words words = load_words(task.home);
  OwnSimulation simulation(task.home, arguments, options);
  const std::string own = fs::path(arguments.file).stem().string();
  return simulate_and_present(task, options, simulation, words, own + "--" + file_stem(simulation.run()));
}

}  // namespace tremplin::cli
