#include "calibration/inference/link_data.hpp"

#include <algorithm>
#include <boost/random/binomial_distribution.hpp>
#include <boost/random/gamma_distribution.hpp>
#include <boost/random/poisson_distribution.hpp>
#include <cmath>
#include <limits>

#include "calibration/inference/keyed.hpp"
#include "calibration/inference/overloaded.hpp"
#include "calibration/inference/special.hpp"
#include "engine/base/portable_math.hpp"

namespace tremplin::inference {

namespace {
struct OnLink {
  double value = 0;
  double variance = 0;
};

// The logit of a share with half a case on either side, and its variance.
OnLink of_share(double successes, double trials, double correlation) {
  const double p = (successes + 0.5) / (trials + 1);
  return {logit(p), (1 + (std::max(trials, 1.0) - 1) * correlation) / (std::max(trials, 1.0) * p * (1 - p))};
}

OnLink of_count(double count, double exposure, double size) {
  return {portable::log((count + 0.5) / exposure), 1 / (count + 0.5) + (std::isfinite(size) ? 1 / size : 0)};
}

// Each category among itself and those after it.
std::vector<OnLink> of_categories(const Vector& counts, double correlation) {
  std::vector<OnLink> result;
  double left = counts.sum();
  for (Index j = 0; j + 1 < counts.size(); ++j) {
    result.push_back(of_share(counts[j], left, correlation));
    left -= counts[j];
  }
  return result;
}

std::vector<OnLink> of_term(const Likelihood& likelihood) {
  using Links = std::vector<OnLink>;
  return std::visit(
      Overloaded{
          [](const SimulatorNoise& d) {
            Links result;
            for (const double x : d.observed) result.push_back({x, 0});
            return result;
          },
          [](const NormalData& d) {
            return Links{{d.observed, d.standard_error * d.standard_error}};
          },
          [](const BinomialData& d) { return Links{of_share(d.successes, d.trials, d.correlation)}; },
          [](const MultinomialData& d) { return of_categories(d.counts, d.correlation); },
          [](const CountData& d) { return Links{of_count(d.count, d.exposure, d.size)}; },
          [](const IntervalData& d) {
            const double width = d.high - d.low;
            return Links{{0.5 * (d.low + d.high), width * width / 12 + d.standard_error * d.standard_error}};
          }},
      likelihood);
}

double concentration_of(double correlation) {
  return correlation > 0 ? 1 / correlation - 1 : std::numeric_limits<double>::infinity();
}

double gamma_draw(double shape, Keyed& draws) {
  return boost::random::gamma_distribution<>(std::max(shape, 1e-12), 1.0)(draws);
}

// Beta-binomial unless the concentration is infinite; effective numbers are rounded.
double drawn_successes(double trials, double link, double concentration, Keyed& draws) {
  double share = inverse_logit(link);
  if (std::isfinite(concentration)) {
    const double a = gamma_draw(share * concentration, draws);
    const double b = gamma_draw(inverse_logit(-link) * concentration, draws);
    share = a + b > 0 ? a / (a + b) : (draws.uniform() < share ? 1.0 : 0.0);
  }
  const auto n = static_cast<std::int64_t>(std::llround(trials));
  return static_cast<double>(boost::random::binomial_distribution<std::int64_t>(n, share)(draws));
}

double drawn_count(double mean, double size, Keyed& draws) {
  const double rate = std::isfinite(size) ? mean / size * gamma_draw(size, draws) : mean;
  if (!(rate > 0)) return 0;
  // Beyond 1e9 a Poisson number is its mean to 3e-5, and the generator's whole numbers would end.
  if (rate > 1e9) return rate;
  return static_cast<double>(boost::random::poisson_distribution<std::int64_t>(rate)(draws));
}

// Draws of a term's data around its links, written back on the links.
void draw_term(const Term& term, Eigen::Ref<Row> links, Keyed& draws) {
  if (term.discrepancy > 0)
    for (double& link : links) link += term.discrepancy * draws.normal();
  std::visit(Overloaded{[](const SimulatorNoise&) {},
                        [&](const NormalData& d) { links[0] += d.standard_error * draws.normal(); },
                        [&](const BinomialData& d) {
                          const double k =
                              drawn_successes(d.trials, links[0], concentration_of(d.correlation), draws);
                          links[0] = of_share(k, d.trials, 0).value;
                        },
                        [&](const MultinomialData& d) {
                          double left = d.counts.sum();
                          double concentration = concentration_of(d.correlation);
                          Vector counts = Vector::Zero(d.counts.size());
                          for (Index j = 0; j < links.size(); ++j) {
                            counts[j] = drawn_successes(left, links[j], concentration, draws);
                            left -= counts[j];
                            concentration *= inverse_logit(-links[j]);
                          }
                          counts[links.size()] = std::max(left, 0.0);
                          const auto shares = of_categories(counts, 0);
                          for (Index j = 0; j < links.size(); ++j)
                            links[j] = shares[static_cast<std::size_t>(j)].value;
                        },
                        [&](const CountData& d) {
                          const double mean = d.exposure * portable::exp(std::min(links[0], 300.0));
                          links[0] = of_count(drawn_count(mean, d.size, draws), d.exposure, d.size).value;
                        },
                        [&](const IntervalData& d) {
                          links[0] +=
                              d.standard_error * draws.normal() + (d.high - d.low) * (draws.uniform() - 0.5);
                        }},
             term.likelihood);
}

DataFit fit_of_share(double successes, double trials, double correlation, double link) {
  const double p = inverse_logit(link);
  const double information =
      trials * p * inverse_logit(-link) / (1 + (std::max(trials, 1.0) - 1) * correlation);
  const double spread = std::sqrt(std::max(trials * p * inverse_logit(-link), 1e-300));
  return {Vector::Constant(1, (successes - trials * p) / spread /
                                  std::sqrt(1 + (std::max(trials, 1.0) - 1) * correlation)),
          Vector::Constant(1, information)};
}

DataFit fit_of_categories(const MultinomialData& d, const Vector& links) {
  DataFit fit{Vector(links.size()), Vector(links.size())};
  double left = d.counts.sum();
  for (Index j = 0; j < links.size(); ++j) {
    const DataFit own = fit_of_share(d.counts[j], left, d.correlation, links[j]);
    fit.error[j] = own.error[0];
    fit.information[j] = own.information[0];
    left -= d.counts[j];
  }
  return fit;
}

DataFit fit_of_number(double observed, double variance, double link) {
  return {Vector::Constant(1, (observed - link) / std::sqrt(variance)), Vector::Constant(1, 1 / variance)};
}
}  // namespace

DataFit data_fit(const Term& term, const Vector& links) {
  return std::visit(
      Overloaded{
          [&](const SimulatorNoise&) {
            return DataFit{Vector::Zero(links.size()), Vector::Zero(links.size())};
          },
          [&](const NormalData& d) {
            return fit_of_number(d.observed, d.standard_error * d.standard_error, links[0]);
          },
          [&](const BinomialData& d) { return fit_of_share(d.successes, d.trials, d.correlation, links[0]); },
          [&](const MultinomialData& d) { return fit_of_categories(d, links); },
          [&](const CountData& d) {
            const double mean = std::max(d.exposure * portable::exp(links[0]), 1e-300);
            const double dispersion = 1 + (std::isfinite(d.size) ? mean / d.size : 0);
            return DataFit{Vector::Constant(1, (d.count - mean) / std::sqrt(mean * dispersion)),
                           Vector::Constant(1, mean / dispersion)};
          },
          [&](const IntervalData& d) {
            const double width = d.high - d.low;
            return fit_of_number(0.5 * (d.low + d.high),
                                 width * width / 12 + d.standard_error * d.standard_error, links[0]);
          }},
      term.likelihood);
}

LinkData link_data(const Observation& observation) {
  LinkData data;
  std::vector<double> values;
  std::vector<double> variances;
  std::vector<double> discrepancies;
  for (const auto& term : observation.terms) {
    const auto links = of_term(term.likelihood);
    for (std::size_t j = 0; j < links.size(); ++j) {
      data.names.push_back(term.name + (links.size() > 1 ? "[" + std::to_string(j + 1) + "]" : ""));
      values.push_back(links[j].value);
      variances.push_back(links[j].variance);
      discrepancies.push_back(term.discrepancy * term.discrepancy);
      data.noise_is_simulators.push_back(std::holds_alternative<SimulatorNoise>(term.likelihood));
    }
  }
  const auto n = static_cast<Index>(values.size());
  data.value = Eigen::Map<Vector>(values.data(), n);
  data.variance = Eigen::Map<Vector>(variances.data(), n);
  data.discrepancy = Eigen::Map<Vector>(discrepancies.data(), n);
  return data;
}

Matrix all_links(const Observation& observation, const Matrix& summaries) {
  Index n = 0;
  for (const auto& term : observation.terms) n += n_links(term);
  Matrix result(summaries.rows(), n);
  Index at = 0;
  for (const auto& term : observation.terms) {
    result.middleCols(at, n_links(term)) = links(term, summaries);
    at += n_links(term);
  }
  for (Index i = 0; i < summaries.rows(); ++i)
    if (!summaries.row(i).allFinite()) result.row(i).setConstant(std::numeric_limits<double>::quiet_NaN());
  return result;
}

Matrix stated(const Observation& observation, const Matrix& links) {
  Matrix result = links;
  const auto successes = [](double link, double trials) { return inverse_logit(link) * (trials + 1) - 0.5; };
  Index at = 0;
  for (const auto& term : observation.terms) {
    const Index n = n_links(term);
    for (Index i = 0; i < links.rows(); ++i) {
      auto own = result.row(i).segment(at, n);
      std::visit(Overloaded{[&](const BinomialData& d) { own[0] = successes(own[0], d.trials); },
                            [&](const MultinomialData& d) {
                              double left = d.counts.sum();
                              for (double& value : own) {
                                value = successes(value, left);
                                left -= value;
                              }
                            },
                            [&](const CountData& d) { own[0] = portable::exp(own[0]) * d.exposure - 0.5; },
                            [](const auto&) {}},
                 term.likelihood);
    }
    at += n;
  }
  return result;
}

Matrix drawn_data(const Observation& observation, const Matrix& summaries, std::uint64_t seed,
                  std::uint64_t first) {
  Matrix result = all_links(observation, summaries);
  for (Index i = 0; i < result.rows(); ++i) {
    if (!result.row(i).allFinite()) continue;
    Keyed draws(seed, Purpose::made_up_data, first + static_cast<std::uint64_t>(i));
    Index at = 0;
    for (const auto& term : observation.terms) {
      Row own = result.row(i).segment(at, n_links(term));
      draw_term(term, own, draws);
      result.row(i).segment(at, own.size()) = own;
      at += own.size();
    }
  }
  return result;
}

}  // namespace tremplin::inference
