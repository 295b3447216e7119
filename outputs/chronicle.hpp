// A life and its counterfactual as a caseworker would tell them: what happened in each month, and the first
// month in which the two lives part, with the decision that differed and the rules that bear on it.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/law/rules.hpp"
#include "engine/simulate/life.hpp"

namespace tremplin {

enum class Happening : std::uint8_t {
#define HAPPENING(name, placeholders) name,
#include "outputs/happenings.def"
#undef HAPPENING
};
std::span<const std::string_view> happening_names();
// What Told::status may be.
std::span<const std::string_view> status_names();

struct Told {
  Happening what{};
  std::string status = {};  // of Section::statuses, "activity/training"; may be empty
  int day = 0;              // of the month
  Month month = {};
  std::int32_t from = 0;  // days since 1 January 1900; until is exclusive
  std::int32_t until = 0;
  friend bool operator==(const Told&, const Told&) = default;
};

// What happened in a month, given the record at the end of the month before (nullptr: the person appears).
std::vector<Told> happenings(const Person* before, const LifeMonth& month);

// Is the draw part of what a chronicle tells? What is asked each month and answered as usual is not.
bool is_worth_telling(const ToldDraw& draw);

// The levers that bear on a decision; empty for one that no lever moves.
std::vector<const Lever*> levers_of(Decision decision);

struct RuleDifference {
  const Lever* lever = nullptr;
  double first = 0;
  double second = 0;
};

enum class WhyParted : std::uint8_t {
  probability,  // the same draw met another probability
  only_first,   // a decision was asked in the first life alone
  only_second,
  no_decision  // other dates, amounts, hours or places
};

struct Parting {
  Month month;
  WhyParted why{};
  std::optional<ToldDraw> first = {};  // the decision, as asked in each life
  std::optional<ToldDraw> second = {};
  // Levers that differ for this file in this month: those that bear on the decision if there are any, else
  // all. Empty: the reform came to this life through others (hours, places) or through its own past.
  std::vector<RuleDifference> rules = {};
};

// The rules of the person's file in a month; of a file opened then, while there is none.
const Rules& rules_of(const LifeMonth& month, const RulesTable& table, Jurisdiction where);

// The tables under which the two lives were lived, and where.
struct LivedUnder {
  const RulesTable* first;
  const RulesTable* second;
  Jurisdiction where;
};

// The first month in which what happens or what is paid differs; none if the lives are the same throughout.
std::optional<Parting> parting_of(const Life& first, const Life& second, const LivedUnder& under);

// Euro cents paid in a month, of integration income and equivalent income.
inline std::int64_t cents_paid(const LifeMonth& month) {
  return month[Tally::euro_integration_income] + month[Tally::euro_equivalent];
}

}  // namespace tremplin
