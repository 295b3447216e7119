#include "conjugate_cases.hpp"

#include <Eigen/Cholesky>
#include <Eigen/LU>
#include <boost/random/gamma_distribution.hpp>
#include <cmath>
#include <utility>

#include "calibration/inference/keyed.hpp"

namespace tremplin::inference {

namespace {
constexpr Index n_exact = 400;

Matrix as_it_is(const Matrix& parameters, std::uint64_t /*seed*/) { return parameters; }

Posterior of_equal_weight(Matrix parameters) {
  Posterior posterior;
  posterior.log_weights = Vector::Zero(parameters.rows());
  posterior.parameters = std::move(parameters);
  return posterior;
}

const Likelihood& datum(const MadeUpCase& made) { return made.observation.terms.front().likelihood; }

Matrix pair_effects() { return Matrix{{1, 0}, {1, -1}}; }
constexpr double pair_noise = 0.5;

Matrix pair_runs(const Matrix& parameters, std::uint64_t seed) {
  Matrix x = parameters * pair_effects().transpose();
  for (Index i = 0; i < x.rows(); ++i) {
    Keyed draws(seed, Purpose::simulator, static_cast<std::uint64_t>(i));
    for (double& value : x.row(i)) value += pair_noise * draws.normal();
  }
  return x;
}

// Precision I + A'A / 0.25, mean its inverse times A'x / 0.25.
Posterior pair_posterior(const MadeUpCase& made, Index /*repeat*/) {
  const Matrix a = pair_effects() / pair_noise;
  const Matrix covariance = (Matrix::Identity(2, 2) + a.transpose() * a).inverse();
  const Vector mean =
      covariance * a.transpose() * std::get<SimulatorNoise>(datum(made)).observed / pair_noise;
  const Matrix root = Eigen::LLT<Matrix>(covariance).matrixL();
  const Matrix z = prior_scores(n_exact, 2, made.seed);
  return of_equal_weight((z * root.transpose()).rowwise() + mean.transpose());
}

Matrix pair_quantities(const Matrix& p) {
  Matrix q(p.rows(), 4);
  q << p, p.col(0) + p.col(1), p.col(0) - p.col(1);
  return q;
}
}  // namespace

ConjugateCase normal_mean() {
  Problem problem{independent({{"theta", Normal{1, 2}}}), as_it_is, {{{"y", NormalData{0, 0, 1}}}}};
  // Precisions 1/4 and 1: mean (1/4 + y) / 1.25, variance 0.8.
  const auto exact = [](const MadeUpCase& made, Index) {
    const double mean = (0.25 + std::get<NormalData>(datum(made)).observed) / 1.25;
    const Matrix z = prior_scores(n_exact, 1, made.seed);
    return of_equal_weight(mean + std::sqrt(0.8) * z.array());
  };
  auto quantities = parameters_themselves(problem.prior);
  return {"normal_mean", std::move(problem), exact, std::move(quantities)};
}

ConjugateCase beta_binomial() {
  Problem problem{independent({{"p", Uniform{0, 1}}}), as_it_is, {{{"k", BinomialData{0, 0, 50}}}}};
  const auto exact = [](const MadeUpCase& made, Index) {
    const auto& data = std::get<BinomialData>(datum(made));
    boost::random::gamma_distribution<> in(1 + data.successes);
    boost::random::gamma_distribution<> out(1 + data.trials - data.successes);
    Keyed draws(made.seed, Purpose::prior_draw);
    Matrix p(n_exact, 1);
    for (double& share : p.reshaped()) {
      const double x = in(draws);
      share = x / (x + out(draws));
    }
    return of_equal_weight(std::move(p));
  };
  auto quantities = parameters_themselves(problem.prior);
  return {"beta_binomial", std::move(problem), exact, std::move(quantities)};
}

ConjugateCase linear_pair() {
  return {"linear_pair",
          {independent({{"a", Normal{0, 1}}, {"b", Normal{0, 1}}}),
           pair_runs,
           {{{"x", SimulatorNoise{{0, 1}, Vector::Zero(2)}}}}},
          pair_posterior,
          {{"a", "b", "a + b", "a - b"}, pair_quantities}};
}

std::vector<ConjugateCase> conjugate_cases() { return {normal_mean(), beta_binomial(), linear_pair()}; }

PosteriorMethod distorted(PosteriorMethod method, double spread, double shift) {
  return [method = std::move(method), spread, shift](const MadeUpCase& made, Index repeat) {
    Posterior posterior = method(made, repeat);
    for (auto column : posterior.parameters.colwise()) {
      const double mean = column.mean();
      const Vector centred = column.array() - mean;
      const double sd = std::sqrt(centred.squaredNorm() / static_cast<double>(centred.size() - 1));
      column = mean + shift * sd + spread * centred.array();
    }
    return posterior;
  };
}

EmulatedPosteriorOptions cheap_options(Index budget, Index n_particles, Index n_draws) {
  EmulatedPosteriorOptions options;
  options.budget = budget;
  options.n_waves = 1;
  options.n_particles = n_particles;
  options.n_draws = n_draws;
  options.emulator.processes = false;
  return options;
}

PosteriorMethod main_method(const Problem& problem, const EmulatedPosteriorOptions& options) {
  return [problem, options](const MadeUpCase& made, Index) {
    EmulatedPosteriorOptions own = options;
    own.seed = made.seed;
    return emulated_posterior({problem.prior, problem.simulator, made.observation}, own);
  };
}

PosteriorMethod main_method_on_bank(const Problem& problem, const Simulations& bank, Index n,
                                    const EmulatedPosteriorOptions& options) {
  return [problem, bank, n, options](const MadeUpCase& made, Index repeat) {
    EmulatedPosteriorOptions own = options;
    own.already = others_of_bank(bank, repeat, n, made.seed);
    own.budget = n;
    return main_method(problem, own)(made, repeat);
  };
}

}  // namespace tremplin::inference
