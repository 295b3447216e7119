// The calibrated model that ships (calibration/fitted/) belongs to the priors and the figures of this tree.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <string>
#include <vector>

#include "calibration/model/fitted_posterior.hpp"
#include "calibration/model/model_simulator.hpp"
#include "calibration/model/parameter_prior.hpp"
#include "calibration/model/target_check.hpp"
#include "outputs/inference_data.hpp"
#include "outputs/run.hpp"
#include "tests/calibration/files.hpp"

namespace tremplin {
namespace {

using inference::Index;

const InferenceData& posterior() {
  static const InferenceData read =
      read_inference_data(std::filesystem::path(TREMPLIN_SOURCE_DIR) / "calibration/fitted/posterior.h5");
  return read;
}

const PriorTable& priors() {
  static const PriorTable table = load_priors(test::shipped("calibration/parameters.yaml"));
  return table;
}

const FittedPosterior& draws_as_text() {
  static const FittedPosterior read = load_fitted(test::shipped(fitted_file), priors());
  return read;
}

// The column of the file, which gives them by name, for each column of the text.
std::vector<Index> columns() {
  const std::vector<std::string>& names = posterior().parameters;
  std::vector<Index> found;
  for (const std::size_t place : draws_as_text().places)
    found.push_back(std::ranges::find(names, priors().name_of(place)) - names.begin());
  return found;
}

TEST(ShippedPosterior, DrawsOfTheTextAreThoseOfTheFile) {
  const auto& rows = draws_as_text().rows;
  ASSERT_GE(rows.size(), 1000U);
  ASSERT_EQ(static_cast<Index>(rows.size()), posterior().posterior.rows());
  const std::vector<Index> of = columns();
  ASSERT_EQ(of.size(), posterior().parameters.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    for (std::size_t j = 0; j < of.size(); ++j) {
      ASSERT_LT(of[j], posterior().posterior.cols()) << "a column that the file does not have";
      const double of_file = posterior().posterior(static_cast<Index>(i), of[j]);
      ASSERT_NEAR(rows[i][j], of_file, 1e-8 * std::abs(of_file)) << "written to nine digits";
    }
  }
  EXPECT_EQ(posterior().log_weights.minCoeff(), posterior().log_weights.maxCoeff()) << "of equal weight";
}

// A prior that was changed since needs a new calibration. The file's draws of the prior are those of its
// seed, 1; quantiles of beta priors are Boost.Math's, whose last digits may differ between processors.
TEST(ShippedPosterior, ItsPriorIsThatOfParametersYaml) {
  const inference::Prior now = prior_of(priors(), draws_as_text().places);
  const inference::Matrix draws =
      now.parameters(inference::prior_scores(posterior().prior.rows(), now.n_scores(), 1));
  const std::vector<Index> of = columns();
  for (Index j = 0; j < draws.cols(); ++j) {
    const double scale = draws.col(j).cwiseAbs().maxCoeff();
    const auto stored = posterior().prior.col(of[static_cast<std::size_t>(j)]);
    EXPECT_LT((draws.col(j) - stored).cwiseAbs().maxCoeff(), 1e-9 * scale)
        << now.names()[static_cast<std::size_t>(j)];
  }
}

TEST(ShippedPosterior, ItsFiguresAreThoseOfTargetsYamlAndEachOneOutsideHasItsReason) {
  Plan plan;
  plan.report_until = Month(2016, 1);
  const std::vector<Target> targets =
      targets_covered(load_targets(test::shipped("calibration/targets.yaml")), plan);
  ASSERT_EQ(targets.size(), posterior().figures.size());
  for (std::size_t t = 0; t < posterior().figures.size(); ++t) {
    const std::string& id = posterior().figures[t];
    const auto target = std::ranges::find(targets, id, &Target::id);
    ASSERT_NE(target, targets.end()) << id;
    EXPECT_EQ(posterior().observed[static_cast<Index>(t)], target->value) << id;
    EXPECT_EQ(posterior().standard_error[static_cast<Index>(t)], target->se) << id;
    EXPECT_EQ(posterior().roles[t] == "fit", target->role == TargetRole::fit) << id;
    EXPECT_EQ(target->fitted, target->role == TargetRole::fit) << id;
    if (!checked(*target, posterior().predictive.col(static_cast<Index>(t))).inside) {
      for (const std::string& reason : target->misfit.in) EXPECT_FALSE(reason.empty()) << id;
    }
  }
}

}  // namespace
}  // namespace tremplin
