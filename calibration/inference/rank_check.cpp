#include "calibration/inference/rank_check.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <stdexcept>
#include <string_view>
#include <utility>

#include "calibration/inference/keyed.hpp"
#include "calibration/inference/made_up_data.hpp"
#include "engine/base/workers.hpp"

namespace tremplin::inference {

namespace {
constexpr Index interval_steps = 20;  // a tail of the 90 % interval is one of them
constexpr double cover_confidence = 0.99;

using Outcome = RankRepeat::Outcome;

// The world of a repeat and its method have seeds of their own.
enum class Part : std::uint64_t { world, method };
std::uint64_t seed_of(Index repeat, Part part, std::uint64_t seed) {
  return derived_seed(seed, Purpose::validation,
                      2 * static_cast<std::uint64_t>(repeat) + static_cast<std::uint64_t>(part));
}

// Lots drawn with the seed of a method.
enum Lot : std::uint64_t { among_equal_draws, other_runs };

MadeUpCase case_at(const Observation& like, const Simulations& runs, Index row, std::uint64_t seed) {
  return {runs.parameters.row(row), made_up_observation(like, runs.summaries.row(row), seed), seed};
}

void check(const RankedQuantities& quantities, const RankCheckOptions& options) {
  if (options.n_repeats < 1 || options.n_draws < 1 || (options.n_draws + 1) % interval_steps != 0)
    throw std::invalid_argument("at least one repeat is needed, and 19, 39, 59 … draws of each posterior");
  if (quantities.names.empty() || !quantities.of) throw std::invalid_argument("nothing is ranked");
}

// The draws by which the truth is ranked; throws std::runtime_error if there are none.
Matrix thinned(const Posterior& posterior, Index n, std::uint64_t seed) {
  if (posterior.parameters.rows() < n)
    throw std::runtime_error(fmt::format("{} draws, {} are needed", posterior.parameters.rows(), n));
  if (!posterior.parameters.allFinite() || !posterior.log_weights.allFinite())
    throw std::runtime_error("draws that are not finite");
  return posterior.parameters(resampled(posterior.log_weights, n, seed), Eigen::all);
}

// The true value among the draws: how many lie below, and of those equal to it as many as the lot says.
Index rank_among(const Eigen::Ref<const Vector>& draws, double truth, Keyed& lot) {
  const Index equal = (draws.array() == truth).count();
  const Index below = (draws.array() < truth).count();
  return below + static_cast<Index>(lot.below(static_cast<std::uint32_t>(equal + 1)));
}

RankRepeat ranked(const MadeUpCase& made, const Posterior& posterior, const RankedQuantities& quantities,
                  Index n_draws) {
  RankRepeat repeat;
  const Matrix draws = quantities.of(thinned(posterior, n_draws, made.seed));
  repeat.outcome = posterior.trusted() ? Outcome::trusted : Outcome::doubtful;
  repeat.doubts = posterior.doubts;
  repeat.truth = quantities.of(made.truth).row(0);
  repeat.mean = draws.colwise().mean();
  repeat.sd = ((draws.rowwise() - repeat.mean).colwise().squaredNorm() / static_cast<double>(n_draws - 1))
                  .cwiseSqrt();
  Keyed lot(made.seed, Purpose::validation, Lot::among_equal_draws);
  for (Index j = 0; j < draws.cols(); ++j)
    repeat.ranks.push_back(rank_among(draws.col(j), repeat.truth[j], lot));
  return repeat;
}

bool counts(const RankRepeat& repeat, Ranked which) {
  return repeat.outcome == Outcome::trusted || (which == Ranked::all && repeat.outcome == Outcome::doubtful);
}

std::vector<const RankRepeat*> those(const RankCheck& check, Ranked which) {
  std::vector<const RankRepeat*> chosen;
  for (const RankRepeat& repeat : check.repeats)
    if (counts(repeat, which)) chosen.push_back(&repeat);
  return chosen;
}

std::vector<Index> ranks_of(const std::vector<const RankRepeat*>& repeats, std::size_t quantity) {
  std::vector<Index> ranks;
  for (const RankRepeat* repeat : repeats) ranks.push_back(repeat->ranks[quantity]);
  return ranks;
}

Cover cover_of(const std::vector<Index>& ranks, Index n_draws, double share) {
  const auto cells = static_cast<double>(n_draws + 1);
  const auto first = static_cast<Index>(std::llround(0.5 * (1 - share) * cells));
  const auto covered =
      std::ranges::count_if(ranks, [&](Index rank) { return rank >= first && rank < n_draws + 1 - first; });
  return {covered, binomial_range(static_cast<Index>(ranks.size()), share, cover_confidence)};
}

void add_moments(const std::vector<const RankRepeat*>& repeats, Index quantity, RankVerdict& verdict) {
  const auto n = static_cast<Index>(repeats.size());
  Vector z(n);
  Vector truth(n);
  Vector variance(n);
  Index known = 0;
  for (Index i = 0; i < n; ++i) {
    const RankRepeat& repeat = *repeats[static_cast<std::size_t>(i)];
    truth[i] = repeat.truth[quantity];
    variance[i] = repeat.sd[quantity] * repeat.sd[quantity];
    // All draws in a spike: no scale to judge by.
    if (repeat.sd[quantity] > 0) z[known++] = (truth[i] - repeat.mean[quantity]) / repeat.sd[quantity];
  }
  if (known > 0) {
    verdict.shift = z.head(known).mean();
    verdict.spread = std::sqrt((z.head(known).array() - verdict.shift).square().mean());
  }
  const double whole = (truth.array() - truth.mean()).square().mean();
  if (whole > 0) verdict.contraction = 1 - variance.mean() / whole;
}
}  // namespace

CaseMaker cases_of(Problem problem, std::uint64_t seed) {
  return [problem = std::move(problem), seed](Index repeat) -> std::optional<MadeUpCase> {
    const std::uint64_t own = seed_of(repeat, Part::world, seed);
    const Simulations run = simulate(problem, prior_scores(1, problem.prior.n_scores(), own), own);
    if (run.failed(0)) return std::nullopt;
    return case_at(problem.observation, run, 0, own);
  };
}

CaseMaker cases_of_bank(Observation like, Simulations bank, std::uint64_t seed) {
  return [like = std::move(like), bank = std::move(bank), seed](Index repeat) -> std::optional<MadeUpCase> {
    if (repeat >= bank.size()) throw std::out_of_range("more repeats than runs in the bank");
    if (bank.failed(repeat)) return std::nullopt;
    return case_at(like, bank, repeat, seed_of(repeat, Part::world, seed));
  };
}

Simulations others_of_bank(const Simulations& bank, Index held_out, Index n, std::uint64_t seed) {
  if (n >= bank.size()) throw std::invalid_argument("the bank has not as many other runs");
  std::vector<Index> rows(static_cast<std::size_t>(bank.size()));
  std::iota(rows.begin(), rows.end(), Index{0});
  std::swap(rows[static_cast<std::size_t>(held_out)], rows.back());
  Keyed lot(seed, Purpose::validation, Lot::other_runs);
  for (Index i = 0; i < n; ++i) {
    const auto left = static_cast<std::uint32_t>(bank.size() - 1 - i);
    std::swap(rows[static_cast<std::size_t>(i)], rows[static_cast<std::size_t>(i) + lot.below(left)]);
  }
  rows.resize(static_cast<std::size_t>(n));
  return {bank.scores(rows, Eigen::all), bank.parameters(rows, Eigen::all), bank.summaries(rows, Eigen::all)};
}

RankedQuantities parameters_themselves(const Prior& prior) {
  return {prior.names(), [](const Matrix& parameters) { return parameters; }};
}

Index RankCheck::count(RankRepeat::Outcome outcome) const {
  return std::ranges::count(repeats, outcome, &RankRepeat::outcome);
}

RankCheck check_ranks(const CaseMaker& cases, const PosteriorMethod& method,
                      const RankedQuantities& quantities, const RankCheckOptions& options) {
  check(quantities, options);
  RankCheck result{quantities.names, options.n_draws, {}};
  result.repeats.resize(static_cast<std::size_t>(options.n_repeats));
  for_each_below(result.repeats.size(), [&](std::size_t i) {
    const auto repeat = static_cast<Index>(i);
    auto made = cases(repeat);
    if (!made) return;
    made->seed = seed_of(repeat, Part::method, options.seed);
    try {
      result.repeats[i] = ranked(*made, method(*made, repeat), quantities, options.n_draws);
    } catch (const std::runtime_error& error) {
      result.repeats[i].outcome = Outcome::failed;
      result.repeats[i].failure = error.what();
    }
  });
  return result;
}

std::vector<RankVerdict> verdicts(const RankCheck& check, Ranked which) {
  const auto repeats = those(check, which);
  if (repeats.empty()) return {};
  const auto n = static_cast<Index>(repeats.size());
  const UniformRanks uniform(n, check.n_draws);
  std::vector<RankVerdict> result;
  for (std::size_t j = 0; j < check.names.size(); ++j) {
    const std::vector<Index> ranks = ranks_of(repeats, j);
    RankVerdict verdict;
    verdict.name = check.names[j];
    verdict.n = n;
    verdict.p = uniform.p_value(ranks);
    verdict.half = cover_of(ranks, check.n_draws, 0.5);
    verdict.nine_tenths = cover_of(ranks, check.n_draws, 0.9);
    add_moments(repeats, static_cast<Index>(j), verdict);
    result.push_back(std::move(verdict));
  }
  return result;
}

std::string ranks_csv(const RankCheck& check) {
  static constexpr std::array<std::string_view, 2> outcomes = {"trusted", "doubtful"};
  std::string text = "repeat,outcome";
  for (const std::string& name : check.names) text += "," + name;
  text += '\n';
  for (std::size_t i = 0; i < check.repeats.size(); ++i) {
    const RankRepeat& repeat = check.repeats[i];
    if (!counts(repeat, Ranked::all)) continue;
    text += fmt::format("{},{}", i, outcomes.at(static_cast<std::size_t>(repeat.outcome)));
    for (const Index rank : repeat.ranks) text += fmt::format(",{}", rank);
    text += '\n';
  }
  return text;
}

std::string bands_csv(const RankCheck& check, Ranked which, double confidence) {
  std::string text = "quantity,below,share,expected,seen,low,high\n";
  const auto repeats = those(check, which);
  if (repeats.empty()) return text;
  const auto n = static_cast<Index>(repeats.size());
  const std::vector<CountRange> band = UniformRanks(n, check.n_draws).band(confidence);
  for (std::size_t j = 0; j < check.names.size(); ++j) {
    const std::vector<Index> below = ranks_below(ranks_of(repeats, j), check.n_draws);
    for (std::size_t k = 0; k < below.size(); ++k) {
      const double share = static_cast<double>(k + 1) / static_cast<double>(check.n_draws + 1);
      text += fmt::format("{},{},{},{},{},{},{}\n", check.names[j], k + 1, share,
                          share * static_cast<double>(n), below[k], band[k].low, band[k].high);
    }
  }
  return text;
}

}  // namespace tremplin::inference
