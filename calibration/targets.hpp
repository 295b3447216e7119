// Targets: published figures with standard errors (calibration/targets.yaml: 004:287-295, 004:3741-3999,
// 000:169 and the public record), and the same figures measured on runs. Nothing here fits anything: it
// says what was published, what a run gives, and how far apart they are.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "engine/simulate/run_result.hpp"
#include "scenarios/landscape/figures.hpp"
#include "scenarios/language.hpp"
#include "scenarios/source_text.hpp"

namespace tremplin {

// Tallies, or the work on tasks, summed over strata, of one region or income group if given.
struct Selection {
  std::vector<Tally> tallies{};
  std::optional<Region> region{};
  std::optional<int> income_group{};  // 0 to 3 for GR1 to GR4
  std::vector<Task> tasks{};
  Workload work{};  // of the tasks
};

struct MeanOverMonths {
  Selection of;
};
struct SumOverMonths {
  Selection of;
};
struct RatioOfSums {
  Selection over;
  Selection under;
};
// Of the people in RunResult::paid_days; `days` for the two shares.
struct PaidDays {
  enum class Figure : std::uint8_t { people, share_up_to, share_above, mean, median };
  Figure figure{};
  int days = 0;
};
using TargetMeasure = std::variant<MeanOverMonths, SumOverMonths, RatioOfSums, PaidDays>;

// How a published figure scatters around what is true, `se` being its standard error.
struct NormalFigure {};
struct BinomialFigure {};  // a share, of the sample that se stands for
struct CountFigure {};     // negative binomial
struct IntervalFigure {    // between two values, themselves known within `edge`
  double low = 0;
  double high = 0;
  double edge = 0;
};
struct MultinomialFigure {  // one of the shares of a set
  std::string set;
};
using TargetLikelihood =
    std::variant<NormalFigure, BinomialFigure, CountFigure, IntervalFigure, MultinomialFigure>;

enum class TargetTheme : std::uint8_t {
  caseload,
  people,
  duration,
  activation,
  exits,
  contracts,
  accounts,
  workload
};
inline constexpr std::array<std::string_view, 8> target_theme_names = {
    "caseload", "people", "duration", "activation", "exits", "contracts", "accounts", "workload"};

enum class TargetRole : std::uint8_t { fit, validation };

struct Target {
  std::string id;  // "stock/2013" where one entry gives several years
  TargetTheme theme{};
  Text label;
  double value = 0;
  double se = 0;  // standard error of the published figure, for the reason in `error`
  std::string error;
  bool error_shared = false;  // one error for all years of the entry, not one for each
  TargetLikelihood likelihood;
  double discrepancy = 0;  // the model's own error, assumed: standard deviation as a part of the value
  std::string unit;
  std::string population;
  Month from;   // the period of the figure
  Month until;  // exclusive
  TargetMeasure measure;
  double scale = 1;
  std::string vintage;
  std::string source;
  std::string note;  // may be empty
  TargetRole role{};
  bool fitted = false;  // used by a posterior
  Text misfit;          // why the model cannot meet the figure, where that is known; else empty
};

// Throws InputError with all faults.
std::vector<Target> load_targets(const SourceText& file);

// "2013-10", "2013", "2003-2015" or "2013-03/2013-08": the same in every language.
std::string period_text(const Target& target);

// Whether the run reports all months of the target (and, for paid days, the two years after them).
bool covers(const RunResult& result, const Target& target);

// The figure of one run; counts of a stratum are multiplied by its weight (n_strata weights, 1 without
// sampling). NaN if the run does not cover the target or the figure has no denominator.
double evaluate(const Target& target, const RunResult& result, std::span<const double> stratum_weights);

struct TargetFit {
  const Target* target = nullptr;
  bool covered = false;       // false: the numbers below say nothing
  double simulated = 0;       // mean over replicates
  double spread = 0;          // standard deviation over replicates; 0 for one replicate
  double misfit_percent = 0;  // (simulated - published) / published
  double misfit_errors = 0;   // (simulated - published) / se
};

// One line for each target, in order; it points into `targets`.
std::vector<TargetFit> fit(std::span<const Target> targets, std::span<const RunResult> replicates,
                           std::span<const double> stratum_weights);

}  // namespace tremplin
