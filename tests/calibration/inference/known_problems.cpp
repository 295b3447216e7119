#include "known_problems.hpp"

#include <array>
#include <boost/random/binomial_distribution.hpp>
#include <cmath>
#include <fstream>
#include <numbers>
#include <sstream>
#include <stdexcept>
#include <utility>

#include "calibration/inference/keyed.hpp"

namespace tremplin::inference {

namespace {
constexpr double population = 1e6;
constexpr int days_between = 17;
constexpr Index n_counts = 10;

// I(t) / N at t = 0, 17, … 153 by classical Runge-Kutta steps of a tenth of a day.
Row infected_shares(double beta, double gamma) {
  using State = std::array<double, 2>;  // S / N, I / N
  const auto slope = [&](const State& s) {
    const double infections = beta * s[0] * s[1];
    return State{-infections, infections - gamma * s[1]};
  };
  const auto moved = [](const State& s, const State& by, double h) {
    return State{s[0] + h * by[0], s[1] + h * by[1]};
  };
  constexpr double h = 0.1;
  State s{1 - 1 / population, 1 / population};
  Row shares(n_counts);
  for (Index k = 0; k < n_counts; ++k) {
    shares[k] = s[1];
    for (int step = 0; step < days_between * 10; ++step) {
      const State a = slope(s);
      const State b = slope(moved(s, a, h / 2));
      const State c = slope(moved(s, b, h / 2));
      const State d = slope(moved(s, c, h));
      for (std::size_t i = 0; i < 2; ++i) s[i] += h / 6 * (a[i] + 2 * b[i] + 2 * c[i] + d[i]);
    }
  }
  return shares;
}

Prior sir_prior() { return independent({{"beta", Lognormal{0.4, 0.5}}, {"gamma", Lognormal{0.125, 0.2}}}); }

Matrix shares_of(const Matrix& parameters, std::uint64_t) {
  Matrix shares(parameters.rows(), n_counts);
  for (Index i = 0; i < parameters.rows(); ++i)
    shares.row(i) = infected_shares(parameters(i, 0), parameters(i, 1));
  return shares;
}

Term simulator_noise(const Vector& observed) {
  SimulatorNoise noise{{}, observed};
  for (Index j = 0; j < observed.size(); ++j) noise.columns.push_back(j);
  return {"x", std::move(noise)};
}
}  // namespace

Problem sir_shares(const Vector& observed) {
  Observation data;
  for (Index j = 0; j < n_counts; ++j)
    data.terms.push_back({"day_" + std::to_string(days_between * j), BinomialData{j, observed[j], 1000}});
  return {sir_prior(), shares_of, std::move(data)};
}

Problem sir_counts(const Vector& observed) {
  const auto counts = [](const Matrix& parameters, std::uint64_t seed) {
    Matrix x = shares_of(parameters, seed);
    for (Index i = 0; i < x.rows(); ++i) {
      Keyed draws(seed, Purpose::simulator, static_cast<std::uint64_t>(i));
      for (double& share : x.row(i)) share = boost::random::binomial_distribution<int>(1000, share)(draws);
    }
    return x;
  };
  return {sir_prior(), counts, {{simulator_noise(observed)}}};
}

Problem gaussian_linear(const Vector& observed) {
  std::vector<Marginal> marginals;
  for (Index j = 0; j < observed.size(); ++j)
    marginals.push_back({"theta_" + std::to_string(j + 1), Normal{0, std::sqrt(0.1)}});
  const auto simulator = [](const Matrix& parameters, std::uint64_t seed) {
    Matrix x = parameters;
    for (Index i = 0; i < x.rows(); ++i) {
      Keyed draws(seed, Purpose::simulator, static_cast<std::uint64_t>(i));
      for (double& value : x.row(i)) value += std::sqrt(0.1) * draws.normal();
    }
    return x;
  };
  return {independent(std::move(marginals)), simulator, {{simulator_noise(observed)}}};
}

Problem two_moons(const Vector& observed) {
  const auto simulator = [](const Matrix& parameters, std::uint64_t seed) {
    Matrix x(parameters.rows(), 2);
    for (Index i = 0; i < x.rows(); ++i) {
      Keyed draws(seed, Purpose::simulator, static_cast<std::uint64_t>(i));
      const double a = std::numbers::pi * (draws.uniform() - 0.5);
      const double r = 0.1 + 0.01 * draws.normal();
      const double sum = parameters(i, 0) + parameters(i, 1);
      const double difference = parameters(i, 1) - parameters(i, 0);
      x(i, 0) = r * std::cos(a) + 0.25 - std::abs(sum) / std::numbers::sqrt2;
      x(i, 1) = r * std::sin(a) + difference / std::numbers::sqrt2;
    }
    return x;
  };
  return {independent({{"theta_1", Uniform{-1, 1}}, {"theta_2", Uniform{-1, 1}}}),
          simulator,
          {{simulator_noise(observed)}}};
}

Problem known_problem(const std::string& name, const Vector& observed) {
  if (name == "sir_shares") return sir_shares(observed);
  if (name == "sir_counts") return sir_counts(observed);
  if (name == "gaussian_linear") return gaussian_linear(observed);
  if (name == "two_moons") return two_moons(observed);
  throw std::invalid_argument("no problem is called " + name);
}

Matrix read_csv(const std::string& path) {
  std::ifstream file(path);
  std::string line;
  if (!std::getline(file, line)) throw std::runtime_error("cannot read " + path);
  std::vector<Row> rows;
  while (std::getline(file, line)) {
    std::vector<double> values;
    std::istringstream cells(line);
    for (std::string cell; std::getline(cells, cell, ',');) values.push_back(std::stod(cell));
    rows.emplace_back(Eigen::Map<const Row>(values.data(), static_cast<Index>(values.size())));
  }
  Matrix table(static_cast<Index>(rows.size()), rows.empty() ? 0 : rows.front().size());
  for (std::size_t i = 0; i < rows.size(); ++i) table.row(static_cast<Index>(i)) = rows[i];
  return table;
}

}  // namespace tremplin::inference
