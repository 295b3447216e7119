// uncertainty BASE REFORM…: where the spread of each difference comes from, by three runs of each replicate.
#include <tbb/task_arena.h>

#include <ostream>

#include "calibration/inference/keyed.hpp"
#include "cli/commands.hpp"
#include "cli/interrupt.hpp"
#include "cli/loading.hpp"
#include "cli/plain.hpp"
#include "cli/presentation.hpp"
#include "cli/program.hpp"
#include "cli/progress.hpp"
#include "cli/simulation.hpp"
#include "cli/texts.hpp"
#include "cli/uncertainty_lines.hpp"
#include "cli/words.hpp"
#include "outputs/atomic_file.hpp"
#include "outputs/compare.hpp"
#include "scenarios/landscape/resurvey.hpp"

namespace tremplin::cli {

namespace {

namespace fs = std::filesystem;

// The CPAS of one landscape, the survey's shares drawn anew, or a sample of them.
struct Drawn {
  World world;
  std::vector<double> weights;
};

Drawn draw_landscape(const Loaded& loaded, double sample, std::uint32_t number) {
  const Plan& plan = loaded.run.plan;
  const std::uint64_t seed = inference::derived_seed(loaded.run.seed, inference::Purpose::landscape, number);
  Drawn drawn;
  const World country =
      draw_world(resurveyed(loaded.landscape, {seed, 0}), seed, plan.burn_in_from, plan.report_until);
  drawn.world = sample_offices(country, sample, seed, drawn.weights);
  return drawn;
}

// The three runs of each replicate. Replicate r has the draws 2 r and 2 r + 1 of landscapes and parameters,
// and the luck 3 r, 3 r + 1 and 3 r + 2.
class Triples {
 public:
  Triples(const Loaded& loaded, const RunOptions& options, Observer& observer, const std::stop_token& stop)
      : loaded_(loaded),
        sample_(options.sample),
        threads_(arena_size(options.n_threads)),
        observer_(observer),
        stop_(stop) {
    for (const RulesTable& rules : loaded_.rules) tables_.push_back(&rules);
    const Run& run = loaded_.run;
    const Period whole{run.plan.report_from, run.plan.report_until};
    for (std::size_t s = 1; s < tables_.size(); ++s) {
      ReformSpread& reform = reforms_.emplace_back();
      reform.reform = s;
      reform.period = compared_period(run, 0, s, whole);
      reform.differences.resize(n_indicators);
    }
  }

  // False if stop was requested before the replicate was complete; it then counts for nothing.
  bool add(std::uint32_t replicate) {
    const std::uint32_t first = 2 * replicate;
    Drawn here = draw_landscape(loaded_, sample_, first);
    Drawn there = draw_landscape(loaded_, sample_, first + 1);
    const Parameters these = loaded_.parameters_of(first);
    const Parameters others = loaded_.parameters_of(first + 1);
    const std::uint32_t luck = 3 * replicate;
    const Differences a = differences(here, these, luck);
    const Differences b = a.empty() ? a : differences(there, these, luck + 1);
    const Differences c = b.empty() ? b : differences(here, others, luck + 2);
    if (c.empty()) return false;
    for (std::size_t s = 0; s < reforms_.size(); ++s)
      for (std::size_t i = 0; i < n_indicators; ++i)
        reforms_[s].differences[i].push_back({a[s][i], b[s][i], c[s][i]});
    return true;
  }

  [[nodiscard]] std::vector<ReformSpread> split() && {
    for (ReformSpread& reform : reforms_) reform.spreads = split_spread(reform.differences, loaded_.run.seed);
    return std::move(reforms_);
  }

 private:
  using Differences = std::vector<std::vector<double>>;  // [reform][indicator]; empty: stopped

