#include "engine/population/cohort.hpp"

#include <gtest/gtest.h>

namespace tremplin {
namespace {

constexpr Month from{2004, 1};
constexpr Month until{2011, 1};

Cohort cohort() { return {from, until, Month(2013, 1)}; }

Person last_paid(Month month) {
  Person person;
  person.first_paid_day = static_cast<DayNumber>(first_day_of(Month(1996, 5)));
  person.last_paid_in = static_cast<MonthIndex>(month.index);
  return person;
}

bool begins(const Person& person, Month month) {
  return cohort().begins(person, static_cast<MonthIndex>(month.index));
}

TEST(Cohort, HoldsWhoeverIsPaidForTheFirstTime) {
  EXPECT_TRUE(begins(Person{}, Month(1997, 3)));
  EXPECT_TRUE(begins(Person{}, from));
}

TEST(Cohort, TakesWhoeverWasLastPaidBeforeTheRegisterBeganForNew) {
  // 004:3984-3988: the register holds payments from January 2002; starts are counted from January 2004.
  EXPECT_TRUE(begins(last_paid(Month(2001, 12)), from));
  EXPECT_FALSE(begins(last_paid(Month(2002, 1)), from));
  EXPECT_FALSE(begins(last_paid(Month(2002, 1)), Month(2010, 12)));
}

TEST(Cohort, LeavesEarlierStartsAlone) {
  // Seen first in 2002 or 2003, a person starts before the first month counted: nothing to begin anew.
  EXPECT_FALSE(begins(last_paid(Month(2001, 12)), from - 1));
}

}  // namespace
}  // namespace tremplin
