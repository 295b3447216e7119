// The split of uncertainty as files: every number at its place, and other kinds of file refused.
#include "outputs/uncertainty_file.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "outputs/hdf5/file.hpp"
#include "outputs/inspect.hpp"
#include "outputs/result_file.hpp"
#include "outputs/store.hpp"
#include "tests/faults.hpp"
#include "tests/outputs/stored_run.hpp"

namespace tremplin {
namespace {

// One reform, three replicates; indicator i is i + 1 times a simple series, the last one undefined.
std::vector<ReformSpread> some_spreads(const Run& run) {
  ReformSpread reform;
  reform.reform = run.scenarios.size() - 1;
  reform.period = {Month{2013, 11}, Month{2015, 1}};
  for (std::size_t i = 0; i < n_indicators; ++i) {
    const auto factor = static_cast<double>(i + 1);
    reform.differences.push_back({{factor, 0, 0}, {0, 2 * factor, 0}, {0, 0, factor / 3}});
  }
  reform.differences.back()[1].b = std::nan("");
  reform.spreads = split_spread(reform.differences, 1);
  return {reform};
}

class UncertaintyFile : public testing::Test {
 protected:
  tremplin::Run run_ = test::stored_run();
  std::vector<ReformSpread> reforms_ = some_spreads(run_);
  test::Folder folder_;
};

TEST_F(UncertaintyFile, HoldsEveryRunAndEveryShare) {
  const auto path = folder_ / "split.h5";
  write_uncertainty(run_, reforms_, path);
  EXPECT_EQ(format_of(path).name, uncertainty_format.name);
  read_from(path, open_sealed(path, uncertainty_format), [&](const hdf5::Group& root) {
    EXPECT_EQ(root.text("base"), run_.scenarios.front().name);
    EXPECT_EQ(root.value<std::uint64_t>("seed"), run_.seed);
    EXPECT_EQ(root.group("inputs").dataset("input").read_texts().size(), run_.inputs.size());
    const hdf5::Group runs = root.group("runs");
    const hdf5::Dataset difference = runs.dataset("difference");
    EXPECT_EQ(difference.axes(), (std::vector<std::string>{"reform", "indicator", "replicate", "run"}));
    EXPECT_EQ(difference.shape(), (hdf5::Shape{1, n_indicators, 3, 3}));
    const std::vector<double> values = difference.read<double>();
    EXPECT_EQ(values[9 + 4], 4);  // second indicator, second replicate, run B
    EXPECT_TRUE(std::isnan(values[values.size() - 9 + 4]));
    const hdf5::Group split = root.group("split");
    EXPECT_EQ(split.dataset("origin").read_texts(),
              (std::vector<std::string>{"luck", "parameters", "landscape"}));
    EXPECT_EQ(split.dataset("share").axes(), (std::vector<std::string>{"reform", "indicator", "origin"}));
    const std::vector<double> shares = split.dataset("share").read<double>();
    const Spread& first = *reforms_[0].spreads[0];
    EXPECT_EQ(shares[0], first.share(SpreadOrigin::luck));
    EXPECT_EQ(shares[2], first.share(SpreadOrigin::landscape));
    EXPECT_TRUE(std::isnan(shares.back()));
    EXPECT_TRUE(std::isnan(split.dataset("share_low").read<double>()[0]));  // three replicates
    EXPECT_EQ(split.dataset("deviation").read<double>()[1], reforms_[0].spreads[1]->deviation);
    EXPECT_EQ(split.dataset("until").read<std::int32_t>()[0], first_day_of(Month{2015, 1}));
  });
}

TEST_F(UncertaintyFile, AsATableHasALineForEachIndicator) {
  const std::string text = uncertainty_csv(run_, reforms_);
  EXPECT_EQ(static_cast<std::size_t>(std::ranges::count(text, '\n')), n_indicators + 1);
  EXPECT_TRUE(text.starts_with(
      "reform,indicator,unit,basis,from,to,replicates,mean,deviation,deviation_low,deviation_high,luck_share,"
      "luck_share_low,luck_share_high,parameters_share,parameters_share_low,parameters_share_high,"
      "landscape_share,landscape_share_low,landscape_share_high\n"));
  // All off-diagonal products are below nothing. Mean (1 + 2 + 1 / 3) / 9; squares about the means sum to
  // 2 / 3 of 1 + 4 + 1 / 9, a third of which over n - 1 = 2 is the variance: 0.567901, of which the root is
  // 0.753592.
  const std::string name = run_.scenarios.back().name;
  EXPECT_NE(text.find(name + ",people_paid,person,monthly_mean,2013-11,2014-12,3,0.37037037,0.75359222,,,1,,,"
                             "0,,,0,,\n"),
            std::string::npos)
      << text.substr(0, 600);
  EXPECT_TRUE(text.ends_with(",2013-11,2014-12,3,,,,,,,,,,,,,\n"));
}

TEST_F(UncertaintyFile, IsNotTakenForAResult) {
  const auto path = folder_ / "split.h5";
  write_uncertainty(run_, reforms_, path);
  for (const auto& faults :
       {test::faults_of([&] { read_run(path); }), test::faults_of([&] { inspect(path); })}) {
    ASSERT_EQ(faults.size(), 1U);
    EXPECT_EQ(faults[0].kind, FaultKind::other_file);
    EXPECT_EQ(faults[0].found, "a split of uncertainty");
  }
}

TEST_F(UncertaintyFile, HasTheSameBytesEachTime) {
  write_uncertainty(run_, reforms_, folder_ / "a.h5");
  write_uncertainty(run_, reforms_, folder_ / "b.h5");
  EXPECT_EQ(test::content_of(folder_ / "a.h5"), test::content_of(folder_ / "b.h5"));
}

}  // namespace
}  // namespace tremplin
