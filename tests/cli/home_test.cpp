#include "cli/home.hpp"

#include <gtest/gtest.h>

#include "engine/base/errors.hpp"

namespace tremplin::cli {
namespace {

namespace fs = std::filesystem;

class Home : public ::testing::Test {
 protected:
  void SetUp() override {
    const auto* test = ::testing::UnitTest::GetInstance()->current_test_info();
    root_ = fs::path(::testing::TempDir()) / (std::string("tremplin home ") + test->name());
    fs::create_directories(root_ / "scenarios" / "law");
    fs::create_directories(root_ / "build" / "release" / "cli");
  }
  void TearDown() override { fs::remove_all(root_); }

  fs::path root_;
};

TEST_F(Home, IsFoundAboveTheProgramWithSpacesInThePath) {
  EXPECT_EQ(find_home(std::nullopt, root_ / "build" / "release" / "cli" / "tremplin"), root_);
}

TEST_F(Home, IsTheGivenFolderWhereverTheProgramStands) {
  EXPECT_EQ(find_home(root_.string(), "/usr/bin/tremplin"), root_);
}

TEST_F(Home, AGivenFolderWithoutLawIsRefused) {
  const std::string given = (root_ / "build").string();
  try {
    find_home(given, root_ / "tremplin");
    FAIL();
  } catch (const InputError& error) {
    EXPECT_EQ(error.faults().at(0).kind, FaultKind::unreadable);
    EXPECT_EQ(error.faults().at(0).source, given);
  }
}

TEST_F(Home, NothingAboveTheProgramIsAnError) {
  EXPECT_THROW(find_home(std::nullopt, "/usr/bin/tremplin"), InputError);
}

}  // namespace
}  // namespace tremplin::cli
