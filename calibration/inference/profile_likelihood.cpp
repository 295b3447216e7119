#include "calibration/inference/profile_likelihood.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <stdexcept>
#include <utility>

#include "calibration/inference/bobyqa.hpp"
#include "engine/base/workers.hpp"

namespace tremplin::inference {

namespace {
constexpr double furthest_solved = 9;  // own score of a parameter while the others move
constexpr double first_step = 0.25;    // of the grid, in scores
constexpr double wanted_drop = 0.4;    // of the first step, at most
constexpr double growth = 1.25;        // of steps after the first few
constexpr int even_steps = 8;
constexpr int most_shorter = 8;  // quarterings of the first step
constexpr int most_refinements = 20;
constexpr double bound_tolerance = 1e-4;  // of the log likelihood at a bound
constexpr double better_top = 1e-4;
constexpr int most_tops = 3;
constexpr double none = std::numeric_limits<double>::quiet_NaN();

Row without(const Row& row, Index j) {
  Row rest(row.size() - 1);
  rest << row.head(j), row.tail(row.size() - 1 - j);
  return rest;
}

Row with(const Row& rest, Index j, double value) {
  Row row(rest.size() + 1);
  row << rest.head(j), value, rest.tail(rest.size() - j);
  return row;
}

// A point of a profile: the parameter's value stands for `score`, the whole row of scores is at its best.
struct Point {
  double score = 0;
  double value = 0;
  double drop = 0;  // log likelihood less that of the top
  Row at;
};

// The profile of one parameter to one side of the top.
class Side {
 public:
  Side(const Prior& prior, const LogLikelihood& log_likelihood, const PointFit& top, Index j,
       double direction)
      : prior_(prior), log_likelihood_(log_likelihood), top_(top), j_(j), direction_(direction) {}

  void go() {
    Point last{top_.scores[j_], top_.parameters[j_], 0, top_.scores};
    double step = suited_step(last);
    for (int k = 0;; ++k) {
      const double score = std::clamp(last.score + direction_ * step, -furthest_fit, furthest_fit);
      if (score == last.score) return;  // the end of the prior's reach
      const Point next = at(score, last.at);
      points_.push_back(next);
      if (next.drop < -likelihood_drop) {
        // Had the others been free to go on, the likelihood might not have fallen.
        if (pressed(next)) return;
        if (!bound_) bound_ = bound_between(last, next);
        if (next.drop < -1.5 * likelihood_drop) return;
      }
      last = next;
      if (k >= even_steps) step *= growth;
    }
  }

  [[nodiscard]] const std::vector<Point>& points() const { return points_; }
  [[nodiscard]] const std::optional<double>& bound() const { return bound_; }  // the parameter's value
  [[nodiscard]] Index n_evaluations() const { return n_evaluations_; }

 private:
  [[nodiscard]] double parameter_at(const Row& scores) const { return prior_.parameters(scores)(0, j_); }

  // The own score at which the parameter has this value while the others are `rest`.
  [[nodiscard]] double solved(const Row& rest, double value, double guess) const {
    if (parameter_at(with(rest, j_, guess)) == value) return guess;
    double low = -furthest_solved;
    double high = furthest_solved;
    for (int i = 0; i < 60; ++i) {
      const double middle = 0.5 * (low + high);
      (parameter_at(with(rest, j_, middle)) < value ? low : high) = middle;
    }
    return 0.5 * (low + high);
  }

  // Of the others, the parameter held at its value. An own score beyond the prior's reach costs its square.
  double held(const Row& rest, double value, double guess, Row& whole) {
    const double own = solved(rest, value, guess);
    whole = with(rest, j_, std::clamp(own, -furthest_fit, furthest_fit));
    const double beyond = own - whole[j_];
    ++n_evaluations_;
    return log_likelihood_(whole)[0] - 10 * beyond * beyond;
  }

  Point at(double score, const Row& near) {
    Row start = top_.scores;
    start[j_] = score;
    const double value = parameter_at(start);
    Point point{score, value, 0, start};
    if (start.size() == 1) {
      ++n_evaluations_;
      point.drop = log_likelihood_(start)[0] - top_.value;
      return point;
    }
    BobyqaOptions options;
    options.furthest = furthest_fit;
    options.radius = 0.1;
    options.tolerance = 1e-6;
    options.budget = 400;
    const BobyqaResult best = bobyqa(
        [&](const Row& rest) {
          Row whole;
          return held(rest, value, score, whole);
        },
        without(near, j_), options);
    point.drop = held(best.at, value, score, point.at) - top_.value;
    return point;
  }

