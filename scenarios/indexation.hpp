// The acts behind the indexed amounts: a base that decrees raise, times a coefficient that follows the index
// (law of 26 May 2002, art. 14 and 15; royal decree of 11 July 2002, art. 35). Applied one after another they
// give each dated amount of scenarios/law/, with the arithmetic that leads to it.
// It answers to scenarios/acts/amounts.yaml.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/money.hpp"
#include "scenarios/date.hpp"
#include "scenarios/law.hpp"
#include "scenarios/source_text.hpp"

namespace tremplin {

// From the home folder.
inline constexpr const char* indexation_file = "scenarios/acts/amounts.yaml";

// One passing of the pivot: from this day the coefficient is (1 + percent)^number.
struct IndexStep {
  Date from;
  int number = 0;
  std::int64_t coefficient = 0;  // in ten-thousandths, rounded
  ValueClass value_class{};
  std::string reference;
  std::string note;
};

// A decree that moves base amounts: a raise in per cent, several in a row, of the base just before or of that
// of an earlier day; or an amount a month at the index of its day.
struct Act {
  Date from;
  std::vector<double> raise;      // per cent, at most two
  std::optional<Date> of;         // whose base is raised; empty: the base just before
  Cents added_a_month{};          // instead of a raise
  std::vector<std::string> only;  // paths; empty: all of the series
  ValueClass value_class{};
  std::string reference;
  std::string note;
};

struct IndexedSeries {
  std::vector<std::pair<std::string, Cents>> bases;  // by path, on the first day
  bool yearly = false;                               // bases are of a year; the amount is a twelfth
  Date from;
  std::string reference;
  std::vector<Act> acts;  // by date
};

// A published amount that the acts do not give.
struct Departure {
  std::string path;
  Date from;  // until the next amount
  Cents published;
  std::string reference;
};

struct Indexation {
  std::vector<IndexStep> steps;  // by date
  std::vector<IndexedSeries> series;
  std::vector<Departure> departures;
};

// One amount and how it came about: amount = base x coefficient, and a twelfth of that where base is yearly.
struct IndexedAmount {
  Date from;
  Cents base;
  const IndexStep* step = nullptr;  // of the Indexation
  Cents indexed;                    // base x coefficient
  Cents amount;                     // a month
  bool assumed = false;             // its last act or step is no law
};

// Throws InputError with every fault of the file: a path that is no lever of euros a month, steps that do not
// count up by one, acts before the first day of their series, a raise of a day without base.
Indexation load_indexation(const SourceText& source);

// The coefficients as the months count them.
std::vector<Coefficient> coefficients_of(const Indexation& indexation);

// The series that holds the path; nullptr if the amount follows no act.
const IndexedSeries* series_of(const Indexation& indexation, std::string_view path);

// Every amount of the path, by date: at the first day, and at each step and each act from then on.
std::vector<IndexedAmount> amounts_by_acts(const Indexation& indexation, std::string_view path);

// The one in force on a day; nullopt before the first.
std::optional<IndexedAmount> amount_by_acts(const Indexation& indexation, std::string_view path, Date day);

}  // namespace tremplin
