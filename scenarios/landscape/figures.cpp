#include "scenarios/landscape/figures.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "scenarios/yaml/expects_cells.hpp"

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

// Numbers of answers, or of CPAS: one for all rows, one for each value of a single row, or one for each row.
class Counts {
 public:
  Counts(const yaml::Node* node, const yaml::Place& place, const std::vector<FigureRow>& rows) {
    if (node == nullptr) return;
    counts_ = read_rows(*node, place);
    const bool unnamed = counts_.size() == 1 && counts_.front().name.empty();
    const std::size_t n = unnamed ? counts_.front().values.size() : 1;
    per_value_ = n > 1;
    fits_ = unnamed ? n == 1 || (rows.size() == 1 && n == rows.front().values.size())
                    : counts_.size() == rows.size() && std::ranges::all_of(rows, [this](const auto& row) {
                        const FigureRow* found = find(row.name);
                        return found != nullptr && found->values.size() == 1;
                      });
    if (!fits_) place.report(FaultKind::inconsistent, *node, {}, std::string(expects::one_or_each));
  }
  [[nodiscard]] bool fits() const { return fits_; }
  [[nodiscard]] bool per_value() const { return per_value_; }
  [[nodiscard]] double at(const std::string& row, std::size_t value) const {
    const FigureRow* found = find(row);
    if (found == nullptr) found = &counts_.front();
    return found->values[per_value_ ? value : 0];
  }

 private:
  [[nodiscard]] const FigureRow* find(const std::string& row) const {
    const auto found = std::ranges::find(counts_, row, &FigureRow::name);
    return found == counts_.end() ? nullptr : &*found;
  }

  std::vector<FigureRow> counts_;
  bool per_value_ = false;
  bool fits_ = false;
};

// A share of its own lies in [0, 1]; what answers divide into are shares or counts, not all of them none.
bool can_be_shares(const Figure& figure, bool per_value) {
  return std::ranges::all_of(figure.rows, [per_value](const FigureRow& row) {
    const double most = per_value || row.values.size() == 1 ? 1 : std::numeric_limits<double>::max();
    return std::ranges::all_of(row.values, [most](double v) { return v >= 0 && v <= most; }) &&
           (row.values.size() == 1 || std::ranges::any_of(row.values, [](double v) { return v > 0; }));
  });
}

void read_samples(const yaml::Node& node, const yaml::Place& place, Figure& figure) {
  yaml::MapReader map(node, place);
  const Counts answers(map.required("answers"), map.place_of("answers"), figure.rows);
  const Counts of(map.required("of"), map.place_of("of"), figure.rows);
  map.finish();
  if (figure.evidence != Evidence::data) {
    const auto class_of = [](Evidence evidence) {
      return "class: " + std::string(evidence_names.at(static_cast<std::size_t>(evidence)));
    };
    place.report(FaultKind::inconsistent, node, class_of(figure.evidence), class_of(Evidence::data));
  }
  if (!answers.fits() || !of.fits()) return;
  const bool per_value = answers.per_value() || of.per_value();
  if (!can_be_shares(figure, per_value))
    place.report(FaultKind::inconsistent, node, {}, std::string(expects::shares));
  for (const FigureRow& row : figure.rows) {
    auto& samples = figure.samples.emplace_back();
    for (std::size_t j = 0; j < (per_value ? row.values.size() : 1); ++j) {
      samples.push_back({answers.at(row.name, j), of.at(row.name, j)});
      const auto [answered, asked] = samples.back();
      if (answered >= 1 && answered <= asked) continue;
      map.place_of("answers").report(FaultKind::out_of_range, node, yaml::to_string(answered),
                                     yaml::to_string(yaml::Range{1, asked}));
    }
  }
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
  if (const yaml::Node* survey = map.optional("survey"))
    read_samples(*survey, map.place_of("survey"), figure);
  figure.note = map.text("note", "");
  map.finish();
  return figure;
}

Fault fault_of(const Figure& figure, FaultKind kind, std::string found, std::string expected) {
  return {kind, figure.file, figure.line, 1, figure.name, std::move(found), std::move(expected), {}};
}

}  // namespace

double SurveySample::effective() const {
  return answers < of ? answers / (1 - answers / of) : std::numeric_limits<double>::infinity();
}

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