  // Whether another score came to the end of its reach that was not there at the top.
  [[nodiscard]] bool pressed(const Point& point) const {
    constexpr double end = 0.999 * furthest_fit;
    for (Index i = 0; i < point.at.size(); ++i)
      if (i != j_ && std::abs(point.at[i]) > end && std::abs(top_.scores[i]) < end) return true;
    return false;
  }

  // Short enough that the grid shows the shape near the top.
  double suited_step(const Point& top) {
    double step = first_step;
    for (int i = 0; i < most_shorter; ++i, step /= 4) {
      const double score = std::clamp(top.score + direction_ * step, -furthest_fit, furthest_fit);
      if (score == top.score || at(score, top.at).drop > -wanted_drop) break;
    }
    return step;
  }

  double bound_between(Point above, Point below) {
    for (int i = 0; i < most_refinements; ++i) {
      const double share = (above.drop + likelihood_drop) / (above.drop - below.drop);
      const double score = above.score + std::clamp(share, 0.1, 0.9) * (below.score - above.score);
      const Point middle = at(score, above.at);
      if (std::abs(middle.drop + likelihood_drop) < bound_tolerance) return middle.value;
      (middle.drop > -likelihood_drop ? above : below) = middle;
    }
    return 0.5 * (above.value + below.value);
  }

  const Prior& prior_;
  const LogLikelihood& log_likelihood_;
  const PointFit& top_;
  Index j_;
  double direction_;
  std::vector<Point> points_;
  std::optional<double> bound_;
  Index n_evaluations_ = 0;
};

ProfileShape shape_of(bool low, bool high) {
  if (low && high) return ProfileShape::closed;
  if (low) return ProfileShape::open_above;
  return high ? ProfileShape::open_below : ProfileShape::flat;
}

Profile joined(const std::string& name, const PointFit& top, Index j, const Side& below, const Side& above) {
  std::vector<Point> points(below.points().rbegin(), below.points().rend());
  points.push_back({top.scores[j], top.parameters[j], 0, top.scores});
  points.insert(points.end(), above.points().begin(), above.points().end());
  const auto n = static_cast<Index>(points.size());
  Profile profile{name,
                  Vector(n),
                  Vector(n),
                  Vector(n),
                  top.parameters[j],
                  below.bound().value_or(none),
                  above.bound().value_or(none),
                  shape_of(below.bound().has_value(), above.bound().has_value())};
  for (Index i = 0; i < n; ++i) {
    const Point& point = points[static_cast<std::size_t>(i)];
    profile.scores[i] = point.score;
    profile.values[i] = point.value;
    profile.log_likelihood[i] = point.drop;
  }
  return profile;
}

// The point above the top, if a profile found one.
const Point* better_than_top(const std::vector<Side>& sides) {
  const Point* best = nullptr;
  for (const Side& side : sides)
    for (const Point& point : side.points())
      if (point.drop > better_top && (best == nullptr || point.drop > best->drop)) best = &point;
  return best;
}
}  // namespace

ProfileResult profile_likelihood(const Prior& prior, const LogLikelihood& log_likelihood,
                                 const PointFitOptions& options) {
  const Index d = prior.n_parameters();
  if (d != prior.n_scores())
    throw std::invalid_argument("profiles need a prior with one score for each parameter");
  ProfileResult result;
  result.top = fit_point(prior, log_likelihood, Estimate::maximum_likelihood, options);
  result.n_evaluations = result.top.n_evaluations;
  for (int round = 1;; ++round) {
    std::vector<Side> sides;
    for (Index j = 0; j < d; ++j)
      for (const double direction : {-1.0, 1.0})
        sides.emplace_back(prior, log_likelihood, result.top, j, direction);
    for_each_below(sides.size(), [&](std::size_t i) { sides[i].go(); });
    for (const Side& side : sides) result.n_evaluations += side.n_evaluations();
    if (const Point* better = better_than_top(sides); better != nullptr && round < most_tops) {
      result.top.value += better->drop;
      result.top.scores = better->at;
      result.top.parameters = prior.parameters(better->at).row(0);
      continue;
    }
    for (Index j = 0; j < d; ++j) {
      const auto i = static_cast<std::size_t>(2 * j);
      result.profiles.push_back(
          joined(prior.names()[static_cast<std::size_t>(j)], result.top, j, sides[i], sides[i + 1]));
    }
    return result;
  }
}

}  // namespace tremplin::inference
