// inspect FILE, report FILE, registry: what a result file holds, and its report again.
#include <ostream>

#include "cli/commands.hpp"
#include "cli/inspect_text.hpp"
#include "cli/output_files.hpp"
#include "cli/plain.hpp"
#include "cli/presentation.hpp"
#include "outputs/digest.hpp"
#include "outputs/inspect.hpp"
#include "outputs/odd.hpp"
#include "outputs/registries.hpp"
#include "outputs/store.hpp"
#include "scenarios/landscape/landscape.hpp"
#include "scenarios/library.hpp"

namespace tremplin::cli {

// --digest computes the digest anew from the tables, so that it also tells whether they are intact.
int inspect_command(const Task& task) {
  const Screen& screen = task.screen;
  const std::filesystem::path file = task.arguments.file;
  if (task.arguments.digest) {
    const std::string computed = digest(file);
    if (task.arguments.json) {
      print_json(screen.out, {{"digest", computed}});
    } else {
      screen.out << computed << '\n';
    }
    return 0;
  }
  const FileSummary summary = inspect(file);
  if (task.arguments.json) {
    print_json(screen.out, to_json(summary));
  } else {
    screen.out << to_text(summary, screen.language);
  }
  return 0;
}

// Beside the file unless --out names a folder, under the name of its language.
int report_command(const Task& task) {
  const std::filesystem::path file = task.arguments.file;
  const Words words = load_words(task.home);
  const Run run = read_run(file);
  const std::filesystem::path folder = task.arguments.report_out.empty()
                                           ? file.parent_path()
                                           : std::filesystem::path(task.arguments.report_out);
  const OutputFiles files = output_files(run, folder, file.stem().string(),
                                         language_codes[static_cast<std::size_t>(task.screen.language)]);
  prepare(files);
  write_reports(Presentation(words, run), files, task.screen.language);
  say_reports(files, task.screen);
  return 0;
}

int registry_command(const Task& task) {
  if (task.arguments.odd) {
    task.screen.out << odd_tables(load_priors(read_source(task.home / parameters_file, parameters_file)),
                                  load_landscape(read_landscape(task.home)).figures);
  } else {
    task.screen.out << format_tables();
  }
  return 0;
}

}  // namespace tremplin::cli
