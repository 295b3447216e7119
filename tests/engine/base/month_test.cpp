#include "engine/base/month.hpp"

#include <gtest/gtest.h>

#include "engine/base/money.hpp"

namespace tremplin {
namespace {

TEST(Month, CountsFromJanuary1900) {
  EXPECT_EQ(Month(1900, 1).index, 0);
  EXPECT_EQ(Month(2016, 11).index, 116 * 12 + 10);
  EXPECT_EQ(Month(2016, 11).year(), 2016);
  EXPECT_EQ(Month(2016, 11).of_year(), 11);
  EXPECT_EQ(Month(2016, 12) + 1, Month(2017, 1));
  EXPECT_EQ(Month(2017, 1) - Month(2015, 11), 14);
}

TEST(Month, DaysFollowTheGregorianCalendar) {
  EXPECT_EQ(days_in(Month(1900, 2)), 28);  // 1900 was not a leap year
  EXPECT_EQ(days_in(Month(2000, 2)), 29);  // 2000 was
  EXPECT_EQ(days_in(Month(2004, 2)), 29);
  EXPECT_EQ(days_in(Month(2013, 2)), 28);
  EXPECT_EQ(first_day_of(Month(1900, 1)), 0);
  EXPECT_EQ(first_day_of(Month(1901, 1)), 365);
  EXPECT_EQ(first_day_of(Month(2000, 1)), 36524);  // 100 * 365 + 24 leap days (1904 to 1996)
  for (Month month(1993, 1); month < Month(2031, 1); ++month) {
    EXPECT_EQ(first_day_of(month + 1) - first_day_of(month), days_in(month)) << month.index;
  }
}

TEST(Money, PartsRoundHalvesAwayFromZero) {
  EXPECT_EQ(part_of(Cents{81736}, 10, 30).value, 27245);  // 27245.33
  EXPECT_EQ(part_of(Cents{5}, 1, 2).value, 3);
  EXPECT_EQ(part_of(Cents{-5}, 1, 2).value, -3);
  EXPECT_EQ(share_of(Cents{81736}, millionths_of(0.65)).value, 53128);  // 53128.4
  EXPECT_EQ(share_of(Cents{1}, millionths_of(0.5)).value, 1);
}

}  // namespace
}  // namespace tremplin
