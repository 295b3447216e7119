#include "calibration/inference/observation.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <stdexcept>
#include <utility>

#include "calibration/inference/overloaded.hpp"
#include "calibration/inference/special.hpp"
#include "engine/base/portable_math.hpp"

namespace tremplin::inference {

namespace {
constexpr double infinity = std::numeric_limits<double>::infinity();

std::vector<Index> columns_of(const Likelihood& likelihood) {
  return std::visit(Overloaded{[](const SimulatorNoise& d) { return d.columns; },
                               [](const MultinomialData& d) { return d.columns; },
                               [](const auto& d) { return std::vector<Index>{d.column}; }},
                    likelihood);
}

const char* fault_of(const Likelihood& likelihood) {
  return std::visit(
      Overloaded{
          [](const SimulatorNoise& d) {
            const bool fits = !d.columns.empty() && static_cast<Index>(d.columns.size()) == d.observed.size();
            return fits && d.observed.allFinite() ? "" : "as many finite values as columns are needed";
          },
          [](const NormalData& d) {
            return std::isfinite(d.observed) && d.standard_error > 0 ? ""
                                                                     : "the standard error must be above 0";
          },
          [](const BinomialData& d) {
            const bool fits = d.successes >= 0 && d.trials > 0 && d.successes <= d.trials;
            return fits && d.correlation >= 0 && d.correlation < 1
                       ? ""
                       : "0 <= successes <= trials and 0 <= correlation < 1 are needed";
          },
          [](const MultinomialData& d) {
            const bool fits = d.columns.size() >= 2 &&
                              static_cast<Index>(d.columns.size()) == d.counts.size() &&
                              d.counts.allFinite() && d.counts.minCoeff() >= 0 && d.counts.sum() > 0;
            return fits && d.correlation >= 0 && d.correlation < 1
                       ? ""
                       : "two or more columns with counts not below 0 and 0 <= correlation < 1 are needed";
          },
          [](const CountData& d) {
            return d.count >= 0 && d.exposure > 0 && d.size > 0
                       ? ""
                       : "count, exposure and size must not be negative";
          },
          [](const IntervalData& d) {
            return d.low < d.high && d.standard_error >= 0 ? ""
                                                           : "low must be below high, the error not below 0";
          }},
      likelihood);
}

// The column moved off 0 (and off 1 where it is a share).
Vector off_the_edges(Vector x, double half_a_case, bool is_share) {
  double smallest = infinity;
  for (const double value : x) {
    if (value > 0) smallest = std::min(smallest, value);
    if (is_share && value < 1) smallest = std::min(smallest, 1 - value);
  }
  const double edge = std::min(half_a_case, 0.5 * smallest);
  for (double& value : x)
    if (!std::isnan(value)) value = std::clamp(value, edge, is_share ? 1 - edge : infinity);
  return x;
}

Vector logits(const Vector& shares, double trials) {
  return off_the_edges(shares, 0.5 / trials, true).unaryExpr([](double p) { return logit(p); });
}

// log p(k of n | share), with alphas share * concentration and (1 - share) * concentration; infinite:
// binomial.
double log_binomial(double k, double n, double link, double concentration) {
  const double p = inverse_logit(link);
  const double q = inverse_logit(-link);
  if (!std::isfinite(concentration))
    return log_choose(n, k) + (k > 0 ? k * portable::log(p) : 0) + (n > k ? (n - k) * portable::log(q) : 0);
  const double a = std::max(p * concentration, 1e-12);
  const double b = std::max(q * concentration, 1e-12);
  return log_choose(n, k) + log_gamma(k + a) + log_gamma(n - k + b) - log_gamma(n + a + b) +
         log_gamma(a + b) - log_gamma(a) - log_gamma(b);
}

double log_count(double count, double mean, double size) {
  if (!std::isfinite(size)) return count * portable::log(mean) - mean - log_gamma(count + 1);
  return log_gamma(count + size) - log_gamma(size) - log_gamma(count + 1) +
         size * portable::log(size / (size + mean)) + count * portable::log(mean / (size + mean));
}

// log of the integral of exp(log_f(link)) over link ~ N(mean, variance).
template <class F>
double integrated(double mean, double variance, const F& log_f) {
  if (!(variance > 1e-14)) return log_f(mean);
  const double sd = std::sqrt(variance);
  std::array<double, 15> parts{};
  std::size_t n = 0;
  for (const auto& node : normal_nodes()) parts[n++] = node.log_weight + log_f(mean + sd * node.at);
  return log_sum_exp(parts);
}

double concentration_of(double correlation) { return correlation > 0 ? 1 / correlation - 1 : infinity; }

double log_multinomial(const MultinomialData& d, const Vector& mean, const Vector& variance) {
  double left = d.counts.sum();
  double concentration = concentration_of(d.correlation);
  double total = 0;
  for (Index j = 0; j < mean.size(); ++j) {
    total += integrated(mean[j], variance[j],
                        [&](double link) { return log_binomial(d.counts[j], left, link, concentration); });
    left -= d.counts[j];
    concentration *= inverse_logit(-mean[j]);
  }
  return total;
}

double log_interval(const IntervalData& d, double mean, double variance) {
  const double sd = std::sqrt(variance + d.standard_error * d.standard_error);
  if (sd == 0) return mean >= d.low && mean <= d.high ? 0 : -infinity;
  double a = (d.low - mean) / sd;
  double b = (d.high - mean) / sd;
  if (a > 0) std::tie(a, b) = std::pair{-b, -a};  // the lower tail keeps its digits
  const double log_a = log_normal_cdf(a);
  const double log_b = log_normal_cdf(b);
  return log_b + portable::log(1 - portable::exp(log_a - log_b));
}
}  // namespace

void check(const Observation& observation, Index n_summaries) {
  std::string faults;
  for (const auto& term : observation.terms) {
    if (const std::string fault = fault_of(term.likelihood); !fault.empty())
      faults += term.name + ": " + fault + "; ";
    if (!(term.discrepancy >= 0)) faults += term.name + ": the discrepancy is below 0; ";
    for (const Index column : columns_of(term.likelihood))
      if (column < 0 || column >= n_summaries)
        faults += term.name + ": the simulator gives no column " + std::to_string(column) + "; ";
  }
  if (observation.terms.empty()) faults = "no data";
  if (!faults.empty()) throw std::invalid_argument(faults);
}

Vector observed_summaries(const Observation& observation, Index n_summaries) {
  Vector observed = Vector::Constant(n_summaries, std::numeric_limits<double>::quiet_NaN());
  for (const auto& term : observation.terms)
    std::visit(Overloaded{[&](const SimulatorNoise& d) {
                            for (std::size_t j = 0; j < d.columns.size(); ++j)
                              observed[d.columns[j]] = d.observed[static_cast<Index>(j)];
                          },
                          [&](const NormalData& d) { observed[d.column] = d.observed; },
                          [&](const BinomialData& d) { observed[d.column] = d.successes / d.trials; },
                          [&](const MultinomialData& d) {
                            for (std::size_t j = 0; j < d.columns.size(); ++j)
                              observed[d.columns[j]] = d.counts[static_cast<Index>(j)] / d.counts.sum();
                          },
                          [&](const CountData& d) { observed[d.column] = d.count / d.exposure; },
                          [&](const IntervalData& d) { observed[d.column] = 0.5 * (d.low + d.high); }},
               term.likelihood);
  return observed;
}

Index n_links(const Term& term) {
  const auto n = static_cast<Index>(columns_of(term.likelihood).size());
  return std::holds_alternative<MultinomialData>(term.likelihood) ? n - 1 : n;
}

Matrix links(const Term& term, const Matrix& summaries) {
  const auto columns = columns_of(term.likelihood);
  Matrix result(summaries.rows(), n_links(term));
  if (const auto* shares = std::get_if<MultinomialData>(&term.likelihood)) {
    Vector rest = Vector::Zero(summaries.rows());
    for (auto j = static_cast<Index>(columns.size()) - 1; j >= 0; --j) {
      const Vector x = summaries.col(columns[static_cast<std::size_t>(j)]);
      rest += x;
      if (j == result.cols()) continue;
      // Nothing is known of how nothing is divided: a half.
      const Vector share = (rest.array() > 0).select(x.array() / rest.array(), 0.5);
      const Vector known = x.array().isNaN().select(x, share);
      result.col(j) = logits(known, shares->counts.sum());
    }
    return result;
  }
  for (std::size_t j = 0; j < columns.size(); ++j) {
    const Vector x = summaries.col(columns[j]);
    auto out = result.col(static_cast<Index>(j));
    if (const auto* binomial = std::get_if<BinomialData>(&term.likelihood))
      out = logits(x, binomial->trials);
    else if (const auto* count = std::get_if<CountData>(&term.likelihood))
      out =
          off_the_edges(x, 0.5 / count->exposure, false).unaryExpr([](double v) { return portable::log(v); });
    else
      out = x;
  }
  return result;
}

double log_likelihood(const Term& term, const Vector& mean, const Vector& variance) {
  const Vector whole = variance.array() + term.discrepancy * term.discrepancy;
  return std::visit(Overloaded{[](const SimulatorNoise&) -> double {
                                 throw std::invalid_argument("the simulator's noise has to be learnt first");
                               },
                               [&](const NormalData& d) {
                                 const double sd = std::sqrt(whole[0] + d.standard_error * d.standard_error);
                                 return normal_log_density((d.observed - mean[0]) / sd) - portable::log(sd);
                               },
                               [&](const BinomialData& d) {
                                 const double concentration = concentration_of(d.correlation);
                                 return integrated(mean[0], whole[0], [&](double link) {
                                   return log_binomial(d.successes, d.trials, link, concentration);
                                 });
                               },
                               [&](const MultinomialData& d) { return log_multinomial(d, mean, whole); },
                               [&](const CountData& d) {
                                 return integrated(mean[0], whole[0], [&](double link) {
                                   return log_count(d.count, d.exposure * portable::exp(link), d.size);
                                 });
                               },
                               [&](const IntervalData& d) { return log_interval(d, mean[0], whole[0]); }},
                    term.likelihood);
}

Vector log_likelihood(const Observation& observation, const Matrix& summaries) {
  Vector total = Vector::Zero(summaries.rows());
  for (const auto& term : observation.terms) {
    if (std::holds_alternative<SimulatorNoise>(term.likelihood)) continue;
    const Matrix at = links(term, summaries);
    const Vector exact = Vector::Zero(at.cols());
    for (Index i = 0; i < at.rows(); ++i) total[i] += log_likelihood(term, at.row(i).transpose(), exact);
  }
  return total;
}

}  // namespace tremplin::inference
