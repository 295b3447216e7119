// Writes draws of the main method on a known problem, for tests/benchmarks/c2st.py.
// Usage: posterior_samples PROBLEM OBSERVATION.csv BUDGET SEED OUT.csv
// The verdict and the diagnostics go to the standard error.
#include <chrono>
#include <fstream>
#include <iomanip>
#include <iostream>
#include <string>

#include "calibration/inference/emulated_posterior.hpp"
#include "tests/calibration/inference/known_problems.hpp"

namespace tremplin::inference {
namespace {

int write_draws(char** argument) {
  try {
    const auto begin = std::chrono::steady_clock::now();
    const Vector observed = read_csv(argument[2]).row(0).transpose();
    EmulatedPosteriorOptions options;
    options.budget = std::stoll(argument[3]);
    options.seed = std::stoull(argument[4]);
    const Posterior posterior = emulated_posterior(known_problem(argument[1], observed), options);
    std::ofstream out(argument[5]);
    out << std::setprecision(10);
    for (Index i = 0; i < posterior.parameters.rows(); ++i)
      for (Index j = 0; j < posterior.parameters.cols(); ++j)
        out << posterior.parameters(i, j) << (j + 1 < posterior.parameters.cols() ? ',' : '\n');
    std::cerr << (posterior.trusted() ? "trusted" : "doubtful") << ", " << posterior.n_simulations
              << " simulations, "
              << std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count() << " s\n";
    for (const auto& doubt : posterior.doubts) std::cerr << "  doubt: " << doubt << '\n';
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
  if (n == 6) return tremplin::inference::write_draws(argument);
  std::cerr << "posterior_samples PROBLEM OBSERVATION.csv BUDGET SEED OUT.csv\n";
  return 2;
}
