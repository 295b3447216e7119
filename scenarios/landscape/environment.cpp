#include "scenarios/landscape/environment.hpp"

#include "engine/base/portable_math.hpp"

namespace tremplin {

namespace {

// `when` in years since the middle of year 0: a whole number is the middle of that year.
double at(const Timeline& timeline, double when) {
  if (when <= timeline.front().first) return timeline.front().second;
  for (std::size_t i = 1; i < timeline.size(); ++i) {
    const auto& [year, value] = timeline[i];
    const auto& [year_before, value_before] = timeline[i - 1];
    if (when > year) continue;
    const double part = (when - year_before) / (year - year_before);
    return value_before + part * (value - value_before);
  }
  return timeline.back().second;
}

// Relative to 2013.
double level(const Timeline& timeline, Reference when) {
  const double there = when.month == 0 ? at(timeline, when.year) : value_at(timeline, when.from());
  return there / at(timeline, 2013);
}

double level_in(const Timeline& timeline, Month month) {
  return value_at(timeline, month) / at(timeline, 2013);
}

}  // namespace

double value_at(const Timeline& timeline, Month month) {
  return at(timeline, month.year() + (month.of_year() - 0.5) / 12 - 0.5);
}

double stock_level(const Landscape& landscape, Reference when) {
  return level(landscape.timelines.stock, when);
}

double staff_level(const Landscape& landscape, double elasticity, Reference when) {
  return portable::pow(level(landscape.timelines.stock, when), elasticity);
}

double places_level(const Landscape& landscape, std::size_t income_group, Reference when) {
  const Timelines& times = landscape.timelines;
  return level(times.jobs, when) * level(times.activation_by_group[income_group], when) /
         level(times.activation, when);
}

Environment environment_of(const Timelines& times, Month from, Month until) {
  Environment environment;
  environment.from = from;
  for (Month month = from; month < until; ++month) {
    const double season = times.season[static_cast<std::size_t>(month.of_year() - 1)];
    environment.inflow.push_back(season * value_at(times.inflow, month));
    environment.inflow_equivalent.push_back(season * value_at(times.inflow_equivalent, month));
    environment.staff.push_back(1);
    const double jobs = level_in(times.jobs, month) / level_in(times.activation, month);
    for (std::size_t g = 0; g < n_income_groups; ++g)
      environment.places[g].push_back(jobs * level_in(times.activation_by_group[g], month));
    environment.part_time.push_back(level_in(times.part_time, month));
    environment.student_share.push_back(value_at(times.students, month));
    for (std::size_t r = 0; r < n_regions; ++r) {
      environment.tightness[r].push_back(value_at(times.tightness[r], month));
    }
  }
  return environment;
}

std::vector<double> staff_path(const Landscape& landscape, double elasticity, Month from, Month until) {
  const Timeline& stock = landscape.timelines.stock;
  const double stock_2013 = at(stock, 2013);
  std::vector<double> path;
  for (Month month = from; month < until; ++month) {
    path.push_back(portable::pow(value_at(stock, month) / stock_2013, elasticity));
  }
  return path;
}

}  // namespace tremplin