  Differences differences(Drawn& drawn, const Parameters& parameters, std::uint32_t luck) {
    Plan plan = loaded_.run.plan;
    plan.luck.replicate = luck;
    drawn.world.environment.staff =
        staff_path(loaded_.landscape, parameters.staff_elasticity, plan.burn_in_from, plan.report_until);
    const std::vector<RunResult> results =
        threads_.execute([&] { return simulate(drawn.world, parameters, tables_, plan, observer_, stop_); });
    Differences found;
    for (std::size_t s = 1; s < results.size(); ++s) {
      const Period& period = reforms_[s - 1].period;
      const std::vector<double> base = indicator_values(results.front(), drawn.weights, period);
      std::vector<double>& difference =
          found.emplace_back(indicator_values(results[s], drawn.weights, period));
      for (std::size_t i = 0; i < n_indicators; ++i) difference[i] -= base[i];
    }
    return found;
  }

  const Loaded& loaded_;
  double sample_;
  tbb::task_arena threads_;
  Observer& observer_;
  std::stop_token stop_;
  std::vector<const RulesTable*> tables_;
  std::vector<ReformSpread> reforms_;
};

struct SplitFiles {
  fs::path table;
  fs::path result;
};

SplitFiles prepared_files(const Run& run, const fs::path& folder) {
  std::error_code error;
  fs::create_directories(folder, error);  // writing tells what is wrong
  const std::string stem = file_stem(run) + ".uncertainty";
  SplitFiles files{folder / (stem + ".csv"), folder / (stem + ".h5")};
  check_writable(files.table);
  check_writable(files.result);
  return files;
}

// Notes in the run if it was stopped.
std::vector<ReformSpread> simulate_split(const Task& task, const RunOptions& options, Loaded& loaded) {
  constexpr int runs_of_replicate = 3;
  const Screen& screen = task.screen;
  const std::size_t n_offices = draw_landscape(loaded, options.sample, 0).world.offices.size();
  Progress progress(screen.progress ? &screen.err : nullptr, screen.language, n_offices,
                    runs_of_replicate * options.n_replicates, Phrase::uncertainty_run_of);
  Triples triples(loaded, options, progress, task.stop);
  for (int r = 0; r < options.n_replicates && !loaded.run.interrupted; ++r)
    loaded.run.interrupted = !triples.add(static_cast<std::uint32_t>(r));
  return std::move(triples).split();
}

void print(const Task& task, const Run& run, const std::vector<ReformSpread>& reforms, const Labels& labels) {
  const Screen& screen = task.screen;
  nlohmann::ordered_json json = nlohmann::ordered_json::array();
  for (const ReformSpread& reform : reforms) {
    if (task.arguments.json) {
      json.push_back(uncertainty_json(run, reform, labels, screen.language));
    } else {
      screen.out << uncertainty_lines(run, reform, labels, screen.language) << '\n';
    }
  }
  if (task.arguments.json) print_json(screen.out, json);
}

}  // namespace

int uncertainty_command(const Task& task) {
  Arguments arguments = task.arguments;
  if (arguments.sample.empty()) arguments.sample = default_calibration_sample;
  if (arguments.replicates.empty()) arguments.replicates = std::to_string(default_split_replicates);
  const RunOptions options = run_options(arguments);
  const Screen& screen = task.screen;
  const Labels labels = read_labels(task.home);
  Loaded loaded = load_inputs(task.home, arguments, options, options.plan.report_until);
  const Run& run = loaded.run;
  if (!any_reform_reaches(run, screen)) return exit_input_error;
  const bool was_there = fs::exists(options.out);
  const SplitFiles files = prepared_files(run, options.out);
  const std::vector<ReformSpread> reforms = simulate_split(task, options, loaded);
  const std::size_t n_complete = reforms.front().n_replicates();
  if (n_complete < 2) {
    screen.err << say(screen.language, Phrase::uncertainty_stopped_empty) << '\n';
    std::error_code ignored;
    if (!was_there) fs::remove(options.out, ignored);
    return exit_interrupted;
  }
  write_uncertainty(run, reforms, files.result);
  write_file(files.table, uncertainty_csv(run, reforms));
  print(task, run, reforms, labels);
  screen.err << say(screen.language, Phrase::uncertainty_written, files.table.string(), files.result.string())
             << '\n';
  if (!run.interrupted) return 0;
  screen.err << say(screen.language, Phrase::stopped_with, n_complete, options.n_replicates) << '\n';
  return exit_interrupted;
}

}  // namespace tremplin::cli
