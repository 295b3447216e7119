#include "scenarios/landscape/figures.hpp"

#include <algorithm>
#include <cmath>

namespace tremplin {

namespace {

std::vector<double> numbers(const yaml::Node& node, const yaml::Place& place) {
  if (node.kind != yaml::Node::Kind::list) return {yaml::number(node, place)};
  std::vector<double> values;
  for (std::size_t i = 0; i < node.items.size(); ++i) {
    values.push_back(yaml::number(node.items[i], place.at(i)));
  }
  return values;
}

std::vector<FigureRow> read_rows(const yaml::Node& node, const yaml::Place& place) {
  if (node.kind != yaml::Node::Kind::map) return {{"", numbers(node, place)}};
  std::vector<FigureRow> rows;
  for (const yaml::Entry& entry : node.entries) {
    rows.push_back({entry.key, numbers(entry.value, place.at(entry.key))});
  }
  return rows;
}

Figure read_figure(const yaml::Entry& entry, const yaml::Place& place) {
  yaml::MapReader map(entry.value, place);
  Figure figure;
  figure.name = entry.key;
  figure.file = place.source;
  figure.line = entry.line;
  if (const yaml::Node* value = map.required("value")) {
    figure.rows = read_rows(*value, map.place_of("value"));
  }
  figure.evidence = static_cast<Evidence>(map.one_of("class", evidence_names));
  figure.source = map.text("source");
  figure.note = map.text("note", "");
  map.finish();
  return figure;
}

Fault fault_of(const Figure& figure, FaultKind kind, std::string found, std::string expected) {
  return {kind, figure.file, figure.line, 1, figure.name, std::move(found), std::move(expected), {}};
}

}  // namespace

std::vector<Figure> read_figures(std::span<const SourceText> files, Faults& faults) {
  std::vector<Figure> figures;
  for (const SourceText& file : files) {
    const auto root = yaml::read_document(file, faults);
    if (!root) continue;
    const yaml::Place place{file.name, &faults, {}};
    for (const yaml::Entry& entry : yaml::entries(*root, place)) {
      Figure figure = read_figure(entry, place.at(entry.key));
      if (std::ranges::find(figures, figure.name, &Figure::name) != figures.end()) {
        faults.add(fault_of(figure, FaultKind::duplicate_key, figure.name, {}));
        continue;
      }
      figures.push_back(std::move(figure));
    }
  }
  return figures;
}

const Figure* FigureReader::find(std::string_view name) {
  const auto found = std::ranges::find(figures_, name, &Figure::name);
  if (found == figures_.end()) {
    const std::string file = figures_.empty() ? "scenarios/landscape" : figures_.front().file;
    faults_->add({FaultKind::missing_key, file, 0, 0, std::string(name), {}, {}, {}});
    return nullptr;
  }
  asked_[static_cast<std::size_t>(found - figures_.begin())] = true;
  return &*found;
}

const FigureRow* FigureReader::row(const Figure& figure, std::string_view name, std::size_t n,
                                   yaml::Range range) {
  const auto found = std::ranges::find(figure.rows, name, &FigureRow::name);
  if (found == figure.rows.end()) {
    const std::string key = name.empty() ? figure.name : figure.name + "." + std::string(name);
    faults_->add({FaultKind::missing_key, figure.file, figure.line, 1, key, {}, {}, {}});
    return nullptr;
  }
  if (found->values.size() != n) {
    faults_->add(fault_of(figure, FaultKind::inconsistent, std::to_string(found->values.size()) + " numbers",
                          std::to_string(n) + " numbers"));
    return nullptr;
  }
  for (const double value : found->values) {
    if (value >= range.minimum && value <= range.maximum) continue;
    faults_->add(fault_of(figure, FaultKind::out_of_range, yaml::to_string(value), yaml::to_string(range)));
    return nullptr;
  }
  return &*found;
}

double FigureReader::number(std::string_view name, yaml::Range range) { return list(name, 1, range).front(); }

std::vector<double> FigureReader::list(std::string_view name, std::size_t n, yaml::Range range) {
  static constexpr std::array<std::string_view, 1> unnamed = {""};
  return table(name, unnamed, n, range).front();
}

std::vector<std::vector<double>> FigureReader::table(std::string_view name,
                                                     std::span<const std::string_view> rows, std::size_t n,
                                                     yaml::Range range) {
  const double harmless = std::isfinite(range.minimum) ? range.minimum : 0;
  std::vector<std::vector<double>> values(rows.size(), std::vector<double>(n, harmless));
  const Figure* figure = find(name);
  if (figure == nullptr) return values;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (const FigureRow* found = row(*figure, rows[i], n, range)) values[i] = found->values;
  }
  if (figure->rows.size() > rows.size()) {
    report(name, std::to_string(figure->rows.size()) + " rows", std::to_string(rows.size()) + " rows");
  }
  return values;
}

std::vector<double> FigureReader::column(std::string_view name, std::span<const std::string_view> rows,
                                         yaml::Range range) {
  std::vector<double> values;
  for (const auto& line : table(name, rows, 1, range)) values.push_back(line.front());
  return values;
}

std::vector<double> FigureReader::shares(std::string_view name, std::size_t n) {
  std::vector<double> values = list(name, n, {0, 1});
  double sum = 0;
  for (const double value : values) sum += value;
  if (std::abs(sum - 1) > 1e-9) report(name, "sum " + yaml::to_string(sum), "sum 1");
  return values;
}

std::span<const FigureRow> FigureReader::rows(std::string_view name) {
  const Figure* figure = find(name);
  return figure == nullptr ? std::span<const FigureRow>{} : figure->rows;
}

void FigureReader::report(std::string_view name, std::string found, std::string expected) {
  const auto figure = std::ranges::find(figures_, name, &Figure::name);
  if (figure == figures_.end()) return;  // its absence is already told
  faults_->add(fault_of(*figure, FaultKind::inconsistent, std::move(found), std::move(expected)));
}

void FigureReader::finish() {
  std::vector<std::string_view> used;
  for (std::size_t i = 0; i < figures_.size(); ++i) {
    if (asked_[i]) used.push_back(figures_[i].name);
  }
  for (std::size_t i = 0; i < figures_.size(); ++i) {
    const Figure& figure = figures_[i];
    if (asked_[i] || figure.name.starts_with("published/")) continue;
    Fault fault = fault_of(figure, FaultKind::unknown_key, figure.name, {});
    fault.nearest = nearest_name(figure.name, used);
    faults_->add(std::move(fault));
  }
}

}  // namespace tremplin
