// The law of one month as plain numbers: one field for each line of rules.def, and nothing else.
// Loaded law becomes a RulesTable before the run; the engine knows neither dates nor files.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <variant>
#include <vector>

#include "engine/base/month.hpp"
#include "engine/law/units.hpp"

namespace tremplin {

enum class Region : std::uint8_t { flanders, wallonia, brussels };
constexpr int n_regions = 3;

// Commune size as in the survey of document 000 (000:612-617).
enum class SizeClass : std::uint8_t { under_10k, from_10k, from_20k, from_40k, over_140k };
constexpr int n_size_classes = 5;

// Where a rule holds: for the CPAS of a region and of a size.
struct Jurisdiction {
  Region region{};
  SizeClass size{};
  friend bool operator==(const Jurisdiction&, const Jurisdiction&) = default;
};
constexpr int n_jurisdictions = n_regions * n_size_classes;
constexpr int index_of(Jurisdiction where) {
  return static_cast<int>(where.region) * n_size_classes + static_cast<int>(where.size);
}
constexpr std::array<Jurisdiction, n_jurisdictions> all_jurisdictions = [] {
  std::array<Jurisdiction, n_jurisdictions> all{};
  for (int i = 0; i < n_jurisdictions; ++i)
    all[static_cast<std::size_t>(i)] = {static_cast<Region>(i / n_size_classes),
                                        static_cast<SizeClass>(i % n_size_classes)};
  return all;
}();

struct Rules {
#define LEVER(field, type, path, unit, minimum, maximum, meaning) type field{};
#include "engine/law/rules.def"
#undef LEVER
  friend bool operator==(const Rules&, const Rules&) = default;
};

// What the registry says of one lever.
struct Lever {
  std::string_view path;
  Unit unit;
  double minimum;
  double maximum;
  std::string_view meaning;
  std::variant<double Rules::*, int Rules::*> field;

  [[nodiscard]] bool whole() const { return std::holds_alternative<int Rules::*>(field); }
  [[nodiscard]] double get(const Rules& rules) const;
  void set(Rules& rules, double value) const;  // whole levers are rounded to nearest
};

std::span<const Lever> all_levers();
const Lever* find_lever(std::string_view path);  // nullptr if there is none

// Rules for every month, jurisdiction and generation of files. A change that applies to new files only opens
// a generation: a file belongs to the last generation that opened at or before the month of its request.
class RulesTable {
 public:
  // Every cell starts from `rules`.
  RulesTable(Month from, Month until, std::vector<Month> generations_open, const Rules& rules);

  [[nodiscard]] Month from() const { return from_; }
  [[nodiscard]] Month until() const { return until_; }  // exclusive
  [[nodiscard]] int n_generations() const { return static_cast<int>(generations_open_.size()) + 1; }
  // The months in which generations open, in order, without the one that is there from the start.
  [[nodiscard]] std::span<const Month> generations_open() const { return generations_open_; }
  // 0 for files older than the first change for new files.
  [[nodiscard]] std::uint8_t generation_of(Month request) const;
  // Months before from() read as from(), months from until() on as the last one.
  [[nodiscard]] const Rules& at(Month month, Jurisdiction where, std::uint8_t generation) const {
    return rules_[cells_[cell(month, where, generation)]];
  }
  void set(Month month, Jurisdiction where, std::uint8_t generation, const Rules& rules);
  // The first month in which the two tables differ in any jurisdiction or generation; the later until() if
  // none. A generation that opens counts as a difference.
  [[nodiscard]] static Month first_difference(const RulesTable& a, const RulesTable& b);

 private:
  [[nodiscard]] std::size_t cell(Month month, Jurisdiction where, std::uint8_t generation) const;

  Month from_;
  Month until_;
  std::vector<Month> generations_open_;
  // Most cells hold the same rules as their neighbours: each set of rules is kept about once.
  std::vector<Rules> rules_;
  std::vector<std::uint32_t> cells_;  // index into rules_
};

}  // namespace tremplin
