#include "cli/progress.hpp"

#include <gtest/gtest.h>

#include <sstream>
#include <thread>

namespace tremplin::cli {
namespace {

using std::chrono::seconds;

TEST(Progress, SaysDoneTotalPercentageAndTimeLeft) {
  Progress progress(nullptr, Language::en, 4, 2);
  const Office office;
  for (int i = 0; i < 6; ++i) progress.office_done(office);
  // 6 of 8 offices in 30 s: 2 offices are left, 10 s.
  EXPECT_EQ(progress.line(seconds(30)), "Replicate 2 of 2  75%  10 s left");
}

TEST(Progress, SpeaksFrenchAndDutch) {
  Progress french(nullptr, Language::fr, 1, 2);
  Progress dutch(nullptr, Language::nl, 1, 2);
  french.office_done({});
  dutch.office_done({});
  EXPECT_EQ(french.line(seconds(187)), "Répétition 2 de 2  50 %  encore 3 min 07 s");
  EXPECT_EQ(dutch.line(seconds(187)), "Herhaling 2 van 2  50%  nog 3 min 07 s");
}

TEST(Progress, NeverPassesItsTotal) {
  Progress progress(nullptr, Language::en, 1, 1);
  for (int i = 0; i < 5; ++i) progress.office_done({});
  EXPECT_EQ(progress.line(seconds(1)), "Replicate 1 of 1  100%");
}

TEST(Progress, CountsFromSeveralThreads) {
  Progress progress(nullptr, Language::en, 1000, 4);
  {
    std::vector<std::jthread> threads;
    for (int t = 0; t < 4; ++t) {
      threads.emplace_back([&progress] {
        for (int i = 0; i < 1000; ++i) progress.office_done({});
      });
    }
  }
  EXPECT_EQ(progress.line(seconds(1)), "Replicate 4 of 4  100%");
}

TEST(Progress, LeavesNothingOnTheScreen) {
  std::ostringstream screen;
  {
    Progress progress(&screen, Language::en, 2, 1);
    std::this_thread::sleep_for(std::chrono::milliseconds(110));  // it draws ten times a second
    progress.office_done({});
  }
  const std::string drawn = screen.str();
  EXPECT_NE(drawn.find("50%"), std::string::npos);
  EXPECT_TRUE(drawn.ends_with("\r\x1b[K"));
}

}  // namespace
}  // namespace tremplin::cli
