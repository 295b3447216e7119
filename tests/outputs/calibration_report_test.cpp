#include "outputs/calibration_report.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "calibration/inference/prior.hpp"
#include "tests/outputs/label_files.hpp"

namespace tremplin {
namespace {

// Two parameters, one learnt well and one not at all; two figures, one met and one not.
class CalibrationReportTest : public testing::Test {
 protected:
  CalibrationReportTest() {
    const inference::Matrix prior = inference::prior_scores(400, 2, 1);
    inference::Matrix posterior = inference::prior_scores(400, 2, 2);
    posterior.col(0) = (1 + 0.2 * posterior.col(0).array()).matrix();
    data_.parameters = {"frailty_sd", "later_claim"};
    data_.prior = prior;
    data_.posterior = posterior;
    data_.log_weights = inference::Vector::Constant(400, -std::log(400.0));
    data_.figures = {"stock/2013", "days_mean"};
    data_.roles = {"fit", "validation"};
    data_.observed = inference::Vector{{98'650.0, 279.0}};
    data_.standard_error = inference::Vector{{500.0, 0.6}};
    data_.predictive.resize(2, 2);
    data_.predictive << 98'000, 250, 99'000, 251;
    data_.predictive_draws = {0, 1};
    data_.learnt = inference::Vector{{0.96, -0.02}};
    data_.sensitivity["total"] = inference::Matrix{{0.9, 0.02}, {0.06, 0.99}};
    data_.sensitivity["total_low"] = inference::Matrix{{0.85, 0}, {0.04, 0.97}};
    data_.sensitivity["total_high"] = inference::Matrix{{0.95, 0.05}, {0.08, 1}};
    data_.diagnostics = {{"n_simulations", 300}, {"n_failed", 2}, {"movement", 0.04}};
    for (int i = 0; i < 2; ++i) {
      Target target;
      target.id = data_.figures[static_cast<std::size_t>(i)];
      target.value = data_.observed[i];
      target.se = data_.standard_error[i];
      target.role = i == 0 ? TargetRole::fit : TargetRole::validation;
      target.label.in = {"chiffre <A>", "cijfer <A>", "figure <A>"};
      target.from = Month{2013, 1};
      target.until = Month{2014, 1};
      targets_.push_back(target);
    }
  }
  [[nodiscard]] std::string page(Language language = Language::en) const {
    return calibration_report(data_, targets_, test::labels(), language);
  }
  InferenceData data_;
  std::vector<Target> targets_;
};

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t n = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++n;
  return n;
}

TEST_F(CalibrationReportTest, SaysWhatWasLearntAndWhatWasNot) {
  const std::string html = page();
  EXPECT_NE(html.find("Of all uncertain parameters 2 move the published figures"), std::string::npos);
  EXPECT_NE(html.find("300 simulations, 2 of which failed; 2 simulations with all CPAS"), std::string::npos);
  EXPECT_NE(html.find(">96%<"), std::string::npos);
  EXPECT_NE(html.find("Less than a tenth learnt"), std::string::npos);
  EXPECT_NE(html.find("Later claim of a non-claimant."), std::string::npos);
  EXPECT_NE(html.find("1 of 2 published figures lie within"), std::string::npos);
  EXPECT_NE(html.find("(kept out of the fit)"), std::string::npos);
}

TEST_F(CalibrationReportTest, NamesWhatMovesEachFigureFromFivePerCentOn) {
  const std::string html = page();
  EXPECT_NE(html.find("Spread of the distance to work 90% (85–95); Later claim of a non-claimant 6% (4–8)"),
            std::string::npos);
  EXPECT_NE(html.find(">Later claim of a non-claimant 99% (97–100)<"), std::string::npos);
}

TEST_F(CalibrationReportTest, TellsDoubtsFirst) {
  EXPECT_NE(page().find("find no reason to doubt"), std::string::npos);
  data_.doubts = {"the posterior still moved <b>"};
  const std::string html = page();
  EXPECT_NE(html.find("<li>the posterior still moved &lt;b&gt;</li>"), std::string::npos);
  EXPECT_EQ(html.find("find no reason to doubt"), std::string::npos);
}

TEST_F(CalibrationReportTest, IsWholeAndHarmlessInEveryLanguage) {
  for (const Language language : {Language::fr, Language::nl, Language::en}) {
    const std::string html = page(language);
    for (const char* tag : {"section", "table", "svg", "figure", "main"})
      EXPECT_EQ(count(html, std::string("<") + tag), count(html, std::string("</") + tag)) << tag;
    EXPECT_EQ(html.find("<A>"), std::string::npos);
    EXPECT_EQ(html.find("http"), html.find("http-equiv")) << "no request";
    EXPECT_EQ(html.find("nan"), std::string::npos);
    EXPECT_EQ(html.find("{"), html.find("{", html.find("<style>"))) << "no unfilled place before the style";
  }
  EXPECT_NE(page(Language::fr).find("<html lang=\"fr\">"), std::string::npos);
}

}  // namespace
}  // namespace tremplin
