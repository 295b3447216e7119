// Answers that meet published tables: each respondent gets one of several answers so that the unweighted
// counts are exact and the weighted shares as near as single answers allow.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

namespace tremplin::survey {

struct Quota {
  double share = 0;          // of the weight
  std::optional<int> count;  // of respondents; all quotas have one, or none
};

// lots: [respondent] distinct numbers that decide who gets what. Returns [respondent] the number of its
// quota. Shares sum to 1, counts to the number of respondents.
std::vector<std::size_t> assign(const std::vector<double>& weights, const std::vector<double>& lots,
                                const std::vector<Quota>& quotas);

}  // namespace tremplin::survey
