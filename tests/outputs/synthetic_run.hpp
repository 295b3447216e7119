// Runs made by hand for the tests of outputs: an empty one to fill, and a plausible one (deterministic,
// in the right orders of magnitude, with a known reform) for reports, tables and files.
#pragma once

#include "outputs/run.hpp"

namespace tremplin::test {

// All counts 0; weights 1; the base's first change lies at the end, that of reforms at `change`.
Run empty_run(int n_scenarios, int n_replicates, Month from, int n_months, Month change);

void set(RunResult& result, int month, int stratum, Tally tally, std::int64_t value);
void set_work(RunResult& result, int month, int stratum, Task task, Workload what, std::int64_t value);

// The law of 2015 against a generalised contract from November 2013, 2003 to 2015, all 60 strata.
Run plausible_run(int n_replicates);

}  // namespace tremplin::test
