// The estimates of small.csv against those that R's survey package 4.1 (R 4.2.2) makes of the same file. The
// committed tables small-*.r.csv and small-*.r_weights.csv were written by
//   survey_cases FOLDER && Rscript tests/calibration/survey/agree/agree.R FOLDER small-CASE --write
// and are made again, and the made-up file with them, in ./check --full.
#include <gtest/gtest.h>

#include <cmath>

#include "calibration/survey/csv.hpp"
#include "calibration/survey/survey_tables.hpp"
#include "tests/calibration/survey/agree/cases.hpp"
#include "tests/calibration/survey/books.hpp"

namespace tremplin::survey {
namespace {

// What both must agree to. R itself calibrates to 1e-10.
constexpr double relative = 1e-6;

std::vector<std::vector<std::string>> table(const std::string& path) {
  const SourceText file = test::shipped(path);
  Faults faults;
  CsvReader reader(file, faults);
  std::vector<std::vector<std::string>> rows;
  std::vector<Cell> row;
  while (reader.next(row)) {
    rows.emplace_back();
    for (const Cell& cell : row) rows.back().push_back(cell.text);
  }
  rows.erase(rows.begin());  // the names of the columns
  return rows;
}

// Errors of known totals are zero but for rounding.
void expect_near(double ours, const std::string& theirs, const std::string& what) {
  if (theirs.empty() || theirs == "NA" || theirs == "NaN") return;
  const double number = std::stod(theirs);
  EXPECT_NEAR(ours, number, relative * std::max(std::abs(number), relative)) << what;
}

class Agreement : public testing::TestWithParam<AgreementCase> {};

TEST_P(Agreement, WeightsEstimatesAndErrorsAreThoseOfR) {
  const SurveyBook& book = shipped_books().front();
  const std::string folder = "tests/calibration/survey/agree/";
  const Microdata data = read_microdata(test::shipped(folder + "small.csv"), book);
  const Weighed of = weigh(book, data, landscape_margins(book, shipped_figures(), data), GetParam().options);

  const std::string case_of = folder + "small-" + GetParam().name;
  const auto weights = table(case_of + ".r_weights.csv");
  ASSERT_EQ(weights.size(), of.weights.size());
  for (std::size_t i = 0; i < weights.size(); ++i) expect_near(of.weights[i], weights[i][1], "weight");

  const auto estimates = table(case_of + ".r.csv");
  ASSERT_EQ(estimates.size(), of.estimates.size());
  for (std::size_t i = 0; i < estimates.size(); ++i) {
    const std::vector<std::string>& row = estimates[i];
    const SurveyEstimate& ours = of.estimates[i];
    const std::string what = row[0] + " " + row[1] + " " + row[2];
    ASSERT_EQ(column_of(book, ours), row[0]);
    ASSERT_EQ(answers_of(book, ours), row[2]);
    expect_near(ours.value, row[5], what);
    expect_near(ours.se, row[6], what + ", error");
    expect_near(ours.se_jackknife, row[7], what + ", jackknife");
    expect_near(ours.df, row[8], what + ", df");
    if (!std::isnan(ours.deff)) expect_near(ours.deff, row[9], what + ", deff");
  }
}

INSTANTIATE_TEST_SUITE_P(Survey, Agreement, testing::ValuesIn(agreement_cases),
                         [](const auto& each) { return std::string(each.param.name); });

}  // namespace
}  // namespace tremplin::survey
