// The law of one month as plain numbers: one field for each line of rules.def, and nothing else.
// Loaded law becomes a RulesTable before the run; the engine knows neither dates nor files.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <variant>
#include <vector>

#include "engine/base/ids.hpp"
#include "engine/base/month.hpp"
#include "engine/law/groups.hpp"
#include "engine/law/units.hpp"

namespace tremplin {

enum class Region : std::uint8_t { flanders, wallonia, brussels };
constexpr int n_regions = 3;

// Commune size as in the survey of document 000 (000:612-617).
enum class SizeClass : std::uint8_t { under_10k, from_10k, from_20k, from_40k, over_140k };
constexpr int n_size_classes = 5;

// Where a rule holds: for the CPAS of a region and of a size, or for one CPAS by name.
constexpr CpasId no_cpas{0xffff};
struct Jurisdiction {
  Region region{};
  SizeClass size{};
  CpasId cpas = no_cpas;  // no_cpas: one that no rule names
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
#define LEVER(field, type, path, unit, minimum, maximum, reach, meaning) type field{};
#include "engine/law/rules.def"
#undef LEVER
  friend bool operator==(const Rules&, const Rules&) = default;
};

// Whether a lever is a rule of each person's file, or of the CPAS as such.
enum class Reach : std::uint8_t { file, office };

// What the registry says of one lever.
struct Lever {
  std::string_view path;
  Unit unit;
  double minimum;
  double maximum;
  Reach reach;
  std::string_view meaning;
  std::variant<double Rules::*, int Rules::*> field;

  [[nodiscard]] bool whole() const { return std::holds_alternative<int Rules::*>(field); }
  [[nodiscard]] double get(const Rules& rules) const;
  void set(Rules& rules, double value) const;  // whole levers are rounded to nearest
};

std::span<const Lever> all_levers();
const Lever* find_lever(std::string_view path);  // nullptr if there is none

// What a table tells apart beyond month, region and size.
struct Divisions {
  std::vector<Month> generations_open{};     // changes for new files begin then
  std::vector<std::vector<CpasId>> named{};  // CPAS that changes name, those of a list alike
  std::vector<GroupSet> audiences{};         // groups that changes are for
};

// The most pages that a table has, so that a file keeps its own in a byte; and the most cells.
constexpr int max_rules_pages = 256;
constexpr std::size_t max_rules_cells = std::size_t{1} << 24U;

// Rules for every month, jurisdiction and page. A page is for the files of one generation and for people of
// one kind: a change for new files only opens a generation, to which files requested from then on belong; a
// change for some groups tells kinds of people apart. Where no change does either there is one page.
class RulesTable {
 public:
  // Every cell starts from `rules`. The divisions fit: at most max_rules_pages pages, max_rules_cells cells.
  RulesTable(Month from, Month until, Divisions divisions, const Rules& rules);
  // Whether a table of so many months with these divisions can be made.
  [[nodiscard]] static bool fits(int n_months, const Divisions& divisions);

  [[nodiscard]] Month from() const { return from_; }
  [[nodiscard]] Month until() const { return until_; }  // exclusive
  [[nodiscard]] int n_generations() const { return static_cast<int>(divisions_.generations_open.size()) + 1; }
  // Kinds of people that are told apart; the first is for rules of the office itself, and for who is in none
  // of the groups that changes name.
  [[nodiscard]] int n_kinds() const { return n_kinds_; }
  [[nodiscard]] int n_pages() const { return n_generations() * n_kinds_; }
  // In order: generations by month, without the one that is there from the start.
  [[nodiscard]] const Divisions& divisions() const { return divisions_; }
  [[nodiscard]] std::span<const Month> generations_open() const { return divisions_.generations_open; }
  // The page of a file requested in a month by somebody of these groups; without groups, of the office
  // itself.
  [[nodiscard]] std::uint8_t page_of(Month request, GroupSet groups = {}) const;
  // Months before from() read as from(), months from until() on as the last one.
  [[nodiscard]] const Rules& at(Month month, Jurisdiction where, std::uint8_t page) const {
    return rules_[cells_[cell(month, where, page)]];
  }
  void set(Month month, Jurisdiction where, std::uint8_t page, const Rules& rules);
  // Which list of named CPAS it is in, from 1; 0: none.
  [[nodiscard]] std::size_t list_of(CpasId cpas) const;
  // The first month in which the two tables differ anywhere for anybody's file; the later until() if none.
  [[nodiscard]] static Month first_difference(const RulesTable& a, const RulesTable& b);

 private:
  [[nodiscard]] std::size_t cell(Month month, Jurisdiction where, std::uint8_t page) const;

  Month from_;
  Month until_;
  Divisions divisions_;
  std::vector<std::pair<CpasId, std::size_t>> named_;  // by id: its list of divisions_.named, from 1
  std::vector<std::uint8_t> kind_of_groups_;           // by GroupSet::bits(); empty if nobody is told apart
  int n_kinds_ = 1;
  // Most cells hold the same rules as their neighbours: each set of rules is kept about once.
  std::vector<Rules> rules_;
  std::vector<std::uint32_t> cells_;  // index into rules_
};

// One jurisdiction for each that either table can tell apart, those by region and size first.
std::vector<Jurisdiction> told_apart_by(const RulesTable& a, const RulesTable& b);
// The empty set, for the office itself, then one kind of people for each that either table can tell apart.
std::vector<GroupSet> kinds_told_apart_by(const RulesTable& a, const RulesTable& b);

}  // namespace tremplin
