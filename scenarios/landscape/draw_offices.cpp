#include "scenarios/landscape/draw_offices.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "scenarios/landscape/environment.hpp"
#include "scenarios/landscape/rake.hpp"

namespace tremplin {

namespace {

std::size_t region_of(const Office& office) { return static_cast<std::size_t>(office.region); }

std::vector<double> scaled(std::span<const double> shares, double total) {
  const double sum = std::accumulate(shares.begin(), shares.end(), 0.0);
  std::vector<double> totals;
  for (const double share : shares) totals.push_back(total * share / sum);
  return totals;
}

Margin by_region(std::span<const Office> offices, std::span<const double> shares, double total) {
  Margin margin{{}, scaled(shares, total)};
  for (const Office& office : offices) margin.group.push_back(static_cast<int>(office.region));
  return margin;
}

// Totals by income group in proportion to a published rate per inhabitant and the group's population.
Margin by_income(std::span<const Office> offices, const ByIncome& rates, double total) {
  std::vector<double> people(n_income_groups, 0.0);
  Margin margin;
  for (const Office& office : offices) {
    margin.group.push_back(office.income_group);
    people[office.income_group] += office.population * rates[office.income_group];
  }
  margin.totals = scaled(people, total);
  return margin;
}

// Number of offices by region and fine size: raked from the two margins (the cross table is assumed),
// then rounded; the five cities stand where they are.
std::vector<std::vector<int>> region_by_size(const Frame& frame) {
  constexpr std::size_t n_raked = n_fine_sizes - 1;
  std::vector<double> cells;
  Margin regions;
  Margin sizes;
  for (std::size_t r = 0; r < n_regions; ++r) {
    regions.totals.push_back(frame.offices[r] - frame.cities[r]);
    for (std::size_t s = 0; s < n_raked; ++s) {
      cells.push_back(frame.seed[r][s]);
      regions.group.push_back(static_cast<int>(r));
      sizes.group.push_back(static_cast<int>(s));
    }
  }
  sizes.totals.assign(frame.sizes.begin(), frame.sizes.end() - 1);
  rake(cells, std::array{regions, sizes});
  std::vector<std::vector<double>> table;
  for (std::size_t r = 0; r < n_regions; ++r) {
    const auto row = cells.begin() + static_cast<std::ptrdiff_t>(r * n_raked);
    table.emplace_back(row, row + n_raked);
  }
  std::vector<std::vector<int>> counts = round_table(std::move(table));
  for (std::size_t r = 0; r < n_regions; ++r) counts[r].push_back(frame.cities[r]);
  return counts;
}

// Populations of one region: each office keeps its keyed place u within its class and stands at
// low + (high - low) u^t; one power t for the region makes them sum to its population.
void draw_populations(std::span<Office> offices, std::span<const std::size_t> sizes, const Frame& frame,
                      double total, const Luck& luck) {
  std::vector<double> places;
  for (const Office& office : offices) {
    places.push_back(office_draws(luck, office.id).uniform(Decision::landscape_population));
  }
  const auto set_power = [&](double power) {
    double sum = 0;
    for (std::size_t i = 0; i < offices.size(); ++i) {
      const auto [low, high] = frame.bounds[sizes[i]];
      offices[i].population = low + (high - low) * portable::pow(places[i], power);
      sum += offices[i].population;
    }
    return sum;
  };
  double small = 1.0 / 32;  // power of the largest populations
  double large = 32;
  // One draw in a hundred has so many places at one end of their class that it takes more.
  constexpr double furthest = 1e9;
  while (set_power(small) < total && small > 1 / furthest) small /= 32;
  while (set_power(large) > total && large < furthest) large *= 32;
  if (set_power(small) < total || set_power(large) > total) {
    throw InputError(Fault{FaultKind::inconsistent,
                           "scenarios/landscape",
                           0,
                           0,
                           "population/by_region",
                           std::to_string(total),
                           "a population that the size classes can hold",
                           {}});
  }
  for (int step = 0; step < 100; ++step) {
    const double middle = (small + large) / 2;
    (set_power(middle) > total ? small : large) = middle;
  }
}

// Ranks of a latent income (region, size, luck) make the four groups.
void draw_income_groups(std::vector<Office>& offices, std::span<const std::size_t> sizes, const Frame& frame,
                        const Luck& luck, LatentsByColumn* trace) {
  std::vector<double> latents;
  for (std::size_t i = 0; i < offices.size(); ++i) {
    Normals luck_of_income(luck, offices[i].id, Decision::landscape_income);
    latents.push_back(frame.income_by_region[region_of(offices[i])] + frame.income_by_size[sizes[i]] +
                      luck_of_income());
  }
  const std::vector<double> counts(frame.income_groups.begin(), frame.income_groups.end());
  const std::vector<int> groups = assign_by_rank(latents, counts);
  for (std::size_t i = 0; i < offices.size(); ++i) {
    offices[i].income_group = static_cast<std::uint8_t>(groups[i]);
  }
  if (trace != nullptr) trace->insert_or_assign("income_group", std::move(latents));
}

void draw_caseloads(std::vector<Office>& offices, const Frame& frame, const Luck& luck) {
  std::vector<double> weights;
  for (const Office& office : offices) {
    Normals intensity(luck, office.id, Decision::landscape_intensity);
    weights.push_back(office.population * frame.rate_per_1000[office.income_group] *
                      portable::exp(frame.caseload_spread * intensity()));
  }
  rake(weights, std::array{by_region(offices, frame.caseload_shares, frame.caseload),
                           by_income(offices, frame.rate_per_1000, frame.caseload)});
  // Equivalent income follows integration income within each region (assumed) and its own regional shares.
  std::vector<double> equivalent = weights;
  rake(equivalent, std::array{by_region(offices, frame.equivalent_shares, frame.equivalent)});
  for (std::size_t i = 0; i < offices.size(); ++i) {
    offices[i].caseload_2013 = weights[i];
    offices[i].equivalent_2013 = equivalent[i];
  }
}

void draw_staff(Office& office, const Resources& resources, const Luck& luck) {
  Normals files(luck, office.id, Decision::practice_staff);
  const double drawn =
      resources.files_per_worker[region_of(office)] * portable::exp(resources.staff_spread * files());
  const double per_worker = std::clamp(drawn, resources.staff_range.first, resources.staff_range.second);
  office.first_line_fte = (office.caseload_2013 + office.equivalent_2013) / per_worker;
  office.second_line_fte =
      office.first_line_fte * resources.second_line_ratio[static_cast<std::size_t>(office.size())];
}

}  // namespace

std::vector<Office> draw_frame(const Frame& frame, const Luck& luck, LatentsByColumn* trace) {
  const std::vector<std::vector<int>> counts = region_by_size(frame);
  std::vector<Office> offices;
  std::vector<std::size_t> sizes;  // fine size class of each office
  for (std::size_t r = 0; r < n_regions; ++r) {
    const std::size_t first = offices.size();
    for (std::size_t s = 0; s < n_fine_sizes; ++s) {
      for (int k = 0; k < counts[r][s]; ++k) {
        Office& office = offices.emplace_back();
        office.id = CpasId{static_cast<std::uint16_t>(offices.size() - 1)};
        office.region = static_cast<Region>(r);
        sizes.push_back(s);
      }
    }
    draw_populations(std::span(offices).subspan(first), std::span(sizes).subspan(first), frame,
                     frame.population * frame.population_shares[r], luck);
  }
  draw_income_groups(offices, sizes, frame, luck, trace);
  draw_caseloads(offices, frame, luck);
  return offices;
}

void draw_resources(std::vector<Office>& offices, const Resources& resources, const Frame& frame,
                    const Luck& luck) {
  const double common = std::sqrt(resources.common_part);
  const double own = std::sqrt(1 - resources.common_part);
  // The same for every office: places per person paid; article 60 is raked instead.
  std::array<double, n_pools> per_person{};
  per_person[static_cast<std::size_t>(Pool::training)] = resources.training;
  per_person[static_cast<std::size_t>(Pool::social_activation)] = resources.social_activation;
  per_person[static_cast<std::size_t>(Pool::guidance)] = resources.guidance;
  std::array<std::vector<double>, n_pools> weights;
  for (Office& office : offices) {
    draw_staff(office, resources, luck);
    office.childcare_tightness =
        resources.childcare[region_of(office)] + Normals(luck, office.id, Decision::practice_childcare)();
    Normals normal(luck, office.id, Decision::practice_places);
    const double shared = common * normal();
    for (std::size_t pool = 0; pool < n_pools; ++pool) {
      const bool article_60 = pool == static_cast<std::size_t>(Pool::article_60);
      const double power = article_60 ? resources.size_elasticity : 1;
      weights[pool].push_back(portable::pow(office.caseload_2013, power) *
                              portable::exp(resources.spread * (shared + own * normal())));
    }
  }
  for (std::size_t pool = 0; pool < n_pools; ++pool) {
    if (pool == static_cast<std::size_t>(Pool::article_60)) {
      rake(weights[pool], std::array{by_region(offices, resources.article_60_shares, resources.article_60),
                                     by_income(offices, resources.jobs_per_1000, resources.article_60)});
    } else {
      const Margin nation{std::vector<int>(offices.size(), 0), {per_person[pool] * frame.caseload}};
      rake(weights[pool], std::array{nation});
    }
    for (std::size_t i = 0; i < offices.size(); ++i) offices[i].places[pool] = weights[pool][i];
  }
}

double activation_weight(const Resources& resources, const Practice& practice) {
  return practice.activation_offer ? resources.activation_by_offer[static_cast<std::size_t>(practice.offer)]
                                   : 0;
}

void spread_social_activation(std::vector<Office>& offices, const Resources& resources) {
  constexpr auto pool = static_cast<std::size_t>(Pool::social_activation);
  double before = 0;
  double after = 0;
  for (Office& office : offices) {
    before += office.places[pool];
    office.places[pool] *= activation_weight(resources, office.practice);
    after += office.places[pool];
  }
  if (after == 0) return;  // nobody organises any
  for (Office& office : offices) office.places[pool] *= before / after;
}

std::vector<Office> draw_offices(const Landscape& landscape, const Luck& luck, LatentsByColumn* trace) {
  std::vector<Office> offices = draw_frame(landscape.frame, luck, trace);
  draw_resources(offices, landscape.resources, landscape.frame, luck);
  draw_practice(offices, landscape.habits, luck, trace);
  spread_social_activation(offices, landscape.resources);
  return offices;
}

std::size_t fine_size_of(const Frame& frame, double population) {
  std::size_t size = 0;
  while (size + 1 < n_fine_sizes && population >= frame.bounds[size].second) ++size;
  return size;
}

World draw_world(const Landscape& landscape, std::uint64_t seed, Month from, Month until) {
  World world;
  world.offices = draw_offices(landscape, {seed, 0});
  world.country = means_of(world.offices);
  world.margins = landscape.people;
  world.environment = environment_of(landscape.timelines, from, until);
  return world;
}

}  // namespace tremplin
