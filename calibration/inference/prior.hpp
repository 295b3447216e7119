// What is believed before the data: every prior is a map from independent standard normal scores to natural
// parameters, so that all methods work where the prior is N(0, I), whatever its shape (issue: from surveys to
// a calibrated model, point 3: correlated and hierarchical priors, spikes at "no effect").
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "calibration/inference/types.hpp"

namespace tremplin::inference {

class Prior {
 public:
  // scores (n x s) to parameters (n x d), row by row; must be safe to call from several threads.
  using Map = std::function<Matrix(const Matrix& scores)>;
  Prior(std::vector<std::string> names, Index n_scores, Map map);

  [[nodiscard]] Index n_scores() const { return n_scores_; }
  [[nodiscard]] Index n_parameters() const { return static_cast<Index>(names_.size()); }
  [[nodiscard]] const std::vector<std::string>& names() const { return names_; }
  // n x n_scores() to n x n_parameters().
  [[nodiscard]] Matrix parameters(const Matrix& scores) const;

 private:
  std::vector<std::string> names_;
  Index n_scores_;
  Map map_;
};

struct Normal {
  double mean = 0;
  double sd = 1;
};
struct Lognormal {
  double median = 1;
  double log_sd = 1;
};
struct Uniform {
  double low = 0;
  double high = 1;
};
struct Beta {
  double a = 1;
  double b = 1;
};
struct Gamma {
  double shape = 1;
  double scale = 1;
};
using Distribution = std::variant<Normal, Lognormal, Uniform, Beta, Gamma>;

// Exactly `value` with this probability: a flat part of the map, where the distribution passes the value.
struct Spike {
  double probability = 0;
  double value = 0;
};

struct Marginal {
  std::string name;
  Distribution distribution;
  std::optional<Spike> spike = std::nullopt;
};

// The parameter at a score; rises with the score.
double from_score(const Marginal& marginal, double score);

// All three throw std::invalid_argument on parameters out of range or two equal names.
Prior independent(std::vector<Marginal> marginals);
// Gaussian copula: marginals joined by a correlation matrix of scores, positive definite.
Prior correlated(std::vector<Marginal> marginals, const Matrix& correlation);

// A group whose members are alike: on the scale of the link, member = mean + spread * own score.
enum class Link { identity, log, logit };
struct Group {
  std::string name;
  Link link = Link::identity;
  Normal mean;       // of the group, on the link's scale
  Lognormal spread;  // between members, on the link's scale
  std::vector<std::string> members;
};
// Parameters: NAME_mean (natural scale), NAME_spread, then the members. Not centred: the scores stay
// independent however small the spread.
Prior hierarchical(Group group);

// Several priors side by side, independent of one another.
Prior side_by_side(std::vector<Prior> parts);

// Independent draws of scores: row i depends on (seed, first + i) only.
Matrix prior_scores(Index n, Index n_scores, std::uint64_t seed, std::uint64_t first = 0);

}  // namespace tremplin::inference
