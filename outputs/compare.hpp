// A reform against its base: paired differences, replicate by replicate, with their 95 % intervals.
// Two scenarios share the luck of each person and the parameters of each replicate (MODEL section 4),
// so a difference is taken within a replicate and its spread is that of the differences.
// What an interval contains: where parameters are drawn, the difference under one further draw of
// parameters and luck (it does not narrow with replicates: more of them teach nothing about parameters);
// where they are fixed, the mean difference (chance alone, and it narrows). For one's own CPAS it is always
// one further draw: chance does not average out over one office.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "outputs/indicators.hpp"
#include "outputs/run.hpp"
#include "outputs/statistics.hpp"

namespace tremplin {

// One number under both scenarios.
struct Contrast {
  // False where a ratio has nothing to divide by in some replicate; the numbers below are then 0.
  bool defined = false;
  Estimate base;
  Estimate reform;
  Estimate difference;             // reform less base, paired
  std::optional<double> relative;  // mean difference over the base's mean; nothing if that is 0
  // Whether the interval of the difference excludes zero: only then are the scenarios ranked.
  bool ranked = false;
  int n_same_sign = 0;  // replicates whose difference has the sign of the mean difference
  // Whether all replicates agree in sign although the interval holds zero: it rises (or falls), but by how
  // much is not known. Not with fewer than min_replicates_for_sign.
  bool only_sign_known = false;
  // What pairing bought: 1 less the variance of the paired difference over that of an unpaired one.
  std::optional<double> variance_reduction;
};

// Signs that agree by chance: with 6 replicates, in 2 of 64 cases.
constexpr std::size_t min_replicates_for_sign = 6;

// With fewer replicates the spread itself is hardly known, and readers are told.
constexpr int few_replicates = 10;

// Key indicators in a part of the country, in the order of key_indicators().
struct GroupContrasts {
  Group group;
  std::vector<Contrast> contrasts;
};

// Hours a year of one task.
struct TaskContrasts {
  Contrast asked;
  Contrast worked;
};

// One indicator over time. Years are calendar years of which every month was simulated.
struct Series {
  Indicator indicator{};
  int months_per_step = 1;   // 1 or 12
  std::vector<Month> steps;  // first month of each
  std::vector<Contrast> contrasts;
};

// A parameter that was not kept fixed and goes with the difference from replicate to replicate.
struct Driver {
  Indicator indicator{};
  std::size_t parameter = 0;  // index in all_parameters()
  double correlation = 0;
  Interval drawn;          // lowest and highest value drawn
  Interval difference_at;  // fitted difference at drawn.low and at drawn.high
  bool reverses = false;   // these two have opposite signs
};

struct Comparison {
  std::size_t base = 0;
  std::size_t reform = 0;  // equal to base: the base alone
  Period period;           // the months of the averages
  int n_replicates = 0;
  std::vector<Contrast> indicators;     // all, in the order of the registry
  std::vector<TaskContrasts> tasks;     // in the order of all_tasks()
  std::vector<GroupContrasts> regions;  // Flanders, Wallonia, Brussels
  std::vector<GroupContrasts> sizes;
  std::vector<GroupContrasts> cells;  // region x size class, regions slowest
  std::vector<Series> monthly;        // of key_series(), over the whole report period
  std::vector<Series> yearly;
  std::vector<Driver> drivers;  // of key indicators, strongest first; empty with few replicates

  [[nodiscard]] bool alone() const { return base == reform; }
  [[nodiscard]] const Contrast& of(Indicator indicator) const {
    return indicators[static_cast<std::size_t>(indicator)];
  }
};

std::span<const Indicator> key_indicators();  // shown by group, and first in the report
std::span<const Indicator> key_series();      // shown over time

// The months of the averages: from the first month in which either scenario departs from the law; all of
// `whole` if none does in time, or if there is one scenario alone.
Period compared_period(const Run& run, std::size_t base, std::size_t reform, Period whole);

// Compares two scenarios of a run from the reform's first month on; base == reform describes the base over
// the whole report period. Throws InputError{inconsistent} if the run holds no replicate or no such scenario.
Comparison compare(const Run& run, std::size_t base, std::size_t reform);

}  // namespace tremplin
