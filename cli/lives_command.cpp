// lives BASE [REFORM] --out FILE.h5: the simulated lives as a table of people and months.
#include <tbb/task_arena.h>

#include <ostream>

#include "cli/commands.hpp"
#include "cli/interrupt.hpp"
#include "cli/loading.hpp"
#include "cli/progress.hpp"
#include "cli/texts.hpp"
#include "cli/words.hpp"
#include "engine/base/errors.hpp"
#include "outputs/atomic_file.hpp"
#include "outputs/caveats.hpp"
#include "outputs/panel.hpp"

namespace tremplin::cli {

int lives_command(const Task& task) {
  const Arguments& arguments = task.arguments;
  const Screen& screen = task.screen;
  const RunOptions options = run_options(arguments);
  if (arguments.panel.empty()) {
    throw InputError(Fault{.kind = FaultKind::missing_key, .source = "lives", .key = "--out"});
  }
  if (arguments.reforms.size() > 1) {
    throw InputError(
        Fault{.kind = FaultKind::unknown_name, .source = "lives", .found = arguments.reforms[1]});
  }
  check_writable(arguments.panel);
  Loaded loaded = load_inputs(task.home, arguments, options, options.plan.report_until);
  Run& run = loaded.run;
  const Plan& plan = run.plan;
  const World country = draw_world(loaded.landscape, run.seed, plan.burn_in_from, plan.report_until);
  World world = sample_offices(country, options.sample, run.seed, run.stratum_weights);
  const Parameters parameters = loaded.parameters_of(plan.luck.replicate);
  world.environment.staff =
      staff_path(loaded.landscape, parameters.staff_elasticity, plan.burn_in_from, plan.report_until);
  Progress progress(screen.progress ? &screen.err : nullptr, screen.language, world.offices.size(), 1);
  tbb::task_arena threads;
  const std::vector<OfficePanel> panels = threads.execute(
      [&] { return simulate_panel(world, parameters, loaded.rules.back(), plan, progress, task.stop); });
  progress.clear();
  if (panels.empty()) {
    screen.err << say(screen.language, Phrase::stopped_empty) << '\n';
    return exit_interrupted;
  }
  run.offices = world.offices;
  for (const std::string& caveat : caveats(run, read_labels(task.home), screen.language))
    screen.err << caveat << '\n';
  const std::size_t n_people = write_panel(run, panels, options.most_people, arguments.panel);
  screen.err << say(screen.language, Phrase::lives_written, arguments.panel, n_people,
                    plan.report_until - plan.report_from)
             << '\n';
  return 0;
}

}  // namespace tremplin::cli
