// infer: the parameters of a simulator that is a program of the user's own, from the data of a problem file.
// The posterior goes to a file that ArviZ reads, every run to a journal from which an interrupted search goes
// on.
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <fstream>
#include <functional>
#include <map>
#include <optional>
#include <ostream>
#include <span>
#include <sstream>
#include <system_error>

#include "calibration/inference/journal.hpp"
#include "calibration/outside/problem_file.hpp"
#include "cli/commands.hpp"
#include "cli/infer_lines.hpp"
#include "cli/interrupt.hpp"
#include "cli/journal_check.hpp"
#include "cli/plain.hpp"
#include "cli/progress.hpp"
#include "cli/simulation.hpp"
#include "cli/texts.hpp"
#include "outputs/atomic_file.hpp"
#include "outputs/collect.hpp"
#include "outputs/inference_data.hpp"
#include "outputs/sha256.hpp"
#include "scenarios/library.hpp"
#include "scenarios/yaml/faults.hpp"

namespace tremplin::cli {
namespace {

namespace fs = std::filesystem;
using inference::Index;
using inference::InferOptions;
using outside::OutsideProblem;
using outside::OutsideRun;
using outside::RunFault;

constexpr std::size_t tried_first = 20;              // runs; if none is answered the search is not begun
constexpr std::uintmax_t largest_program = 1 << 24;  // bytes of a file that counts as the program's text
constexpr std::size_t largest_kept_problem = 60'000;

InferOptions infer_options(const Task& task, const OutsideProblem& problem) {
  const RunOptions run = run_options(task.arguments);
  InferOptions options;
  options.budget = run.budget;
  options.seed = run.plan.luck.seed;
  const auto& names = inference::method_names;
  Faults faults;
  if (const std::string& method = task.arguments.method; !method.empty()) {
    const auto found = std::ranges::find(names, method);
    if (found == names.end()) {
      faults.add({.kind = FaultKind::bad_option,
                  .source = "--method",
                  .key = "--method",
                  .found = method,
                  .expected = fmt::format("{}", fmt::join(names, " | ")),
                  .nearest = nearest_name(method, names)});
    } else {
      options.method = static_cast<inference::Method>(found - names.begin());
    }
  }
  const Index least = least_budget(options.method, problem.prior.n_scores());
  if (options.budget < least)
    faults.add({.kind = FaultKind::bad_option,
                .source = "--budget",
                .key = "--budget",
                .found = std::to_string(options.budget),
                .expected = fmt::format(">= {}", least)});
  faults.throw_if_any();
  return options;
}

// The files among the program's words: a script is as much a part of the problem as its description.
std::string texts_of_program(const outside::OutsideProgram& program) {
  std::string texts;
  for (const std::string& word : program.command) {
    const fs::path path = program.folder / word;
    std::error_code error;
    if (!fs::is_regular_file(path, error) || fs::file_size(path, error) > largest_program) continue;
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    texts += sha256(text.str());
  }
  return texts;
}

// All that runs depend on besides parameters and seeds, and the search that asks for them.
std::string key_of(const SourceText& source, const OutsideProblem& problem, const InferOptions& options) {
  return sha256(source.text + texts_of_program(problem.program) +
                fmt::format(" {} {}", options.seed, static_cast<int>(options.method)));
}

class Runs {
 public:
  Runs(const OutsideProblem& problem, const SourceText& source, int n_workers, const std::stop_token& stop)
      : problem_(problem), source_(source), stop_(stop) {
    try {
      workers_.emplace(problem.program, problem.prior.names(), static_cast<Index>(problem.summaries.size()),
                       n_workers);
    } catch (const std::system_error& error) {
      throw InputError(Fault{.kind = FaultKind::unreadable,
                             .source = source.name,
                             .line = problem.program_line,
                             .key = "program.command",
                             .found = problem.program.command.front() + ": " + error.code().message()});
    }
  }

  bool operator()(const inference::Matrix& parameters, std::uint64_t seed, const std::vector<Index>& rows,
                  const inference::RunEnded& ended) {
    std::size_t n_answered = 0;
    std::string reason;
    const auto done = [&](Index row, const OutsideRun& run) {
      const bool failed = run.fault != RunFault::none;
      if (!failed || run.fault == RunFault::reported || run.fault == RunFault::not_finite) ++n_answered;
      std::string why;
      if (failed) why = std::string(name_of(run.fault)) + " " + run.reason;
      if (failed && reason.empty()) reason = why;
      ended(row, run.summaries, why);
    };
    // The same runs are tried first whatever the number of workers.
    const std::size_t n_first = first_ ? std::min(tried_first, rows.size()) : 0;
    const auto part = [&](std::size_t from, std::size_t until) {
      const std::vector<Index> some(rows.begin() + static_cast<std::ptrdiff_t>(from),
                                    rows.begin() + static_cast<std::ptrdiff_t>(until));
      return workers_->run(parameters, seed, some, done, stop_);
    };
    first_ = false;
    if (!part(0, n_first)) return false;
    if (n_first == tried_first && n_answered == 0) refuse(reason);
    return part(n_first, rows.size());
  }

  [[nodiscard]] Index n_restarts() const { return workers_->n_restarts(); }
  // Whether no run was answered of those that were tried first.
  [[nodiscard]] bool refused() const { return refused_; }

 private:
  [[noreturn]] void refuse(const std::string& reason) {
    refused_ = true;
    throw InputError(Fault{.kind = FaultKind::wrong_type,
                           .source = source_.name,
                           .line = problem_.program_line,
                           .key = "program",
                           .found = reason,
                           .expected = fmt::format("0 {}", fmt::join(problem_.summary_names(), " "))});
  }

