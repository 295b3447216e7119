#include "scenarios/landscape/resurvey.hpp"

#include <algorithm>
#include <boost/random/gamma_distribution.hpp>
#include <cmath>
#include <numeric>
#include <string>

#include "engine/base/portable_math.hpp"
#include "engine/base/portable_real.hpp"
#include "engine/base/stable_hash.hpp"

namespace tremplin {

namespace {

constexpr std::string_view instrument_shares = "published/instrument_by_size";
constexpr std::string_view instrument_quantiles = "practice/size_shift";

Draws draws_of(const std::string& name, const Luck& luck) {
  return {luck, stable_hash(name), Month{1900, 1}};
}

std::vector<double> redrawn(const Figure& figure, std::size_t i, const Luck& luck) {
  const FigureRow& row = figure.rows[i];
  const std::vector<SurveySample>& samples = figure.samples[i];
  const std::string name = figure.name + "/" + row.name;
  if (samples.size() == 1 && row.values.size() > 1) {
    Draws draws = draws_of(name, luck);
    return dirichlet_parts(row.values, samples.front().effective(), draws);
  }
  std::vector<double> values;
  for (std::size_t j = 0; j < row.values.size(); ++j) {
    Draws draws = draws_of(name + "/" + std::to_string(j), luck);
    const std::array parts = {row.values[j], 1 - row.values[j]};
    values.push_back(dirichlet_parts(parts, samples[j].effective(), draws).front());
  }
  return values;
}

const std::vector<double>* values_of(const std::vector<Figure>& figures, std::string_view name) {
  const auto found = std::ranges::find(figures, name, &Figure::name);
  return found == figures.end() || found->rows.empty() ? nullptr : &found->rows.front().values;
}

double quantile(double share) {
  constexpr double edge = 0.001;
  return portable::normal_quantile(std::clamp(share, edge, 1 - edge));
}

// Its values are rounded quantiles of the published shares: moved by what these moved, those that did not
// move stay to the bit.
void move_quantiles(const std::vector<Figure>& published, std::vector<Figure>& figures) {
  const std::vector<double>* before = values_of(published, instrument_shares);
  const std::vector<double>* after = values_of(figures, instrument_shares);
  const auto moved = std::ranges::find(figures, instrument_quantiles, &Figure::name);
  if (before == nullptr || moved == figures.end()) return;
  std::vector<double>& quantiles = moved->rows.front().values;
  for (std::size_t i = 0; i < std::min(quantiles.size(), before->size()); ++i)
    quantiles[i] += quantile((*after)[i]) - quantile((*before)[i]);
}

}  // namespace

std::vector<double> dirichlet_parts(std::span<const double> parts, double n, Draws& draws) {
  std::vector<double> drawn(parts.begin(), parts.end());
  if (!std::isfinite(n)) return drawn;
  const double sum = std::accumulate(parts.begin(), parts.end(), 0.0);
  auto stream = draws.stream(Decision::landscape_survey);
  for (double& part : drawn) {
    const double shape = n * part / sum;
    part =
        shape > 0 ? static_cast<double>(boost::random::gamma_distribution<PortableReal>(shape)(stream)) : 0;
  }
  const double scale = sum / std::accumulate(drawn.begin(), drawn.end(), 0.0);
  for (double& part : drawn) part *= scale;
  return drawn;
}

Landscape resurveyed(const Landscape& landscape, const Luck& luck) {
  std::vector<Figure> figures = landscape.figures;
  for (Figure& figure : figures) {
    const Figure published = figure;
    for (std::size_t i = 0; i < published.samples.size(); ++i)
      figure.rows[i].values = redrawn(published, i, luck);
  }
  move_quantiles(landscape.figures, figures);
  return landscape_of(std::move(figures));
}

}  // namespace tremplin
