// The law as dated values with their sources, one history for each lever of engine/law/rules.def.
// It answers to the files of scenarios/law/, written like OpenFisca's parameters:
//
//   sanction/max_months:
//     description: Longest suspension at the first breach
//     unit: months
//     class: law
//     values:
//       2002-10-01: {value: 1, reference: "law of 26 May 2002, art. 30 par. 2", note: "…"}
#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/law/rules.hpp"
#include "scenarios/date.hpp"
#include "scenarios/source_text.hpp"

namespace tremplin {

// What a number rests on: a legal text, a published figure, a fit to figures, or our own assumption.
enum class ValueClass : std::uint8_t { law, data, calibrated, assumed };
inline constexpr std::array<std::string_view, 4> value_class_names = {"law", "data", "calibrated", "assumed"};
constexpr std::string_view name_of(ValueClass value_class) {
  return value_class_names[static_cast<std::size_t>(value_class)];
}

struct DatedValue {
  Date from;               // the day it enters into force; Date::counts_from() is the month that feels it
  double value = 0;        // in the lever's unit and range
  bool new_files = false;  // files requested before it counts keep the value they had
  bool projected = false;  // goes on beyond what is published; always assumed
  ValueClass value_class{};
  std::string reference;  // never empty
  std::string note;       // may be empty
  int line = 0;
};

struct LeverHistory {
  std::string description;   // what it is, in English, for whoever reads the file
  std::string source;        // name of the file
  ValueClass value_class{};  // of the rule as such: a step of a law is an act, even where its date is assumed
  std::vector<DatedValue> values;  // by date, at least one
};

// The value in force in `month` for a file requested in `request`: the last one that counts by then.
// The first value also holds for all months before it, so that the burn-in from 1993 has a law.
const DatedValue& value_in_force(const LeverHistory& history, Month month, Month request);

// What the index makes of amounts from a month on.
struct Coefficient {
  Month from;
  std::int64_t ten_thousandths = 0;
};

struct Law {
  std::vector<LeverHistory> levers;  // in the order of all_levers()
  std::vector<Coefficient> index;    // by month; empty: no amount of a scenario can follow it

  // path: one that find_lever() knows.
  [[nodiscard]] const LeverHistory& history(std::string_view path) const;
};

// The coefficient of a month; before the first step, that of the first. 1 where nothing is known.
std::int64_t coefficient_in(std::span<const Coefficient> index, Month month);

// Loads all files of the law. Throws InputError with every fault of every file: a path that is no
// lever, a lever without values, a unit that is not the registry's, a value out of range, without
// reference, or fractional where the lever is whole, two values that count from the same month.
Law load_law(std::span<const SourceText> sources);

}  // namespace tremplin
