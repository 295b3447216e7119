// Where two rules tables differ, lever by lever: which values, in which months, for which files, for which
// CPAS. What `scenario diff` puts into words, and what a reader of two reforms asks first.
#pragma once

#include <array>
#include <vector>

#include "engine/law/rules.hpp"
#include "scenarios/audience.hpp"
#include "scenarios/scenario.hpp"

namespace tremplin {

// The months [from, until) in which the two tables hold these values.
struct ValueSpan {
  Month from;
  Month until;
  double in_a = 0;  // in the lever's unit
  double in_b = 0;
  friend bool operator==(const ValueSpan&, const ValueSpan&) = default;
};

struct LeverDifference {
  const Lever* lever = nullptr;
  // For the CPAS of each of these regions and sizes: those named in `cpas`, or where that is empty all but
  // those in `but_for`.
  std::array<bool, n_regions> regions{};
  std::array<bool, n_size_classes> sizes{};
  std::vector<CpasId> cpas{};
  std::vector<CpasId> but_for{};
  Audience people{};
  // For files requested in [requested_from, requested_until); start_of_time and end_of_time: no limit.
  Month requested_from = start_of_time;
  Month requested_until = end_of_time;
  std::vector<ValueSpan> spans;  // by month, at least one
};

// Where it holds, and for whom, as rules_table asks.
Jurisdiction some_place_of(const LeverDifference& difference);

// Every difference, in the order of all_levers(). What is alike in several places, for several groups, or for
// files of several generations that follow each other, is told once. Both tables must cover the same months.
std::vector<LeverDifference> differences_between(const RulesTable& a, const RulesTable& b);

}  // namespace tremplin
