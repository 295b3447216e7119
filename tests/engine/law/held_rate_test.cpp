// The State's rate with its history (Primabook): reached with growth, lost point by point. Thresholds of 500
// and 1,000 people, rates of 55, 65 and 70 %.
#include <gtest/gtest.h>

#include "engine/law/entitlement.hpp"

namespace tremplin {
namespace {

Rules rules_of_2015() {
  Rules rules;
  rules.reimbursement_small = 0.55;
  rules.reimbursement_medium = 0.65;
  rules.reimbursement_large = 0.70;
  rules.reimbursement_medium_from = 500;
  rules.reimbursement_large_from = 1000;
  rules.reimbursement_growth = 0.05;
  rules.reimbursement_loss = 0.01;
  return rules;
}

std::int64_t percent(const Rules& rules, HeldRate held) { return state_rate_of(rules, held) / 10'000; }

TEST(HeldRate, AHigherOneAsksForGrowthOfAYear) {
  const Rules rules = rules_of_2015();
  const HeldRate small = rate_by_size(rules, 480);
  EXPECT_EQ(percent(rules, small), 55);
  EXPECT_EQ(percent(rules, next_rate(rules, small, 500, 480)), 55) << "4.2 % is not enough";
  EXPECT_EQ(percent(rules, next_rate(rules, small, 504, 480)), 65) << "5 % is";
  EXPECT_EQ(percent(rules, next_rate(rules, small, 499, 400)), 55) << "growth without the size is not";
  EXPECT_EQ(percent(rules, next_rate(rules, small, 1100, 480)), 70) << "two thresholds at once";
}

TEST(HeldRate, ALowerOneComesByAPointAYear) {
  const Rules rules = rules_of_2015();
  HeldRate held = rate_by_size(rules, 1200);
  for (int year = 1; year <= 5; ++year) {
    held = next_rate(rules, held, 900, 900);
    EXPECT_EQ(percent(rules, held), 70 - year) << "towards the 65 % of its size";
  }
  EXPECT_EQ(held, rate_by_size(rules, 900));
  EXPECT_EQ(percent(rules, next_rate(rules, held, 900, 900)), 65) << "and no further";
}

TEST(HeldRate, WhatWasLostComesBackWithGrowth) {
  const Rules rules = rules_of_2015();
  HeldRate held = next_rate(rules, rate_by_size(rules, 600), 480, 600);
  EXPECT_EQ(percent(rules, held), 64);
  held = next_rate(rules, held, 502, 480);
  EXPECT_EQ(percent(rules, held), 64) << "above the threshold again, without growth";
  held = next_rate(rules, held, 530, 502);
  EXPECT_EQ(percent(rules, held), 65);
}

TEST(HeldRate, WithoutAHistoryIsThatOfTheSize) {
  Rules rules = rules_of_2015();
  rules.reimbursement_growth = -1;
  rules.reimbursement_loss = 1;
  HeldRate held = rate_by_size(rules, 100);
  for (const double people : {700.0, 450.0, 2000.0, 999.0, 0.0, 1000.0}) {
    held = next_rate(rules, held, people, 5000);
    EXPECT_EQ(held, rate_by_size(rules, people)) << people;
    EXPECT_EQ(state_rate_of(rules, held), state_rate_of(rules, people)) << people;
  }
}

}  // namespace
}  // namespace tremplin
