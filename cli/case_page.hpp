// One case under one or two laws, as a page of text or as JSON.
#pragma once

#include <nlohmann/json.hpp>
#include <span>
#include <string>

#include "cli/case_lines.hpp"
#include "scenarios/indexation.hpp"

namespace tremplin::cli {

struct CaseReading {
  const CaseLaw& law;
  const CaseOutcome& outcome;
};

// What the page takes beside the case.
struct CaseContext {
  const Limits& limits;
  const Indexation& indexation;  // shows how an amount came about
  const Labels& labels;
};

// What reads alike under both laws stands once. Each sentence carries the numbers of its sources, which
// follow at the end: path, value, since when, by which text, and the reforms that changed it.
std::string case_page(const CaseFile& file, std::span<const CaseReading> readings, const CaseContext& context,
                      Language language);

// Amounts in cents, dates as YYYY-MM-DD, rates as shares; the sources of each law by path and month.
nlohmann::ordered_json case_json(const CaseFile& file, std::span<const CaseReading> readings,
                                 const CaseContext& context, Language language);

}  // namespace tremplin::cli
