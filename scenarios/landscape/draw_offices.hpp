// The offices as places on the map: region, population, income group, people paid, workers and places.
// The steps of draw_world() before practice; see landscape.hpp.
#pragma once

#include <map>
#include <string_view>
#include <vector>

#include "engine/base/draw.hpp"
#include "engine/base/portable_math.hpp"
#include "scenarios/landscape/landscape.hpp"

namespace tremplin {

// All draws of a landscape are keyed by office and decision in January 1900, before any person appears.
inline Draws office_draws(const Luck& luck, CpasId id) {
  return {luck, static_cast<std::uint64_t>(id), Month{1900, 1}};
}

// Standard normal draws of one decision of one office, one after the other.
class Normals {
 public:
  Normals(const Luck& luck, CpasId id, Decision decision)
      : draws_(office_draws(luck, id)), stream_(draws_.stream(decision)) {}
  Normals(const Normals&) = delete;
  Normals& operator=(const Normals&) = delete;
  double operator()() {
    return portable::normal_quantile((static_cast<double>(stream_()) + 0.5) * (1.0 / 4294967296.0));
  }

 private:
  Draws draws_;
  Draws::Stream stream_;  // refers to draws_
};

// The latent that decided a column, by name of the column (office_columns.def) and office; what
// explain_office() starts from.
using LatentsByColumn = std::map<std::string_view, std::vector<double>>;

// Offices with id, region, population, income group and expected people paid. Notes latents in `trace` if
// there is one, here and below.
std::vector<Office> draw_frame(const Frame& frame, const Luck& luck, LatentsByColumn* trace = nullptr);
// Adds workers, places and childcare.
void draw_resources(std::vector<Office>& offices, const Resources& resources, const Frame& frame,
                    const Luck& luck);
// Adds practice.
void draw_practice(std::vector<Office>& offices, const Habits& habits, const Luck& luck,
                   LatentsByColumn* trace = nullptr);
// Relative number of social-activation places per person paid: by the offer, 0 where none is organised.
double activation_weight(const Resources& resources, const Practice& practice);
// Moves places of social activation to where the offer is; their sum stays.
void spread_social_activation(std::vector<Office>& offices, const Resources& resources);
// All four.
std::vector<Office> draw_offices(const Landscape& landscape, const Luck& luck,
                                 LatentsByColumn* trace = nullptr);
// The fine size class that holds a population.
std::size_t fine_size_of(const Frame& frame, double population);

}  // namespace tremplin
