// Why a synthetic office is as it is: for each column the figures that it was drawn from (with class and
// source) and, where a latent decided it, what the latent was made of. Nothing is guessed after the fact:
// the office is drawn again by the same code, which notes its latents on the way.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <vector>

#include "scenarios/landscape/landscape.hpp"
#include "scenarios/landscape/office_columns.hpp"

namespace tremplin {

// What a latent is the sum of. Attitudes count by their loadings (for offer and policy by what their
// correlations with attitudes explain), region and size by published or assumed shifts.
enum class Part : std::uint8_t { formalism, contractual, guidance, strictness, region, size, luck };
constexpr int n_parts = 7;

struct LatentReason {
  double value = 0;  // standard normal but for the shifts
  std::array<double, n_parts> parts{};
  int rank = 0;  // offices with a lower one, of `among`
  int among = 0;
  bool within_region = false;  // ranks are taken within the region, not the country
};

struct Reason {
  const OfficeColumn* column = nullptr;
  std::optional<LatentReason> latent;
  std::vector<const Figure*> figures;  // of the landscape; the margin that is met comes first
};

struct Explanation {
  Office office;
  std::vector<Reason> reasons;  // in the order of office_columns(), without the number of the office
};

// The office of draw_world(landscape, seed, …) with this id. Throws InputError{unknown_name} if there is
// none.
Explanation explain_office(const Landscape& landscape, std::uint64_t seed, int id);

}  // namespace tremplin
