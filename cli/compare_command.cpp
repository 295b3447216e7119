// compare BASE REFORM…, run BASE: simulates, writes the result file and the report, prints the table.
#include <ostream>

#include "cli/commands.hpp"
#include "cli/interrupt.hpp"
#include "cli/plain.hpp"
#include "cli/presentation.hpp"
#include "cli/progress.hpp"
#include "cli/simulation.hpp"
#include "cli/texts.hpp"
#include "outputs/store.hpp"

namespace tremplin::cli {

namespace fs = std::filesystem;

int compare_command(const Task& task) {
  const Screen& screen = task.screen;
  const RunOptions options = run_options(task.arguments);
  const Words words = load_words(task.home);
  Simulation simulation(task.home, task.arguments, options);
  const fs::path result_file = options.out / (simulation.file_stem() + ".h5");
  const std::vector<fs::path> reports = report_files(simulation.run(), options.out);
  prepare_output(options.out, {&result_file, 1});
  prepare_output(options.out, reports);
  {
    Progress progress(screen.progress ? &screen.err : nullptr, screen.language, simulation.n_offices(),
                      options.n_replicates);
    simulation.go(progress, task.stop);
  }
  const Run& run = simulation.run();
  if (run.n_replicates() == 0) {
    screen.err << say(screen.language, Phrase::stopped_empty) << '\n';
    return exit_interrupted;
  }
  write_run(run, result_file);
  const Presentation presentation(words, run);
  if (task.arguments.json) {
    print_json(screen.out, presentation.json(screen.language));
  } else {
    screen.out << presentation.table(screen.language);
  }
  screen.err << say(screen.language, Phrase::results_written, result_file.string()) << '\n';
  write_reports(presentation, reports, screen);
  if (!run.interrupted) return 0;
  screen.err << say(screen.language, Phrase::stopped_with, run.n_replicates(), options.n_replicates) << '\n';
  return exit_interrupted;
}

}  // namespace tremplin::cli
