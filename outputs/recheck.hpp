// Numbers of a run held against the same numbers simulated again, one by one (issue: results that three kinds
// of people can use, point 2). What is simulated again is a part: some CPAS, and with them every CPAS of
// their strata, in which months are counted.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "outputs/run.hpp"

namespace tremplin {

struct Recheck {
  std::int64_t n_numbers = 0;  // compared
  std::int64_t n_different = 0;
  std::vector<std::string>
      different;  // the first ten, in words: table, scenario, replicate, place, both values
};

// CPAS of a run, by their place in Run::offices: those asked for and all that share their strata, rising.
std::vector<std::size_t> whole_strata(const Run& run, std::span<const std::size_t> offices);

// Compares one replicate of every scenario. `again` are results of a world that has only these offices, in
// their order; they cover whole strata.
void compare_part(const Run& run, std::size_t replicate, std::span<const std::size_t> offices,
                  const std::vector<RunResult>& again, Recheck& recheck);

}  // namespace tremplin
