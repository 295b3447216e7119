// inspect FILE, report FILE, registry: what a result file holds, and its report again.
#include <ostream>

#include "cli/commands.hpp"
#include "cli/plain.hpp"
#include "cli/presentation.hpp"
#include "outputs/digest.hpp"
#include "outputs/inspect.hpp"
#include "outputs/registries.hpp"
#include "outputs/store.hpp"

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

int report_command(const Task& task) {
  const Screen& screen = task.screen;
  const Words words = load_words(task.home);
  const Run run = read_run(task.arguments.file);
  const std::filesystem::path folder = task.arguments.out;
  const std::vector<std::filesystem::path> files = report_files(run, folder);
  prepare_output(folder, files);
  write_reports(Presentation(words, run), files, screen);
  return 0;
}

int registry_command(const Task& task) {
  task.screen.out << format_tables();
  return 0;
}

}  // namespace tremplin::cli
