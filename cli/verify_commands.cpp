// verify FILE: simulates a part of a result again from the file's own inputs, chosen by lot, and compares
// every number; rerun FILE: makes the whole file again and compares the bytes.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <fstream>
#include <memory>
#include <ostream>
#include <random>

#include "cli/again.hpp"
#include "cli/commands.hpp"
#include "cli/interrupt.hpp"
#include "cli/own_simulation.hpp"
#include "cli/plain.hpp"
#include "cli/program.hpp"
#include "cli/progress.hpp"
#include "cli/simulation.hpp"
#include "cli/texts.hpp"
#include "outputs/atomic_file.hpp"
#include "outputs/recheck.hpp"
#include "outputs/sha256.hpp"
#include "outputs/store.hpp"

namespace tremplin::cli {
namespace {

namespace fs = std::filesystem;

// `n` of the numbers below `of`, by lot, rising.
std::vector<std::size_t> drawn(std::size_t n, std::size_t of, std::mt19937_64& lot) {
  std::vector<std::size_t> all(of);
  for (std::size_t i = 0; i < of; ++i) all[i] = i;
  std::vector<std::size_t> some;
  std::ranges::sample(all, std::back_inserter(some), static_cast<std::ptrdiff_t>(n), lot);
  return some;
}

struct Silent : Observer {
  void office_done(const Office& /*office*/) override {}
};

struct Checked {
  Recheck recheck;
  std::vector<std::size_t> replicates;
  std::vector<std::size_t> offices;
  bool parameters_equal = true;
};

class Verification {
 public:
  Verification(const Task& task, const Run& stored, const Again& again)
      : stored_(stored), again_(again), stop_(task.stop), options_(run_options(again.arguments())) {
    const RunOptions asked = run_options(task.arguments);
    options_.n_threads = asked.n_threads;
    std::mt19937_64 lot(task.arguments.seed.empty() ? std::random_device{}() : asked.plan.luck.seed);
    const std::size_t n_replicates = stored.n_replicates();
    checked_.replicates = drawn(std::min<std::size_t>(2, n_replicates), n_replicates, lot);
    const std::size_t n_offices = stored.offices.size();
    checked_.offices = whole_strata(stored, drawn(std::min<std::size_t>(5, n_offices), n_offices, lot));
  }

  Checked go() {
    if (stored_.own) {
      OwnSimulation simulation(again_.home(), again_.arguments(), options_);
      check([&](std::size_t r) { return simulation.one(static_cast<std::uint32_t>(r), silent_, stop_); });
    } else {
      Simulation simulation(again_.home(), again_.arguments(), options_);
      check([&](std::size_t r) {
        return simulation.part(static_cast<std::uint32_t>(r), checked_.offices, silent_, stop_);
      });
    }
    return checked_;
  }

 private:
  template <typename Simulate>
  void check(Simulate simulate) {
    for (const std::size_t r : checked_.replicates) {
      const PartOfRun part = simulate(r);
      if (part.results.empty()) return;
      checked_.parameters_equal = checked_.parameters_equal && part.parameters == stored_.parameters[r];
      compare_part(stored_, r, checked_.offices, part.results, checked_.recheck);
    }
  }

  const Run& stored_;
  const Again& again_;
  std::stop_token stop_;
  RunOptions options_;
  Silent silent_;
  Checked checked_;
};

void tell_version(const Run& stored, const Screen& screen) {
  if (stored.program_version != TREMPLIN_VERSION)
    screen.err << say(screen.language, Phrase::verify_other_version, stored.program_version, TREMPLIN_VERSION)
               << '\n';
}

nlohmann::ordered_json json_of(const Checked& checked, bool same) {
  return {{"same", same},
          {"numbers", checked.recheck.n_numbers},
          {"different", checked.recheck.n_different},
          {"replicates", checked.replicates},
          {"cpas", checked.offices.size()},
          {"parameters_same", checked.parameters_equal},
          {"first_differences", checked.recheck.different}};
}

std::string bytes_of(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

}  // namespace

int verify_command(const Task& task) {
  const Screen& screen = task.screen;
  const Run stored = read_run(task.arguments.file);  // which checks the seal of the whole file
  tell_version(stored, screen);
  const Again again(stored, task.arguments.file);
  const Checked checked = Verification(task, stored, again).go();
  if (task.stop.stop_requested()) {
    screen.err << say(screen.language, Phrase::verify_stopped) << '\n';
    return exit_interrupted;
  }
  const bool same = checked.parameters_equal && checked.recheck.n_different == 0;
  if (task.arguments.json) {
    print_json(screen.out, json_of(checked, same));
    return same ? exit_ok : exit_failed;
  }
  screen.out << say(screen.language, Phrase::verify_seal, task.arguments.file) << '\n'
             << say(screen.language, Phrase::verify_part, checked.recheck.n_numbers,
                    fmt::format("{}", fmt::join(checked.replicates, ", ")), checked.offices.size(),
                    stored.offices.size())
             << '\n';
  if (!checked.parameters_equal) screen.out << say(screen.language, Phrase::verify_parameters) << '\n';
  if (checked.recheck.n_different > 0)
    screen.out << say(screen.language, Phrase::verify_different, checked.recheck.n_different) << '\n';
  for (const std::string& line : checked.recheck.different) screen.out << "  " << line << '\n';
  if (same) screen.out << say(screen.language, Phrase::verify_same) << '\n';
  return same ? exit_ok : exit_failed;
}

int rerun_command(const Task& task) {
  const Screen& screen = task.screen;
  const fs::path file = task.arguments.file;
  const Run stored = read_run(file);
  tell_version(stored, screen);
  const Again again(stored, file);
  RunOptions options = run_options(again.arguments());
  const RunOptions asked = run_options(task.arguments);
  options.n_threads = asked.n_threads;
  options.n_replicates = static_cast<int>(stored.n_replicates());
  const fs::path to = asked.out / file.filename();
  std::error_code error;
  fs::create_directories(asked.out, error);  // writing tells what is wrong
  if (fs::equivalent(to, file, error)) {
    throw InputError(Fault{.kind = FaultKind::bad_option,
                           .source = "rerun",
                           .key = "--out",
                           .found = asked.out.string(),
                           .expected = "--out"});
  }
  check_writable(to);
  const auto simulation = [&]() -> std::unique_ptr<RunSource> {
    if (stored.own) return std::make_unique<OwnSimulation>(again.home(), again.arguments(), options);
    return std::make_unique<Simulation>(again.home(), again.arguments(), options);
  }();
  {
    Progress progress(screen.progress ? &screen.err : nullptr, screen.language, simulation->n_offices(),
                      options.n_replicates);
    simulation->go(progress, task.stop);
  }
  if (simulation->run().n_replicates() < stored.n_replicates()) {
    screen.err << say(screen.language, Phrase::verify_stopped) << '\n';
    return exit_interrupted;
  }
  // What the file says of itself stays what it was, not where its inputs lay this time.
  Run made = simulation->run();
  made.inputs = stored.inputs;
  made.command = stored.command;
  made.program_version = stored.program_version;
  made.interrupted = stored.interrupted;
  write_run(made, to);
  const bool same = sha256(bytes_of(to)) == sha256(bytes_of(file));
  screen.out << say(screen.language, same ? Phrase::rerun_same : Phrase::rerun_different, to.string())
             << '\n';
  return same ? exit_ok : exit_failed;
}

}  // namespace tremplin::cli
