// The lines that pass between this program and a simulator that is a program of its own:
//
//   to it    run seed mu sigma            once: the names of the parameters
//            0 4611686018427387 0.25 1.5  one line for each run
//   from it  0 12.5 3                     the same number, then the summaries in the order of the problem
//            0 failed no equilibrium      or that the run failed, and why
//
// Words are parted by blanks or tabs. Numbers keep all their digits.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "calibration/inference/types.hpp"

namespace tremplin::outside {

// Why a run has no summaries.
enum class RunFault {
  none,
  reported,       // the program said so
  not_finite,     // a summary is NaN, NA or infinite
  wrong_columns,  // too few summaries, or too many
  garbled,        // something else than an answer
  crashed,        // the program ended
  timed_out,
};
// As the journal writes them: "none", "reported" …
std::string_view name_of(RunFault fault);

struct OutsideRun {
  inference::Vector summaries;  // all NaN if the run failed
  RunFault fault = RunFault::none;
  std::string reason = {};   // in a few words, one line, without commas
  bool out_of_step = false;  // what the program says next cannot be trusted
};

std::string header_line(const std::vector<std::string>& parameters);
std::string run_line(inference::Index run, std::uint64_t seed, const inference::Row& parameters);

// A seed below 2^53, which every language holds exactly.
std::uint64_t outside_seed(std::uint64_t batch, inference::Index run);

OutsideRun read_answer(std::string_view line, inference::Index run, inference::Index n_summaries);
OutsideRun failed_run(RunFault fault, std::string_view reason, inference::Index n_summaries);

}  // namespace tremplin::outside