  const OutsideProblem& problem_;
  const SourceText& source_;
  std::stop_token stop_;
  std::optional<outside::OutsideWorkers> workers_;
  bool first_ = true;
  bool refused_ = false;
};

std::map<RunFault, FailedRuns> failures_of(const inference::Journal& journal) {
  std::map<RunFault, FailedRuns> failures;
  for (const auto& [why, n] : journal.reasons()) {
    const std::size_t end = std::min(why.find(' '), why.size());
    for (const RunFault fault : {RunFault::reported, RunFault::not_finite, RunFault::wrong_columns,
                                 RunFault::garbled, RunFault::crashed, RunFault::timed_out}) {
      if (name_of(fault) != std::string_view(why).substr(0, end)) continue;
      FailedRuns& runs = failures[fault];
      runs.n += n;
      if (runs.example.empty()) runs.example = why.substr(std::min(end + 1, why.size()));
    }
  }
  return failures;
}

InferenceData stored(const InferenceFound& found, const OutsideProblem& problem, const SourceText& source,
                     const InferOptions& options) {
  const inference::Inferred& inferred = found.inferred;
  InferenceData data;
  data.parameters = found.parameters;
  data.posterior = inferred.posterior.parameters;
  data.prior = inferred.prior;
  data.log_weights = inferred.posterior.log_weights;
  const auto n = static_cast<Index>(problem.summaries.size());
  data.observed.resize(n);
  data.standard_error.resize(n);
  for (Index i = 0; i < n; ++i) {
    const outside::ObservedSummary& summary = problem.summaries[static_cast<std::size_t>(i)];
    data.figures.push_back(summary.name);
    data.roles.emplace_back(summary.is_fitted ? "fit" : "validation");
    data.observed[i] = summary.value;
    data.standard_error[i] = summary.standard_error;
  }
  data.learnt = inferred.learnt;
  data.fits = inferred.fits;
  data.profiles = inferred.profiles;
  for (const auto& [name, value] : inferred.posterior.diagnostics) data.diagnostics[name] = value;
  data.diagnostics["n_simulations"] = static_cast<double>(inferred.n_simulations);
  data.diagnostics["n_failed"] = static_cast<double>(inferred.n_failed);
  for (const auto& [fault, runs] : found.failures)
    data.diagnostics["n_failed_" + std::string(name_of(fault))] = static_cast<double>(runs.n);
  data.doubts = texts_of(inferred.posterior.doubts, &inference::Doubt::text);
  data.origin = {{"command", fmt::format("./tremplin infer {} --method {} --budget {} --seed {}", source.name,
                                         inference::method_names.at(static_cast<std::size_t>(options.method)),
                                         options.budget, options.seed)},
                 {"program_version", TREMPLIN_VERSION},
                 {"problem_sha256", sha256(source.text)}};
  if (source.text.size() < largest_kept_problem) data.origin["problem"] = source.text;
  return data;
}

}  // namespace

int infer_command(const Task& task) {
  const Arguments& arguments = task.arguments;
  const Screen& screen = task.screen;
  const fs::path file = arguments.file;
  const SourceText source = read_source(file, arguments.file);
  const OutsideProblem problem = outside::load_problem(source, fs::absolute(file).parent_path());
  const InferOptions options = infer_options(task, problem);
  const fs::path result = arguments.posterior.empty() ? fs::path("results") / (file.stem().string() + ".h5")
                                                      : fs::path(arguments.posterior);
  fs::path kept = result;
  kept.replace_extension(".runs.csv");
  check_journal("infer", kept, arguments.resume);
  const int n_workers = arena_size(run_options(arguments).n_threads);
  Runs runs(problem, source, n_workers, task.stop);
  std::error_code error;
  if (result.has_parent_path())
    fs::create_directories(result.parent_path(), error);  // writing tells what is wrong
  check_writable(result);
  inference::Journal journal(kept, key_of(source, problem, options), problem.summary_names(), nullptr, true);
  const std::uintmax_t size_before = journal.n_read() > 0 ? fs::file_size(kept) : 0;
  if (arguments.resume)
    screen.err << say(screen.language, Phrase::calibrate_goes_on, journal.n_read()) << '\n';

  Progress progress(screen.progress ? &screen.err : nullptr, screen.language, 1,
                    static_cast<int>(options.budget), Phrase::infer_simulation_of);
  const auto told = [&progress, n = Index{0}](Index asked) mutable {
    for (; n < asked; ++n) progress.office_done({});
  };
  tbb::task_arena threads(n_workers);
  try {
    InferenceFound found;
    found.title = problem.title.empty() ? arguments.file : problem.title;
    found.method = options.method;
    found.parameters = problem.prior.names();
    const inference::Problem core{problem.prior, journal.remembering_many(std::ref(runs), told),
                                  problem.observation};
    found.inferred = threads.execute([&] { return infer(core, options); });
    found.failures = failures_of(journal);
    found.n_restarts = runs.n_restarts();
    progress.clear();
    write_inference_data(stored(found, problem, source, options), result);
    if (arguments.json) {
      print_json(screen.out, inference_json(found));
    } else {
      screen.out << inference_lines(found, screen.language);
    }
    screen.err << say(screen.language, Phrase::infer_written, result.string(), kept.string()) << '\n';
    return 0;
  } catch (const InputError&) {
    progress.clear();
    // Runs that taught nothing leave no line; earlier ones stay.
    if (runs.refused() && size_before > 0) fs::resize_file(kept, size_before, error);
    if (runs.refused() && size_before == 0) fs::remove(kept, error);
    throw;
  } catch (const inference::Stopped&) {
    progress.clear();
    screen.err << say(screen.language, Phrase::calibrate_stopped, journal.n_done(), kept.string()) << '\n';
    return exit_interrupted;
  }
}

}  // namespace tremplin::cli
