#include "outputs/inference_data.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <limits>

#include "engine/base/errors.hpp"
#include "outputs/store.hpp"
#include "tests/outputs/stored_inference.hpp"

namespace tremplin {
namespace {

namespace fs = std::filesystem;

class InferenceDataTest : public testing::Test {
 protected:
  void SetUp() override {
    const auto* test = testing::UnitTest::GetInstance()->current_test_info();
    file_ = fs::temp_directory_path() / (std::string("tremplin-inference-") + test->name() + ".h5");
  }
  void TearDown() override { fs::remove(file_); }
  fs::path file_;
};

TEST_F(InferenceDataTest, ComesBackAsItWas) {
  const InferenceData data = test::stored_inference();
  write_inference_data(data, file_);
  const InferenceData back = read_inference_data(file_);
  EXPECT_EQ(back.parameters, data.parameters);
  EXPECT_EQ(back.posterior, data.posterior);
  EXPECT_EQ(back.prior, data.prior);
  EXPECT_EQ(back.log_weights, data.log_weights);
  EXPECT_EQ(back.figures, data.figures);
  EXPECT_EQ(back.roles, data.roles);
  EXPECT_EQ(back.observed[0], data.observed[0]);
  EXPECT_TRUE(std::isnan(back.observed[1]));
  EXPECT_EQ(back.predictive, data.predictive);
  EXPECT_EQ(back.predictive_draws, data.predictive_draws);
  EXPECT_EQ(back.learnt, data.learnt);
  EXPECT_EQ(back.sensitivity, data.sensitivity);
  ASSERT_EQ(back.fits.size(), 2U);
  EXPECT_EQ(back.fits[0].estimate, inference::Estimate::maximum_likelihood);
  EXPECT_TRUE(back.fits[0].converged);
  EXPECT_FALSE(back.fits[0].at_edge);
  EXPECT_EQ(back.fits[1].parameters, data.fits[1].parameters);
  EXPECT_EQ(back.fits[1].n_failed, 3);
  EXPECT_EQ(back.fits[1].error, 0.25);
  ASSERT_EQ(back.profiles.size(), 2U);
  EXPECT_EQ(back.profiles[0].values, data.profiles[0].values);
  EXPECT_EQ(back.profiles[0].high, 0.088);
  EXPECT_EQ(back.profiles[1].log_likelihood, data.profiles[1].log_likelihood);
  EXPECT_EQ(back.profiles[1].shape, inference::ProfileShape::flat);
  EXPECT_TRUE(std::isnan(back.profiles[1].low));
  EXPECT_EQ(back.diagnostics, data.diagnostics);
  EXPECT_EQ(back.doubts, data.doubts);
  EXPECT_EQ(back.origin, data.origin);
}

TEST_F(InferenceDataTest, TheSameContentGivesTheSameBytes) {
  const auto bytes = [this] {
    write_inference_data(test::stored_inference(), file_);
    std::ifstream file(file_, std::ios::binary);
    return std::string((std::istreambuf_iterator<char>(file)), {});
  };
  EXPECT_EQ(bytes(), bytes());
}

TEST_F(InferenceDataTest, SizesThatDoNotFitAreRefused) {
  InferenceData data = test::stored_inference();
  data.log_weights.conservativeResize(2);
  EXPECT_THROW(write_inference_data(data, file_), std::invalid_argument);
  EXPECT_FALSE(fs::exists(file_));
}

FaultKind kind_of(const std::function<void()>& act) {
  try {
    act();
  } catch (const InputError& error) {
    return error.faults().front().kind;
  }
  ADD_FAILURE() << "no fault";
  return {};
}

TEST_F(InferenceDataTest, ADamagedByteAndAnotherKindOfFileAreTold) {
  write_inference_data(test::stored_inference(), file_);
  EXPECT_EQ(kind_of([&] { read_run(file_); }), FaultKind::other_file);
  std::fstream file(file_, std::ios::binary | std::ios::in | std::ios::out);
  file.seekp(1500);
  file.put('\x7f');
  file.close();
  EXPECT_EQ(kind_of([&] { read_inference_data(file_); }), FaultKind::not_a_result);
  fs::remove(file_);
  EXPECT_EQ(kind_of([&] { read_inference_data(file_); }), FaultKind::unreadable);
}

}  // namespace
}  // namespace tremplin
