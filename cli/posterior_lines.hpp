// A posterior in words and numbers, whichever simulator it is of: verdict, what was learnt of each parameter.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "calibration/inference/problem.hpp"
#include "scenarios/language.hpp"

namespace tremplin::cli {

struct Interval {
  double low, middle, high;  // quantiles 0.025, 0.5, 0.975
};
// Of draws of equal weight, at least one.
Interval interval_of(const inference::Matrix& draws, std::size_t column);
nlohmann::ordered_json interval_json(const Interval& of);

// About four digits, whatever the size: "0.0125", "1,234", "3.1e-07".
std::string short_number(double value, Language language);

// No doubt, or all of them, wrapped.
std::string verdict_line(const inference::Posterior& posterior, Language language);

struct LearntParameter {
  std::string name;
  Interval prior;
  Interval posterior;
  double learnt = 0;
};
// A table, what was learnt most first; those of which less than a tenth was learnt are named below it, or
// stand in it too.
std::string learnt_lines(std::vector<LearntParameter> parameters, Language language, bool all = false);

}  // namespace tremplin::cli
