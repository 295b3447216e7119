// Problems whose posterior is known: three of the sbibm benchmark (Lueckmann et al. 2021; observations and
// reference draws in tests/reference/sbibm, simulators written here from their definitions), and conjugate
// cases.
#pragma once

#include <string>

#include "calibration/inference/problem.hpp"

namespace tremplin::inference {

// sir_shares: the simulator gives I(t)/N and the data are binomial(1000); sir_counts: it gives the ten counts
// and their noise is unknown to the method. observed: the ten numbers of the benchmark.
Problem sir_shares(const Vector& observed);
Problem sir_counts(const Vector& observed);
// theta ~ Normal(0, 0.1 I) in ten dimensions (variance), x ~ Normal(theta, 0.1 I), noise unknown to the
// method.
Problem gaussian_linear(const Vector& observed);
Problem two_moons(const Vector& observed);
// By name: sir_shares, sir_counts, gaussian_linear, two_moons (std::invalid_argument otherwise).
Problem known_problem(const std::string& name, const Vector& observed);

// Rows of a CSV file with one heading line (std::runtime_error if it cannot be read).
Matrix read_csv(const std::string& path);

}  // namespace tremplin::inference
