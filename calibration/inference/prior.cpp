#include "calibration/inference/prior.hpp"

#include <Eigen/Cholesky>
#include <algorithm>
#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/gamma.hpp>
#include <cmath>
#include <set>
#include <stdexcept>
#include <utility>

#include "calibration/inference/keyed.hpp"
#include "calibration/inference/overloaded.hpp"
#include "calibration/inference/special.hpp"
#include "engine/base/portable_math.hpp"

namespace tremplin::inference {

namespace {
// Shares are kept off 0 and 1, where quantiles of unbounded distributions have no value.
constexpr double smallest_share = 1e-300;
constexpr double largest_share = 1 - 1e-16;

void require(bool holds, const std::string& name, const char* what) {
  if (!holds) throw std::invalid_argument(name + ": " + what);
}

void check(const Marginal& marginal) {
  const auto& name = marginal.name;
  std::visit(Overloaded{[&](const Normal& d) { require(d.sd > 0, name, "the sd must be above 0"); },
                        [&](const Lognormal& d) {
                          require(d.median > 0 && d.log_sd > 0, name, "median and log sd must be above 0");
                        },
                        [&](const Uniform& d) { require(d.low < d.high, name, "low must be below high"); },
                        [&](const Beta& d) { require(d.a > 0 && d.b > 0, name, "a and b must be above 0"); },
                        [&](const Gamma& d) {
                          require(d.shape > 0 && d.scale > 0, name, "shape and scale must be above 0");
                        }},
             marginal.distribution);
  if (marginal.spike)
    require(marginal.spike->probability >= 0 && marginal.spike->probability < 1, name,
            "the probability of a spike lies in [0, 1)");
}

double at_score(const Distribution& distribution, double score) {
  const auto share = [&] { return std::clamp(normal_cdf(score), smallest_share, largest_share); };
  return std::visit(
      Overloaded{[&](const Normal& d) { return d.mean + d.sd * score; },
                 [&](const Lognormal& d) { return d.median * portable::exp(d.log_sd * score); },
                 [&](const Uniform& d) { return d.low + (d.high - d.low) * normal_cdf(score); },
                 [&](const Beta& d) { return quantile(boost::math::beta_distribution<>(d.a, d.b), share()); },
                 [&](const Gamma& d) {
                   return quantile(boost::math::gamma_distribution<>(d.shape, d.scale), share());
                 }},
      distribution);
}

double share_below(const Distribution& distribution, double x) {
  return std::visit(
      Overloaded{[&](const Normal& d) { return normal_cdf((x - d.mean) / d.sd); },
                 [&](const Lognormal& d) {
                   return x > 0 ? normal_cdf(portable::log(x / d.median) / d.log_sd) : 0.0;
                 },
                 [&](const Uniform& d) { return std::clamp((x - d.low) / (d.high - d.low), 0.0, 1.0); },
                 [&](const Beta& d) {
                   return cdf(boost::math::beta_distribution<>(d.a, d.b), std::clamp(x, 0.0, 1.0));
                 },
                 [&](const Gamma& d) {
                   return cdf(boost::math::gamma_distribution<>(d.shape, d.scale), std::max(x, 0.0));
                 }},
      distribution);
}

std::vector<std::string> names_of(const std::vector<Marginal>& marginals) {
  std::vector<std::string> names;
  for (const auto& marginal : marginals) {
    check(marginal);
    names.push_back(marginal.name);
  }
  return names;
}

double from_link(Link link, double x) {
  switch (link) {
    case Link::log:
      return portable::exp(x);
    case Link::logit:
      return inverse_logit(x);
    case Link::identity:
      break;
  }
  return x;
}
}  // namespace

Prior::Prior(std::vector<std::string> names, Index n_scores, Map map)
    : names_(std::move(names)), n_scores_(n_scores), map_(std::move(map)) {
  std::set<std::string> seen;
  for (const auto& name : names_) require(seen.insert(name).second, name, "two parameters have this name");
  if (names_.empty() || n_scores_ < 1) throw std::invalid_argument("a prior needs parameters and scores");
}

Matrix Prior::parameters(const Matrix& scores) const {
  if (scores.cols() != n_scores_) throw std::invalid_argument("scores have another number of columns");
  Matrix result = map_(scores);
  if (result.rows() != scores.rows() || result.cols() != n_parameters())
    throw std::logic_error("the map of a prior gave a matrix of another size");
  return result;
}

double from_score(const Marginal& marginal, double score) {
  if (!marginal.spike || marginal.spike->probability == 0) return at_score(marginal.distribution, score);
  const double p = marginal.spike->probability;
  const double below = share_below(marginal.distribution, marginal.spike->value) * (1 - p);
  const double u = normal_cdf(score);
  if (u >= below && u <= below + p) return marginal.spike->value;
  const double of_rest = (u < below ? u : u - p) / (1 - p);
  return at_score(marginal.distribution,
                  portable::normal_quantile(std::clamp(of_rest, smallest_share, largest_share)));
}

Prior independent(std::vector<Marginal> marginals) {
  auto names = names_of(marginals);
  const auto n = static_cast<Index>(marginals.size());
  return {std::move(names), n, [marginals = std::move(marginals)](const Matrix& scores) {
            Matrix parameters(scores.rows(), scores.cols());
            for (Index j = 0; j < scores.cols(); ++j)
              for (Index i = 0; i < scores.rows(); ++i)
                parameters(i, j) = from_score(marginals[static_cast<std::size_t>(j)], scores(i, j));
            return parameters;
          }};
}

Prior correlated(std::vector<Marginal> marginals, const Matrix& correlation) {
  const auto n = static_cast<Index>(marginals.size());
  const bool fits = correlation.rows() == n && correlation.cols() == n &&
                    correlation.isApprox(correlation.transpose()) && correlation.diagonal().isOnes(1e-12);
  if (!fits) throw std::invalid_argument("not a correlation matrix of these parameters");
  const Eigen::LLT<Matrix> factor(correlation);
  if (factor.info() != Eigen::Success)
    throw std::invalid_argument("the correlation is not positive definite");
  const Matrix root = factor.matrixL();
  const Prior marginal = independent(std::move(marginals));
  return {marginal.names(), n,
          [root, marginal](const Matrix& scores) { return marginal.parameters(scores * root.transpose()); }};
}

Prior hierarchical(Group group) {
  check({group.name, group.mean, {}});
  check({group.name, group.spread, {}});
  std::vector<std::string> names{group.name + "_mean", group.name + "_spread"};
  names.insert(names.end(), group.members.begin(), group.members.end());
  const auto n = static_cast<Index>(names.size());
  return {std::move(names), n, [group = std::move(group)](const Matrix& scores) {
            Matrix parameters(scores.rows(), scores.cols());
            for (Index i = 0; i < scores.rows(); ++i) {
              const double mean = at_score(group.mean, scores(i, 0));
              const double spread = at_score(group.spread, scores(i, 1));
              parameters(i, 0) = from_link(group.link, mean);
              parameters(i, 1) = spread;
              for (Index j = 2; j < scores.cols(); ++j)
                parameters(i, j) = from_link(group.link, mean + spread * scores(i, j));
            }
            return parameters;
          }};
}

Prior side_by_side(std::vector<Prior> parts) {
  std::vector<std::string> names;
  Index n_scores = 0;
  for (const auto& part : parts) {
    names.insert(names.end(), part.names().begin(), part.names().end());
    n_scores += part.n_scores();
  }
  const auto n = static_cast<Index>(names.size());
  return {std::move(names), n_scores, [n, parts = std::move(parts)](const Matrix& scores) {
            Matrix parameters(scores.rows(), n);
            Index score = 0;
            Index parameter = 0;
            for (const auto& part : parts) {
              parameters.middleCols(parameter, part.n_parameters()) =
                  part.parameters(scores.middleCols(score, part.n_scores()));
              score += part.n_scores();
              parameter += part.n_parameters();
            }
            return parameters;
          }};
}

Matrix prior_scores(Index n, Index n_scores, std::uint64_t seed, std::uint64_t first) {
  Matrix scores(n, n_scores);
  for (Index i = 0; i < n; ++i) {
    Keyed draws(seed, Purpose::prior_draw, first + static_cast<std::uint64_t>(i));
    for (Index j = 0; j < n_scores; ++j) scores(i, j) = draws.normal();
  }
  return scores;
}

}  // namespace tremplin::inference
