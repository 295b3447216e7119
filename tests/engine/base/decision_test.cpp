#include "engine/base/decision.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <set>
#include <string>

namespace tremplin {
namespace {

TEST(Decisions, NoNumberAndNoNameIsGivenTwiceNotEvenAfterRetirement) {
  std::set<int> numbers;
  std::set<std::string_view> names;
  for (const DecisionEntry& decision : all_decisions()) {
    EXPECT_TRUE(numbers.insert(decision.number).second) << decision.number;
    EXPECT_TRUE(names.insert(decision.name).second) << decision.name;
    EXPECT_FALSE(decision.meaning.empty()) << decision.name;
  }
}

// The ledger holds the decisions of every published version: a line may be added, none changed or removed.
TEST(Decisions, KeepTheirPublishedNumbers) {
  std::ifstream ledger(TREMPLIN_SOURCE_DIR "/tests/engine/base/published_decisions.txt");
  int n_lines = 0;
  int number = 0;
  for (std::string name; ledger >> number >> name; ++n_lines) {
    const auto entry = std::ranges::find(all_decisions(), name, &DecisionEntry::name);
    ASSERT_NE(entry, all_decisions().end()) << name << " is gone: retire it with RETIRED_DECISION";
    EXPECT_EQ(entry->number, number) << name;
  }
  EXPECT_GE(n_lines, 93);  // those of version 0.1.0: the ledger was found and read to its end
}

}  // namespace
}  // namespace tremplin
