// One's own CPAS: what a CPAS or a federation states of it in a file, and the office that follows. What the
// file leaves out is taken from an office of the landscape that is alike (a "donor": same region, then the
// habits stated, size and income), another one in each replicate, so that what is not known varies.
// Attitudes that the engine does not read (formalism, contractual framework) do no more than choose that
// office. That a CPAS resembles the synthetic office that looks most like it is assumed.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/base/draw.hpp"
#include "scenarios/landscape/landscape.hpp"
#include "scenarios/landscape/presets.hpp"

namespace tremplin {

// People paid a month, as stated for the reference; what is not stated is not aligned to.
struct StatedStock {
  std::optional<double> paid;                        // integration income
  std::optional<std::array<double, 3>> by_category;  // cohabitant, single, family; sums to `paid`
  std::optional<double> equivalent;
  friend bool operator==(const StatedStock&, const StatedStock&) = default;
};

struct OwnOffice {
  std::string name;  // may be empty
  Region region{};
  double population = 0;
  std::optional<int> income_group;  // 0 to 3
  Reference reference;              // when stock, staff and places were counted
  StatedStock stock;                // `paid` is always there
  bool align = true;                // scale the inflow so that the stock is met in the reference
  std::optional<double> first_line;
  std::optional<double> second_line;
  std::array<std::optional<double>, n_pools> places;
  std::optional<double> childcare;
  std::string preset;                     // its name; may be empty
  std::vector<PracticeSetting> practice;  // of the preset, then what the file sets itself
};

// The number of one's own CPAS: no office of a landscape has it, and the luck of its people hangs on it.
inline constexpr CpasId own_cpas_id{60'000};

// Throws InputError with every fault of the file.
OwnOffice load_own_office(const SourceText& file, std::span<const Preset> presets);

// The columns (office_columns.def) that the file does not settle and that come from a donor.
std::vector<const OfficeColumn*> left_out(const OwnOffice& own);

// The office of `donors` most alike; equals by lot of `luck`. At least one donor must be of its region.
const Office& most_alike(const OwnOffice& own, std::span<const Office> donors, const Luck& luck);

// The office as the engine takes it, at its level of 2013: stated figures are brought there from the
// reference by the national levels, so that in the reference they are as stated. Workers follow
// `staff_elasticity` (a parameter, hence one office for each draw of the parameters).
Office complete(const OwnOffice& own, const Office& donor, const Landscape& landscape,
                double staff_elasticity);

}  // namespace tremplin
