// The law of one month as plain numbers: one field for each line of rules.def, and nothing else.
// Loaded law becomes a RulesTable before the run; the engine knows neither dates nor files.
#pragma once

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

// Rules for every month, region and generation of files. A change that applies to new files only opens
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
  [[nodiscard]] const Rules& at(Month month, Region region, std::uint8_t generation) const {
    return cells_[cell(month, region, generation)];
  }
  Rules& at(Month month, Region region, std::uint8_t generation) {
    return cells_[cell(month, region, generation)];
  }
  // The first month in which the two tables differ in any region or generation; the later until() if
  // none. A generation that opens counts as a difference.
  [[nodiscard]] static Month first_difference(const RulesTable& a, const RulesTable& b);

 private:
  [[nodiscard]] std::size_t cell(Month month, Region region, std::uint8_t generation) const;

  Month from_;
  Month until_;
  std::vector<Month> generations_open_;
  std::vector<Rules> cells_;
};

}  // namespace tremplin
