// calibrate: the parameters that the published figures know something of, with what they leave open; the
// posterior goes to a file that ArviZ reads, every run to a journal from which an interrupted search goes on.
#include <fmt/format.h>
#include <tbb/task_arena.h>

#include <ostream>

#include "calibration/model/calibrate.hpp"
#include "calibration/model/fitted_posterior.hpp"
#include "cli/calibrate_lines.hpp"
#include "cli/commands.hpp"
#include "cli/interrupt.hpp"
#include "cli/journal_check.hpp"
#include "cli/loading.hpp"
#include "cli/plain.hpp"
#include "cli/progress.hpp"
#include "cli/simulation.hpp"
#include "cli/texts.hpp"
#include "cli/words.hpp"
#include "outputs/atomic_file.hpp"
#include "outputs/calibration_report.hpp"
#include "outputs/collect.hpp"
#include "outputs/inference_data.hpp"
#include "outputs/sha256.hpp"
#include "scenarios/library.hpp"

namespace tremplin::cli {
namespace {

namespace fs = std::filesystem;

constexpr Month fitted_until{2016, 1};  // later stocks are kept for validation by runs of another kind

struct Silent : Observer {
  void office_done(const Office& /*office*/) override {}
};

// All that a run depends on besides parameters and seed.
std::string problem_of(const Run& run, const std::string& targets) {
  std::string all = run.program_version + sha256(targets);
  for (const InputText& input : run.inputs) all += input.name + input.sha256;
  all += fmt::format("{} {} {}", run.sample, to_string(run.plan.report_until), run.seed);
  return sha256(all);
}

InferenceData stored(const Calibration& found, const ModelExperiment& experiment, const Run& run) {
  InferenceData data;
  for (const std::size_t place : found.inferred)
    data.parameters.emplace_back(experiment.priors.name_of(place));
  data.posterior = found.posterior.parameters;
  data.prior = found.prior;
  data.log_weights = found.posterior.log_weights;
  data.observed.resize(static_cast<inference::Index>(experiment.targets.size()));
  data.standard_error = data.observed;
  for (std::size_t t = 0; t < experiment.targets.size(); ++t) {
    const Target& target = experiment.targets[t];
    data.figures.push_back(target.id);
    data.roles.emplace_back(target.role == TargetRole::fit ? "fit" : "validation");
    data.observed[static_cast<inference::Index>(t)] = target.value;
    data.standard_error[static_cast<inference::Index>(t)] = target.se;
  }
  data.predictive = found.figures;
  for (const inference::Index row : found.rows_checked)
    data.predictive_draws.push_back(static_cast<std::int32_t>(row));
  data.learnt.resize(static_cast<inference::Index>(found.inferred.size()));
  for (std::size_t j = 0; j < found.inferred.size(); ++j)
    data.learnt[static_cast<inference::Index>(j)] = contraction(found, j);
  const auto& [first, total, variance] = found.sensitivity;
  data.sensitivity = {{"first", first.value}, {"first_low", first.low}, {"first_high", first.high},
                      {"total", total.value}, {"total_low", total.low}, {"total_high", total.high}};
  for (const auto& [name, value] : found.posterior.diagnostics) data.diagnostics[name] = value;
  data.diagnostics["n_simulations"] = static_cast<double>(found.posterior.n_simulations);
  data.diagnostics["n_failed"] = static_cast<double>(found.posterior.n_failed);
  data.doubts = texts_of(found.posterior.doubts, &inference::Doubt::text);
  data.origin = {{"command", run.command}, {"program_version", run.program_version}};
  for (const InputText& input : run.inputs)
    if (input.name == parameters_file) data.origin["parameters_sha256"] = input.sha256;
  return data;
}

std::vector<std::vector<double>> rows_of(const inference::Matrix& draws) {
  std::vector<std::vector<double>> rows;
  for (const auto& row : draws.rowwise()) rows.emplace_back(row.begin(), row.end());
  return rows;
}

// Each figure beside the runs at draws of the posterior.
std::string fit_text(const Calibration& found, const ModelExperiment& experiment) {
  std::string text = "figure,role,published,standard_error,simulated,spread,low,high,inside\n";
  for (std::size_t t = 0; t < experiment.targets.size(); ++t) {
    const Target& target = experiment.targets[t];
    const TargetCheck& check = found.checks[t];
    text += fmt::format("{},{},{:.9g},{:.9g},{:.9g},{:.9g},{:.9g},{:.9g},{}\n", target.id,
                        target.role == TargetRole::fit ? "fit" : "validation", target.value, target.se,
                        check.mean, check.sd, check.low, check.high, check.inside ? "yes" : "no");
  }
  return text;
}

}  // namespace

int calibrate_command(const Task& task) {
  Arguments arguments = task.arguments;
  if (arguments.base.empty()) arguments.base = default_own_base;
  if (arguments.sample.empty()) arguments.sample = default_calibration_sample;
  RunOptions options = run_options(arguments);
  options.prior = true;
  options.plan.report_until = fitted_until;
  const Screen& screen = task.screen;
  const Labels labels = read_labels(task.home);
  const SourceText targets = read_source(task.home / targets_file, targets_file);
  const Loaded loaded = load_inputs(task.home, arguments, options, fitted_until);
  const ModelExperiment experiment{loaded.landscape, loaded.rules.front(),
                                   loaded.priors,    targets_covered(load_targets(targets), options.plan),
                                   options.plan,     options.sample};
  std::error_code error;
  fs::create_directories(options.out, error);  // writing tells what is wrong
  const fs::path result = options.out / "posterior.h5";
  const fs::path page = options.out / "posterior.html";
  const fs::path kept = options.out / "posterior.runs.csv";
  const bool first = task.team == nullptr || task.team->rank() == 0;
  if (first) {
    check_writable(result);
    check_journal("calibrate", kept, arguments.resume);
  }
  std::vector<std::string> figures;
  for (const Target& target : experiment.targets) figures.push_back(target.id);
  inference::Journal journal(kept, problem_of(loaded.run, targets.text), figures, task.team);
  if (arguments.resume && first)
    screen.err << say(screen.language, Phrase::calibrate_goes_on, journal.n_read()) << '\n';

  CalibrationOptions of;
  of.budget = options.budget;
  of.n_checks = options.n_checks;
  of.seed = options.plan.luck.seed;
  Silent silent;
  Progress progress(screen.progress && first ? &screen.err : nullptr, screen.language, 1,
                    options.budget + options.n_checks);
  tbb::task_arena threads(arena_size(options.n_threads));
  const ModelRun run = [&](std::span<const std::size_t> chosen, std::span<const double> row,
                           std::uint64_t seed, double sample) {
    ModelExperiment one = experiment;
    one.sample = sample;
    return threads.execute([&] { return simulate_targets(one, chosen, row, seed, silent, task.stop); });
  };
  const auto told = [&progress, n = inference::Index{0}](inference::Index asked) mutable {
    for (; n < asked; ++n) progress.office_done({});
  };
  try {
    const Calibration found = threads.execute([&] { return calibrate(experiment, of, journal, run, told); });
    progress.clear();
    if (!first) return 0;  // of a team one speaks
    const InferenceData data = stored(found, experiment, loaded.run);
    write_inference_data(data, result);
    write_file(options.out / "posterior.draws.csv", fitted_text(data.parameters, rows_of(data.posterior)));
    write_file(options.out / "posterior.fit.csv", fit_text(found, experiment));
    write_file(page, calibration_report(data, experiment.targets, labels, screen.language));
    if (arguments.json) {
      print_json(screen.out, calibration_json(found, experiment));
    } else {
      screen.out << calibration_lines(found, experiment, screen.language);
    }
    screen.err << say(screen.language, Phrase::calibrate_written, result.string(), page.string(),
                      kept.string())
               << '\n';
    return 0;
  } catch (const inference::Stopped&) {
    progress.clear();
    if (!first) return exit_interrupted;
    screen.err << say(screen.language, Phrase::calibrate_stopped, journal.n_done(), kept.string()) << '\n';
    return exit_interrupted;
  }
}

}  // namespace tremplin::cli
