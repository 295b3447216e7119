// From the answers of a survey to estimates for all CPAS. Each CPAS counts as one, shared evenly by its
// respondents (003:666-667); the weights are then raked to the number of CPAS by region, size and, where the
// file has it, income group; every question gives shares, means and totals with design-based standard errors,
// beside what the study published and what the study's own weights give.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "calibration/survey/cpas_sample.hpp"
#include "calibration/survey/margins.hpp"

namespace tremplin::survey {

struct WeighOptions {
  Distance distance = Distance::raking;
  Bounds bounds{.lower = 0.2, .upper = 5};
  std::string strata;  // a group whose codes are strata of the design; empty: one simple random sample
};

enum class Statistic : std::uint8_t { share, mean, total, ratio };
inline constexpr std::array<std::string_view, 4> statistic_names = {"share", "mean", "total", "ratio"};

// A code of a group that the estimate is confined to.
struct Within {
  std::size_t group = 0;
  std::size_t code = 0;
};

struct SurveyEstimate {
  Statistic statistic{};
  std::size_t question = 0;            // of the book; of a ratio, the ratio's number
  std::vector<std::size_t> answers{};  // codes counted together; empty but for shares
  std::optional<Within> within{};
  double published = 0;  // share, mean; NaN if nothing is
  double study = 0;      // with each CPAS as one
  double value = 0;      // with raked weights
  double se = 0;         // linearised; NaN if fewer than two CPAS answer
  double se_jackknife = 0;
  double low = 0;  // 95 % interval of Student's distribution; shares stay between 0 and 1
  double high = 0;
  double deff = 0;  // variance over that of as many respondents drawn with replacement; NaN for ratios
  int df = 0;
  int n_respondents = 0;  // who answered
  int n_cpas = 0;
};

struct Weighed {
  bool synthetic = false;
  int n_cpas = 0;
  double population = 0;            // CPAS in the country
  std::string_view replicate_type;  // "JK1" or "JKn"
  std::vector<SurveyMargin> margins;
  std::vector<double> study{};    // [respondent] 1 / respondents of the CPAS
  std::vector<double> design{};   // [respondent] times population / sample
  std::vector<double> weights{};  // [respondent] raked
  std::vector<SurveyEstimate> estimates{};
};

// Throws InputError with all faults: a code of a margin that fewer than two CPAS of the file have, more CPAS
// than the country has, totals that no weights within the bounds meet (or not without one of the CPAS, which
// is named).
Weighed weigh(const SurveyBook& book, const Microdata& data, std::vector<SurveyMargin> margins,
              const WeighOptions& options);

}  // namespace tremplin::survey
