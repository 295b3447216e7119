// What a reform of a run says of itself, read again from the texts that the run keeps of its inputs, so that
// a report can state it with the result file alone: title, summary, what one must believe, authors, sources,
// and each change with the value before and after.
#pragma once

#include <optional>
#include <vector>

#include "outputs/run.hpp"
#include "scenarios/law.hpp"
#include "scenarios/scenario.hpp"

namespace tremplin {

struct Measure {
  Change change;
  // In the first month of the change that is simulated (of a phase-in, in which it is reached, or the last
  // one), for a file requested then, for the first place and group that it touches. Nothing if no such month
  // was simulated.
  std::optional<double> before;
  std::optional<double> after;
};

struct ReformText {
  Scenario base;
  std::vector<Scenario> parts;  // as composed; none for the base itself
  std::vector<Measure> measures;
};

// Nothing if an input is missing or confidential, or written for registries of another version.
std::optional<ReformText> reform_text(const Run& run, std::size_t scenario);

// The law that the run was made with. Throws InputError if it does not hold all of it.
Law law_in(const Run& run);

}  // namespace tremplin
