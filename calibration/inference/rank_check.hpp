// Simulation-based calibration of an inference method (Talts et al. 2018; Modrák et al. 2023 on quantities
// beside the parameters): parameters drawn from the prior, data made from them, a posterior from the data.
// The true value ranks evenly among draws of its posterior, and central intervals cover it as often as they
// say, if the posterior is exact (issue: from surveys to a calibrated model, point 6).
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "calibration/inference/problem.hpp"
#include "calibration/inference/rank_band.hpp"

namespace tremplin::inference {

struct MadeUpCase {
  Row truth;                // parameters
  Observation observation;  // of data that came of them
  std::uint64_t seed = 0;   // for the method
};
// nullopt where the run at the truth failed. Thread-safe; depends on the repeat only.
using CaseMaker = std::function<std::optional<MadeUpCase>(Index repeat)>;
// Draws of the parameters given the data of a case; must be thread-safe and depend on its arguments only.
using PosteriorMethod = std::function<Posterior(const MadeUpCase& made, Index repeat)>;

// Truth from the prior, one run of the problem's simulator there, data as made_up_observation() draws them.
CaseMaker cases_of(Problem problem, std::uint64_t seed);

// Where runs are dear: they are made once, at draws of the prior. Repeat i takes run i for the world (as many
// repeats as runs: std::out_of_range beyond), and a method learns from other runs.
CaseMaker cases_of_bank(Observation like, Simulations bank, std::uint64_t seed);
// n runs of the bank, drawn by lot without run `held_out`; n below its size (std::invalid_argument).
Simulations others_of_bank(const Simulations& bank, Index held_out, Index n, std::uint64_t seed);

// What is ranked: columns of a function of the parameters (n x d to n x names), row by row.
struct RankedQuantities {
  std::vector<std::string> names;
  std::function<Matrix(const Matrix& parameters)> of;
};
RankedQuantities parameters_themselves(const Prior& prior);

struct RankCheckOptions {
  Index n_repeats = 500;
  Index n_draws = 99;  // of each posterior; n_draws + 1 a multiple of 20, so that intervals end at a rank
  std::uint64_t seed = 1;
};

struct RankRepeat {
  enum class Outcome { trusted, doubtful, failed, no_data };
  Outcome outcome = Outcome::no_data;
  std::string failure;  // why there are no draws
  std::vector<Doubt> doubts;
  std::vector<Index> ranks;  // of each quantity, 0 .. n_draws; among equal draws by lot; none without draws
  Row truth, mean, sd;       // of each quantity: the true value, and of the draws
};

struct RankCheck {
  std::vector<std::string> names;
  Index n_draws = 0;
  std::vector<RankRepeat> repeats;

  [[nodiscard]] Index count(RankRepeat::Outcome outcome) const;
};

// A method that throws std::runtime_error, gives fewer draws than n_draws or draws that are not finite has
// failed; other exceptions pass. Draws are thinned to n_draws at even distances (by weight). Throws
// std::invalid_argument on options that make no sense. Same bits for any number of threads.
RankCheck check_ranks(const CaseMaker& cases, const PosteriorMethod& method,
                      const RankedQuantities& quantities, const RankCheckOptions& options);

// How many true values lay within central intervals, and the 99 % range of that number if they are exact.
struct Cover {
  Index covered = 0;
  CountRange range;

  [[nodiscard]] bool holds() const { return range.low <= covered && covered <= range.high; }
};

struct RankVerdict {
  std::string name;
  Index n = 0;   // repeats with draws
  double p = 1;  // UniformRanks::p_value: below 0.05 ranks leave the band that holds at once with 95 %
  Cover half, nine_tenths;
  // True values less the posterior's mean, in its standard deviations: mean and standard deviation. Near 0
  // and 1 where posteriors are near normal; a spread above 1 is of posteriors too narrow.
  double shift = 0;
  double spread = 1;
  double contraction = 0;  // 1 - mean variance of the posteriors / variance of the true values
};
enum class Ranked { all, trusted };
// One for each quantity; none if no repeat has draws.
std::vector<RankVerdict> verdicts(const RankCheck& check, Ranked which = Ranked::all);

// repeat, outcome and the rank of each quantity: one line for each repeat with draws.
std::string ranks_csv(const RankCheck& check);
// For each quantity and k: the number of ranks below k, what is expected, and the band that holds at once.
std::string bands_csv(const RankCheck& check, Ranked which = Ranked::all, double confidence = 0.95);

}  // namespace tremplin::inference
