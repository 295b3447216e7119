// Scenarios: a base says which law is followed and until when; a reform is a short difference to it.
// They answer to the scenarios of document 003 (003:3449-3730) and to the laws of 2016 and after.
#pragma once

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "engine/law/rules.hpp"
#include "scenarios/language.hpp"
#include "scenarios/source_text.hpp"

namespace tremplin {

// A base is a law to stand on; the others are differences to it: a reform, or of practice alone, or a shock.
enum class ScenarioKind : std::uint8_t { base, reform, practice, shock };
enum class Operation : std::uint8_t { set, scale, shift };
inline constexpr std::array<std::string_view, 4> scenario_kind_names = {"base", "reform", "practice",
                                                                        "shock"};
inline constexpr std::array<std::string_view, 3> operation_names = {"set", "scale", "shift"};
inline constexpr std::array<std::string_view, 2> file_scope_names = {"all_files", "new_files"};

inline constexpr Month start_of_time{1900, 1};
inline constexpr Month end_of_time{2101, 1};

// What one scenario does to one lever in the months [from, until).
struct Change {
  const Lever* lever = nullptr;
  Operation operation{};
  double value = 0;  // set: in the lever's unit; scale: factor >= 0; shift: added
  Month from = start_of_time;
  Month until = end_of_time;
  // Reached in so many equal steps, the first in `from`; 0: at once. A lever of whole numbers has no steps.
  int over_months = 0;
  bool new_files = false;  // only files requested from `from` on; others keep what they had
  std::array<bool, n_regions> regions{true, true, true};
  std::array<bool, n_size_classes> sizes{true, true, true, true, true};
  std::vector<CpasId> cpas;  // in order; empty: all
  GroupSet groups;           // of people; empty: everybody, and the office itself
  bool indexed = false;      // the amount follows the index from `from` on
  std::string reference;
  std::string source;  // the file, for messages
  int line = 0;
  int column = 0;
};

// A base does not follow the law of these levers after a month.
struct Freeze {
  std::string path;  // a lever, or the beginning of several: "piis" covers "piis/delay/months"
  Month last;        // values that count from a later month are ignored
  std::string reason;
};

struct Scenario {
  std::string name;
  ScenarioKind kind{};
  Text title;
  Text summary;
  Text must_believe;  // what one has to believe for it to work
  std::vector<std::string> authors;
  std::vector<std::string> references;
  Month from = start_of_time;   // of a reform: nothing changes before
  std::vector<Freeze> freezes;  // of a base
  std::vector<Change> changes;
};

inline constexpr std::array<std::string_view, n_regions> region_names = {"flanders", "wallonia", "brussels"};
inline constexpr std::array<std::string_view, n_size_classes> size_class_names = {
    "under_10k", "from_10k", "from_20k", "from_40k", "over_140k"};

template <std::size_t n>
constexpr bool all_of(const std::array<bool, n>& flags) {
  return std::find(flags.begin(), flags.end(), false) == flags.end();
}

// Whether a change acts there, and a place where it does.
inline bool touches(const Change& change, Jurisdiction where) {
  return change.regions[static_cast<std::size_t>(where.region)] &&
         change.sizes[static_cast<std::size_t>(where.size)] &&
         (change.cpas.empty() || std::binary_search(change.cpas.begin(), change.cpas.end(), where.cpas));
}
Jurisdiction first_touched(const Change& change);

// Whether a change is for people of these groups; without groups, for the office itself. And people for whom
// it is.
constexpr bool is_for(const Change& change, GroupSet groups) {
  return change.groups.empty() || change.groups.meets(groups);
}
GroupSet some_of(const Change& change);

// Changes that one scenario may hold; a reform is a short difference.
inline constexpr std::size_t max_changes = 1000;

// CPAS that one change may name.
inline constexpr std::size_t max_named_cpas = 1000;

// Index steps are known from this month on.
inline constexpr Month first_indexed_month{2002, 2};

// The longest phase-in of a change.
inline constexpr int max_over_months = 240;

// A reform starts within these months: the simulation's burn-in starts with the first, and the environment is
// known until the last.
inline constexpr Month first_reform_month{1993, 1};
inline constexpr Month last_reform_month{2030, 12};

// Whose file it is. The tree's own speaks three languages; a user's own may speak one, which then stands
// for the others.
enum class Origin : std::uint8_t { tree, user };

// Throws InputError with every fault of the file. The name in it must be the file's own, without folder
// and ending.
Scenario load_scenario(const SourceText& source, Origin origin = Origin::tree);

}  // namespace tremplin
