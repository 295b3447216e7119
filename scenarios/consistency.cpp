#include "scenarios/consistency.hpp"

#include <fmt/format.h>

#include <array>
#include <utility>

namespace tremplin {

namespace {

// "<= piis/evaluations/per_year (2)"
template <typename Number>
std::string bound(std::string_view relation, std::string_view path, Number value) {
  return fmt::format("{} {} ({})", relation, path, value);
}

}  // namespace

std::vector<Contradiction> contradictions_in(const Rules& rules) {
  std::vector<Contradiction> found;
  const auto require = [&](bool holds, std::string_view path, auto value, std::string_view other,
                           std::string expected) {
    if (!holds)
      found.push_back({std::string(path), std::string(other), fmt::to_string(value), std::move(expected)});
  };
  require(rules.evaluations_face_to_face <= rules.evaluations_per_year, "piis/evaluations/face_to_face",
          rules.evaluations_face_to_face, "piis/evaluations/per_year",
          bound("<=", "piis/evaluations/per_year", rules.evaluations_per_year));
  require(rules.sanction_max_months_repeated >= rules.sanction_max_months, "sanction/max_months_repeated",
          rules.sanction_max_months_repeated, "sanction/max_months",
          bound(">=", "sanction/max_months", rules.sanction_max_months));
  require(rules.reimbursement_large_from >= rules.reimbursement_medium_from, "reimbursement/threshold/large",
          rules.reimbursement_large_from, "reimbursement/threshold/medium",
          bound(">=", "reimbursement/threshold/medium", rules.reimbursement_medium_from));
  // A month has at most 31 days: more days than the window holds could never be used.
  require(rules.spi_days <= rules.spi_window_months * 31, "spi/days", rules.spi_days, "spi/window_months",
          bound("<= 31 x", "spi/window_months", rules.spi_window_months));
  require(rules.piis_left_to_worker == 0 || rules.piis_under_age == 0, "piis/scope/under_age",
          rules.piis_under_age, "piis/scope/left_to_worker", "0, or piis/scope/left_to_worker = 0");
  require(rules.piis_left_to_worker == 0 || rules.piis_novelty_months == 0, "piis/scope/novelty_months",
          rules.piis_novelty_months, "piis/scope/left_to_worker", "0, or piis/scope/left_to_worker = 0");
  require(rules.community_service < 3 || rules.sanction_allowed == 1, "community_service/rule",
          rules.community_service, "sanction/allowed", "<= 2, or sanction/allowed = 1");
  require(rules.community_service < 3 || rules.sanction_grounds_social_activation == 1,
          "community_service/rule", rules.community_service, "sanction/grounds/social_activation",
          "<= 2, or sanction/grounds/social_activation = 1");
  struct Edge {
    std::string_view path;
    double value;
  };
  const std::array edges = {Edge{"subsidy/piis/bands/from_2", rules.subsidy_band_from_2},
                            Edge{"subsidy/piis/bands/from_3", rules.subsidy_band_from_3},
                            Edge{"subsidy/piis/bands/from_4", rules.subsidy_band_from_4},
                            Edge{"subsidy/piis/bands/from_5", rules.subsidy_band_from_5}};
  for (std::size_t i = 1; i < edges.size(); ++i) {
    const Edge& below = edges[i - 1];
    require(edges[i].value >= below.value, edges[i].path, edges[i].value, below.path,
            bound(">=", below.path, below.value));
  }
  return found;
}

}  // namespace tremplin
