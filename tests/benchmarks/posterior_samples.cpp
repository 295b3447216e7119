// Writes draws of a method on a known problem, for tests/benchmarks/c2st.py.
// Usage: posterior_samples PROBLEM OBSERVATION.csv BUDGET SEED OUT.csv emulated|abc
// The verdict and the diagnostics go to the standard error.
#include <chrono>
#include <fstream>
#include <iomanip>
#include <iostream>
#include <string>

#include "calibration/inference/abc_smc.hpp"
#include "calibration/inference/emulated_posterior.hpp"
#include "tests/calibration/inference/known_problems.hpp"

namespace tremplin::inference {
namespace {

Posterior posterior_by(const std::string& method, const Problem& problem, Index budget, std::uint64_t seed) {
  if (method == "abc") {
    AbcOptions options;
    options.budget = budget;
    options.seed = seed;
    return abc_smc(problem, options);
  }
  EmulatedPosteriorOptions options;
  options.budget = budget;
  options.seed = seed;
  return emulated_posterior(problem, options);
}

int write_draws(char** argument) {
  try {
    const auto begin = std::chrono::steady_clock::now();
    const Vector observed = read_csv(argument[2]).row(0).transpose();
    const Posterior posterior = posterior_by(argument[6], known_problem(argument[1], observed),
                                             std::stoll(argument[3]), std::stoull(argument[4]));
    std::ofstream out(argument[5]);
    out << std::setprecision(10);
    for (Index i = 0; i < posterior.parameters.rows(); ++i)
      for (Index j = 0; j < posterior.parameters.cols(); ++j)
        out << posterior.parameters(i, j) << (j + 1 < posterior.parameters.cols() ? ',' : '\n');
    std::cerr << (posterior.trusted() ? "trusted" : "doubtful") << ", " << posterior.n_simulations
              << " simulations, "
              << std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count() << " s\n";
    for (const auto& doubt : posterior.doubts) std::cerr << "  doubt: " << doubt.text() << '\n';
    for (const auto& d : posterior.diagnostics) std::cerr << "  " << d.name << ' ' << d.value << '\n';
    return 0;
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 1;
  }
}

}  // namespace
}  // namespace tremplin::inference

int main(int n, char** argument) {
  if (n == 7) return tremplin::inference::write_draws(argument);
  std::cerr << "posterior_samples PROBLEM OBSERVATION.csv BUDGET SEED OUT.csv emulated|abc\n";
  return 2;
}
