// Simulation-based calibration: of exact samplers, whole and spoilt; of the main method on conjugate cases
// and on a small version of the model. Usage: rank_check exact|normal_mean|beta_binomial|linear_pair|engine
// [REPEATS] [RUNS] [FOLDER] RUNS are those of one posterior. Prints a line for each quantity; with a folder,
// writes the ranks and their bands there as CSV.
#include <fmt/format.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <string>

#include "tests/calibration/inference/conjugate_cases.hpp"
#include "tests/calibration/inference/small_model.hpp"

namespace tremplin::inference {
namespace {

constexpr std::uint64_t seed = 20'15;

struct Report {
  Index n_repeats;
  Index n_runs;                  // of one posterior
  std::filesystem::path folder;  // empty: nothing is written
};

void print(const std::string& name, const RankCheck& check, Ranked which) {
  for (const RankVerdict& v : verdicts(check, which)) {
    const auto share = [&](Index count) { return static_cast<double>(count) / static_cast<double>(v.n); };
    const auto cover = [&](const Cover& c) {
      return fmt::format("{:.3f} ({:.3f} to {:.3f}{})", share(c.covered), share(c.range.low),
                         share(c.range.high), c.holds() ? "" : ", OUT");
    };
    std::cout << fmt::format(
        "{} | {} | {} | {} | 90 %: {} | 50 %: {} | p {:.4f}{} | shift {:+.3f} | spread {:.3f} | "
        "contraction {:.2f}\n",
        name, which == Ranked::all ? "all" : "trusted", v.name, v.n, cover(v.nine_tenths), cover(v.half), v.p,
        v.p < 0.05 ? " LEAVES THE BAND" : "", v.shift, v.spread, v.contraction);
  }
}

void print_counts(const std::string& name, const RankCheck& check, double seconds) {
  using Outcome = RankRepeat::Outcome;
  std::cout << fmt::format("{}: {} repeats: {} trusted, {} doubtful, {} failed, {} without data; {:.0f} s\n",
                           name, check.repeats.size(), check.count(Outcome::trusted),
                           check.count(Outcome::doubtful), check.count(Outcome::failed),
                           check.count(Outcome::no_data), seconds);
  std::map<std::string, int> reasons;
  for (const RankRepeat& repeat : check.repeats) {
    for (const Doubt& doubt : repeat.doubts) ++reasons[doubt.text()];
    if (!repeat.failure.empty()) ++reasons["failed: " + repeat.failure];
  }
  for (const auto& [reason, n] : reasons) std::cout << fmt::format("  {} times: {}\n", n, reason);
}

void go(const Report& report, const std::string& name, const CaseMaker& cases, const PosteriorMethod& method,
        const RankedQuantities& quantities) {
  const auto begin = std::chrono::steady_clock::now();
  const RankCheck check =
      check_ranks(cases, method, quantities, {.n_repeats = report.n_repeats, .n_draws = 99, .seed = seed});
  print_counts(name, check, std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count());
  print(name, check, Ranked::all);
  if (check.count(RankRepeat::Outcome::doubtful) > 0) print(name, check, Ranked::trusted);
  std::cout << std::flush;
  if (report.folder.empty()) return;
  std::filesystem::create_directories(report.folder);
  std::ofstream(report.folder / (name + ".ranks.csv")) << ranks_csv(check);
  std::ofstream(report.folder / (name + ".bands.csv")) << bands_csv(check);
}

void exact(const Report& report) {
  for (const ConjugateCase& c : conjugate_cases()) {
    const auto with = [&](const std::string& how, double spread, double shift) {
      go(report, c.name + how, cases_of(c.problem, seed), distorted(c.exact, spread, shift), c.quantities);
    };
    with(" exact", 1, 0);
    with(" too narrow", 0.85, 0);
    with(" too wide", 1.15, 0);
    with(" shifted", 1, 0.2);
  }
}

void engine(const Report& report) {
  const Problem problem = test::small_model();
  const Simulations bank = simulate(problem, prior_scores(1500, problem.prior.n_scores(), seed), seed);
  std::cout << fmt::format("a bank of {} runs, {} failed\n", bank.size(), bank.n_failed());
  go(report, fmt::format("engine {} runs", report.n_runs), cases_of_bank(problem.observation, bank, seed),
     main_method_on_bank(problem, bank, report.n_runs, cheap_options(report.n_runs, 200, 200)),
     parameters_themselves(problem.prior));
}

void conjugate(const Report& report, const ConjugateCase& c) {
  go(report, fmt::format("{} {} runs", c.name, report.n_runs), cases_of(c.problem, seed),
     main_method(c.problem, cheap_options(report.n_runs, 200, 200)), c.quantities);
}

// False if nothing is called so.
bool start(const std::string& what, const Report& report) {
  bool known = true;
  if (what == "exact") {
    exact(report);
  } else if (what == "engine") {
    engine(report);
  } else {
    known = false;
    for (const ConjugateCase& c : conjugate_cases()) {
      if (c.name != what) continue;
      conjugate(report, c);
      known = true;
    }
  }
  return known;
}

}  // namespace
}  // namespace tremplin::inference

int main(int n, char** argument) {
  const auto number = [&](int i, int otherwise) { return n > i ? std::stoi(argument[i]) : otherwise; };
  if (n > 1) {
    const tremplin::inference::Report report{number(2, 500), number(3, 250), n > 4 ? argument[4] : ""};
    if (tremplin::inference::start(argument[1], report)) return 0;
  }
  std::cerr << "rank_check exact|normal_mean|beta_binomial|linear_pair|engine [REPEATS] [RUNS] [FOLDER]\n";
  return 2;
}
