// The landscape: the 589 CPAS as the published margins describe them. load_landscape() reads the margins
// (each with its source, scenarios/landscape/*.yaml); draw_world() makes a world of offices that meets
// them: number by region and size (003:5060, 003:5080), income groups (004:3847), people paid in 2013
// (004:293), sanction and evaluation habits (003:744-855), conditionality by region (000:894).
// What no document crosses or counts is assumed, and says so where it stands.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "engine/world.hpp"
#include "scenarios/landscape/figures.hpp"
#include "scenarios/source_text.hpp"

namespace tremplin {

inline constexpr std::size_t n_fine_sizes = 7;  // size classes of both surveys together
inline constexpr std::size_t n_attitudes = 4;   // formalism, contractual, guidance, strictness

template <class T>
using ByRegion = std::array<T, n_regions>;
template <class T>
using BySize = std::array<T, n_size_classes>;
using ByIncome = std::array<double, n_income_groups>;

// Values by year, ascending; straight lines between mid-years, constant outside.
using Timeline = std::vector<std::pair<int, double>>;
double value_at(const Timeline& timeline, Month month);

struct Frame {
  ByRegion<int> offices{};
  ByRegion<int> cities{};  // over 140,000 inhabitants
  std::array<int, n_fine_sizes> sizes{};
  std::array<std::pair<double, double>, n_fine_sizes> bounds{};  // inhabitants
  ByRegion<std::array<double, n_fine_sizes>> seed{};
  double population = 0;
  ByRegion<double> population_shares{};
  ByIncome rate_per_1000{};
  std::array<int, n_income_groups> income_groups{};
  ByRegion<double> income_by_region{};
  std::array<double, n_fine_sizes> income_by_size{};
  double caseload = 0;  // people paid integration income a month, 2013
  ByRegion<double> caseload_shares{};
  double caseload_spread = 0;  // standard deviation of the log
  double equivalent = 0;       // people paid equivalent income a month, 2013
  ByRegion<double> equivalent_shares{};
};

struct Resources {
  ByRegion<double> files_per_worker{};
  double staff_spread = 0;
  std::pair<double, double> staff_range;  // files per worker
  BySize<double> second_line_ratio{};
  double article_60 = 0;  // places, all of Belgium
  ByRegion<double> article_60_shares{};
  ByIncome jobs_per_1000{};
  double size_elasticity = 1;
  double spread = 0;       // standard deviation of the log
  double common_part = 0;  // correlation between pools
  double training = 0;     // places per person paid
  double social_activation = 0;
  std::array<double, 3> activation_by_offer{};  // relative places of basic, pathway, all-round
  double guidance = 0;
  ByRegion<double> childcare{};
};

using Loading = std::array<double, n_attitudes>;

struct Habits {
  // Cholesky factor of the correlations of the four attitudes, reach of the contract, breadth of the offer.
  std::vector<std::vector<double>> cholesky;
  struct Loadings {
    Loading sanctions, partial, three_months, other, evaluation, compliance, young, exempt_health,
        exempt_equity, conditional, summer, parallel, trained, integration, order, work_uses, group_uses,
        report, volunteering, guard;
  } loadings{};
  // Correlation matrix of the four attitudes: gives the part of a latent that is luck of its own.
  std::array<Loading, n_attitudes> attitudes{};
  BySize<double> size_shift{};
  std::array<double, 3> offer{};
  std::array<double, 4> policy{};
  std::array<double, 4> case_by_case{};
  std::array<std::array<double, 4>, 4> kinds{};  // [partial, one month, three months, other][never … always]
  std::array<double, 4> frequency_scale{};
  std::array<double, 3> evaluation_shares{};
  std::array<double, 3> evaluation_regularity{};
  std::array<double, 5> young_fifths{};
  double young_median = 0;
  struct Grounds {
    double health = 0, over_50 = 0, lone_parent = 0, homeless = 0, student = 0;
  } exempt;
  double exempt_spread = 0;
  double compliance_spread = 0;
  double case_by_case_spread = 0;
  std::array<double, n_contract_uses> contract_uses{};  // shares of CPAS
  double uses_common = 0;                               // part of the luck that the first two uses share
  std::array<double, 3> report{};                       // never, rarely, the rest
  std::array<double, 3> report_written{};
  double second_line_spread = 0;
  double guarded = 0;         // share of CPAS
  double activation_any = 1;  // share of CPAS
  ByRegion<double> volunteering{};
  ByRegion<double> conditional{};
  double parallel = 0;
  std::array<double, 3> summer{};
  double hours_spread = 0;
  double trained = 0;
  double trained_spread = 0;
  std::array<double, 3> order{};
};

struct Timelines {
  Timeline stock;                                             // people paid integration income, thousands
  Timeline jobs;                                              // people in job measures
  Timeline activation;                                        // their share of all who are aided or in them
  std::array<Timeline, n_income_groups> activation_by_group;  // the same in each income group
  Timeline part_time;                                         // share of those paid who work
  Timeline students;
  ByRegion<Timeline> tightness;
  std::array<double, 12> season{};
  Timeline inflow;
  Timeline inflow_equivalent;
};

struct Landscape {
  Frame frame;
  Resources resources;
  Habits habits;
  PopulationMargins people;
  Timelines timelines;
  std::vector<Figure> figures;  // all of them as read, with class and source
};

// The names under scenarios/landscape/ that make up a landscape.
inline constexpr std::array landscape_files = {"offices.yaml", "resources.yaml",   "practice.yaml",
                                               "people.yaml",  "environment.yaml", "inflow.yaml",
                                               "survey.yaml"};

// Throws InputError with all faults of all files.
Landscape load_landscape(std::span<const SourceText> files);
// The same from figures that were read already.
Landscape landscape_of(std::vector<Figure> figures);

// 589 offices, margins of people, and an environment for the months [from, until). The same arguments
// give the same bits on any x86-64. Staff over time is constant (all 1): it depends on a parameter; see
// staff_path(). Throws InputError if the margins contradict each other.
World draw_world(const Landscape& landscape, std::uint64_t seed, Month from, Month until);

// Social workers over [from, until), 1 in mid-2013: (stock / stock of 2013) ^ elasticity, elasticity >= 0
// (parameter staff_elasticity). Assign it to World::environment.staff.
std::vector<double> staff_path(const Landscape& landscape, double elasticity, Month from, Month until);

// When figures of an office were counted: one month, or the mean of a year (month 0).
struct Reference {
  int year = 2013;
  int month = 0;

  [[nodiscard]] Month from() const { return {year, month == 0 ? 1 : month}; }
  [[nodiscard]] Month until() const { return month == 0 ? Month{year + 1, 1} : from() + 1; }
  friend bool operator==(const Reference&, const Reference&) = default;
};

// National levels at the middle of the reference, 1 (exactly) for the year 2013: people paid integration
// income; social workers, as staff_path(); places in activities, as Environment::places.
double stock_level(const Landscape& landscape, Reference when);
double staff_level(const Landscape& landscape, double elasticity, Reference when);
double places_level(const Landscape& landscape, std::size_t income_group, Reference when);

// Whole CPAS drawn by stratum (stratum_of): round(fraction x n), at least one of each stratum that has
// any, all of the largest size class; 0 < fraction <= 1. `stratum_weights` gets n_strata weights: total
// caseload_2013 of the stratum over that of its offices drawn; 1 for an empty stratum.
World sample_offices(const World& world, double fraction, std::uint64_t seed,
                     std::vector<double>& stratum_weights);

}  // namespace tremplin
