#include "calibration/survey/margins.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace tremplin::survey {

namespace {

const Figure& figure_named(std::span<const Figure> figures, const std::string& name) {
  const auto found = std::ranges::find(figures, name, &Figure::name);
  if (found == figures.end())
    throw InputError(
        Fault{.kind = FaultKind::missing_key, .source = "scenarios/landscape/offices.yaml", .key = name});
  return *found;
}

// Name and value of each cell of a figure: a map has its names, a list takes those of another figure.
std::vector<std::pair<std::string, double>> named_values(const Group& group,
                                                         std::span<const Figure> figures) {
  const Figure& figure = figure_named(figures, group.margin);
  std::vector<std::pair<std::string, double>> values;
  if (!figure.rows.front().name.empty()) {
    for (const FigureRow& row : figure.rows) values.emplace_back(row.name, row.values.front());
    return values;
  }
  const std::vector<double>& list = figure.rows.front().values;
  for (std::size_t i = 0; i < list.size(); ++i) {
    std::string name;
    if (!group.names_from.empty()) name = figure_named(figures, group.names_from).rows.at(i).name;
    values.emplace_back(std::move(name), list[i]);
  }
  return values;
}

double sum(const std::vector<double>& totals) { return std::accumulate(totals.begin(), totals.end(), 0.0); }

bool in_file(const Microdata& data, std::size_t group) { return !data.groups[group].empty(); }

}  // namespace

std::vector<SurveyMargin> landscape_margins(const SurveyBook& book, std::span<const Figure> figures,
                                            const Microdata& data) {
  std::vector<SurveyMargin> margins;
  for (std::size_t g = 0; g < book.groups.size(); ++g) {
    if (!in_file(data, g)) continue;
    const Group& group = book.groups[g];
    const auto values = named_values(group, figures);
    SurveyMargin margin{.group = g, .totals = {}, .source = figure_named(figures, group.margin).source};
    for (std::size_t code = 0; code < group.codes.size(); ++code) {
      double total = group.parts.empty() ? values.at(code).second : 0;
      if (!group.parts.empty())
        for (const auto& [name, value] : values)
          if (std::ranges::find(group.parts[code], name) != group.parts[code].end()) total += value;
      margin.totals.push_back(total);
    }
    margins.push_back(std::move(margin));
  }
  return margins;
}

std::vector<SurveyMargin> load_margins(const SourceText& file, const SurveyBook& book,
                                       const Microdata& data) {
  Faults faults;
  std::vector<SurveyMargin> margins;
  const auto root = yaml::read_document(file, faults);
  if (root) {
    const yaml::Place place{file.name, &faults, {}};
    yaml::MapReader map(*root, place);
    for (std::size_t g = 0; g < book.groups.size(); ++g) {
      const yaml::Node* node = map.optional(book.groups[g].column);
      if (node == nullptr) continue;
      yaml::MapReader reader(*node, map.place_of(book.groups[g].column));
      SurveyMargin margin{.group = g, .totals = {}, .source = reader.text("source")};
      if (const yaml::Node* totals = reader.required("totals")) {
        yaml::MapReader values(*totals, reader.place_of("totals"));
        for (const Code& code : book.groups[g].codes)
          margin.totals.push_back(values.number(code.name, {.minimum = 0, .maximum = 1e9}));
        values.finish();
      }
      reader.finish();
      if (!in_file(data, g))
        reader.place().report(FaultKind::inconsistent, *node, book.groups[g].column, data.source);
      if (!margins.empty() &&
          std::abs(sum(margin.totals) - sum(margins.front().totals)) > 1e-9 * sum(margins.front().totals))
        reader.place().report(FaultKind::inconsistent, *node, yaml::to_string(sum(margin.totals)),
                              yaml::to_string(sum(margins.front().totals)) + " CPAS");
      margins.push_back(std::move(margin));
    }
    map.finish();
    if (margins.empty()) place.report(FaultKind::wrong_type, *root, {}, std::string(expects::not_empty));
  }
  faults.throw_if_any();
  return margins;
}

}  // namespace tremplin::survey
