#include "scenarios/indexation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "scenarios/yaml/reader.hpp"

namespace tremplin {

namespace {

constexpr std::int64_t whole_coefficient = 10'000;
constexpr yaml::Range base_range{0.01, 20'000, "euro_per_year"};
// Two factors of at most two, on at most 20,000 euro, stay within 64 bits.
constexpr yaml::Range raise_range{-50, 100};
constexpr std::size_t most_raises = 2;

// (1 + percent)^number in ten-thousandths. Steps are few: the product keeps all its digits.
std::int64_t coefficient_of(double percent, int number) {
  double coefficient = 1;
  for (int i = 0; i < number; ++i) coefficient *= 1 + percent / 100;
  return std::llround(coefficient * static_cast<double>(whole_coefficient));
}

// What every act and step states of its origin.
struct Origins {
  ValueClass value_class;
  std::string reference;
  std::string note;
};

Origins read_origins(yaml::MapReader& map) {
  return {static_cast<ValueClass>(map.one_of("class", value_class_names, 0)), map.text("reference"),
          map.text("note", {})};
}

std::vector<IndexStep> read_steps(yaml::MapReader& root) {
  std::vector<IndexStep> steps;
  const yaml::Node* node = root.required("index");
  if (node == nullptr) return steps;
  yaml::MapReader index(*node, root.place_of("index"));
  const double percent = index.number("percent", {0, 100});
  if (const yaml::Node* dated = index.required("steps")) {
    const yaml::Place place = index.place_of("steps");
    for (const yaml::Entry& entry : yaml::entries(*dated, place)) {
      const yaml::Place here = place.at(entry.key);
      const auto date = parse_date(entry.key);
      if (!date) here.report(FaultKind::bad_date, entry.value, entry.key, std::string(expects::date));
      yaml::MapReader map(entry.value, here);
      const int number = map.whole_number("number", {0, 100});
      Origins origins = read_origins(map);
      map.finish();
      const bool follows = steps.empty() || (number == steps.back().number + 1 && date > steps.back().from);
      if (!follows)
        here.report(FaultKind::inconsistent, entry.value, std::to_string(number),
                    fmt::format("{} (> {})", steps.back().number + 1, to_string(steps.back().from)));
      steps.push_back({date.value_or(Date{}), number, coefficient_of(percent, number), origins.value_class,
                       std::move(origins.reference), std::move(origins.note)});
    }
    if (steps.empty()) place.report(FaultKind::wrong_type, *dated, {}, std::string(expects::not_empty));
  }
  index.finish();
  return steps;
}

std::vector<double> read_raise(const yaml::Node& node, const yaml::Place& place) {
  std::vector<double> raise;
  for (const yaml::Node& item : yaml::items(node, place))
    raise.push_back(yaml::number(item, place.at(raise.size()), raise_range));
  if (raise.empty() || raise.size() > most_raises)
    place.report(FaultKind::out_of_range, node, std::to_string(raise.size()),
                 fmt::format("1 .. {}", most_raises));
  raise.resize(std::min(raise.size(), most_raises));
  return raise;
}

// Either `raise` or `add_per_month`.
Act read_act(const yaml::Node& node, const yaml::Place& place, const IndexedSeries& series) {
  yaml::MapReader map(node, place);
  Act act;
  act.from = map.date("from");
  const yaml::Node* raise = map.optional("raise");
  if (map.has("add_per_month") == (raise != nullptr))
    place.report(FaultKind::inconsistent, node, "raise, add_per_month", std::string(expects::one_place));
  if (raise != nullptr) act.raise = read_raise(*raise, map.place_of("raise"));
  act.added_a_month = cents_of(map.number("add_per_month", {0, 10'000, "euro_per_month"}, 0));
  act.of = map.optional_date("of");
  std::vector<std::string_view> paths;
  for (const auto& [path, base] : series.bases) paths.push_back(path);
  if (const yaml::Node* only = map.optional("only")) {
    const yaml::Place here = map.place_of("only");
    for (const yaml::Node& item : yaml::items(*only, here))
      if (!paths.empty()) act.only.emplace_back(paths[yaml::one_of(item, here, paths)]);
  }
  Origins origins = read_origins(map);
  act.value_class = origins.value_class;
  act.reference = std::move(origins.reference);
  act.note = std::move(origins.note);
  map.finish();
  const Date earliest = series.acts.empty() ? series.from : series.acts.back().from;
  if (act.from < earliest)
    place.report(FaultKind::inconsistent, node, to_string(act.from), ">= " + to_string(earliest));
  if (act.of && (*act.of < series.from || *act.of >= act.from))
    place.report(FaultKind::inconsistent, node, to_string(*act.of),
                 fmt::format(">= {}, < {}", to_string(series.from), to_string(act.from)));
  return act;
}

// A lever whose values are euros a month; a fault otherwise.
void check_path(const std::string& path, const yaml::Node& node, const yaml::Place& place) {
  const Lever* lever = find_lever(path);
  if (lever != nullptr && lever->unit == Unit::euro_per_month) return;
  std::vector<std::string_view> known;
  for (const Lever& other : all_levers())
    if (other.unit == Unit::euro_per_month) known.push_back(other.path);
  place.report(FaultKind::unknown_name, node, path, {}, nearest_name(path, known));
}

IndexedSeries read_series(const yaml::Node& node, const yaml::Place& place) {
  constexpr std::array<std::string_view, 2> periods = {"month", "year"};
  IndexedSeries series;
  yaml::MapReader map(node, place);
  if (const yaml::Node* bases = map.required("bases")) {
    const yaml::Place here = map.place_of("bases");
    for (const yaml::Entry& entry : yaml::entries(*bases, here)) {
      check_path(entry.key, entry.value, here.at(entry.key));
      series.bases.emplace_back(entry.key,
                                cents_of(yaml::number(entry.value, here.at(entry.key), base_range)));
    }
  }
  series.yearly = map.one_of("per", periods) == 1;
  series.from = map.date("from");
  series.reference = map.text("reference");
  map.text("note", {});
  if (const yaml::Node* acts = map.required("acts")) {
    const yaml::Place here = map.place_of("acts");
    for (const yaml::Node& item : yaml::items(*acts, here))
      series.acts.push_back(read_act(item, here.at(series.acts.size()), series));
  }
  map.finish();
  return series;
}

Departure read_departure(const yaml::Node& node, const yaml::Place& place) {
  yaml::MapReader map(node, place);
  Departure departure;
  departure.path = map.text("path");
  departure.from = map.date("from");
  departure.published = cents_of(map.number("published", base_range));
  departure.reference = map.text("reference");
  map.text("note", {});
  map.finish();
  return departure;
}

template <class Item, class Read>
std::vector<Item> read_list(yaml::MapReader& root, std::string_view key, Read read) {
  std::vector<Item> result;
  if (const yaml::Node* node = root.required(key)) {
    const yaml::Place place = root.place_of(key);
    for (const yaml::Node& item : yaml::items(*node, place))
      result.push_back(read(item, place.at(result.size())));
  }
  return result;
}

// Whole millionths of a factor: a per cent has at most four decimals.
std::int64_t factor_of(double percent) { return whole_share + std::llround(percent * 1e4); }

Cents raised(Cents base, const std::vector<double>& raise) {
  std::int64_t numerator = factor_of(raise.front());
  std::int64_t denominator = whole_share;
  if (raise.size() == 2) {
    numerator *= factor_of(raise.back());
    denominator *= whole_share;
  }
  return part_of(base, numerator, denominator);
}

const IndexStep* step_on(const Indexation& indexation, Date day) {
  const IndexStep* found = &indexation.steps.front();
  for (const IndexStep& step : indexation.steps)
    if (step.from <= day) found = &step;
  return found;
}

bool concerns(const Act& act, std::string_view path) {
  return act.only.empty() || std::ranges::find(act.only, path) != act.only.end();
}

Cents base_after(const Act& act, Cents before, Cents of, const IndexedSeries& series, const IndexStep& step) {
  if (!act.raise.empty()) return raised(act.of ? of : before, act.raise);
  const Cents added = part_of(act.added_a_month, series.yearly ? 12 : 1, 1);
  return before + part_of(added, whole_coefficient, step.coefficient);
}

IndexedAmount indexed(Date from, Cents base, const IndexedSeries& series, const IndexStep& step) {
  const Cents product = part_of(base, step.coefficient, whole_coefficient);
  return {from, base, &step, product, series.yearly ? part_of(product, 1, 12) : product, false};
}

// Later amounts stand on earlier ones in force: the last whose date is not after the day.
const IndexedAmount* on_day(const std::vector<IndexedAmount>& amounts, Date day) {
  const IndexedAmount* found = nullptr;
  for (const IndexedAmount& amount : amounts)
    if (amount.from <= day) found = &amount;
  return found;
}

}  // namespace

Indexation load_indexation(const SourceText& source) {
  Faults faults;
  Indexation indexation;
  if (const auto root = yaml::read_document(source, faults)) {
    yaml::MapReader map(*root, {source.name, &faults, {}});
    indexation.steps = read_steps(map);
    indexation.series = read_list<IndexedSeries>(map, "amounts", read_series);
    indexation.departures = read_list<Departure>(map, "departures", read_departure);
    map.finish();
  }
  faults.throw_if_any();
  return indexation;
}

std::vector<Coefficient> coefficients_of(const Indexation& indexation) {
  std::vector<Coefficient> coefficients;
  for (const IndexStep& step : indexation.steps)
    coefficients.push_back({step.from.counts_from(), step.coefficient});
  return coefficients;
}

const IndexedSeries* series_of(const Indexation& indexation, std::string_view path) {
  for (const IndexedSeries& series : indexation.series)
    for (const auto& [known, base] : series.bases)
      if (known == path) return &series;
  return nullptr;
}

std::vector<IndexedAmount> amounts_by_acts(const Indexation& indexation, std::string_view path) {
  std::vector<IndexedAmount> amounts;
  const IndexedSeries* series = series_of(indexation, path);
  if (series == nullptr) return amounts;
  std::set<Date> days = {series->from};
  for (const IndexStep& step : indexation.steps)
    if (step.from > series->from) days.insert(step.from);
  for (const Act& act : series->acts)
    if (concerns(act, path)) days.insert(act.from);

  Cents base = std::ranges::find(series->bases, path, &std::pair<std::string, Cents>::first)->second;
  for (const Date day : days) {
    const IndexStep& step = *step_on(indexation, day);
    bool assumed = step.from == day && step.value_class != ValueClass::law;
    for (const Act& act : series->acts) {
      if (act.from != day || !concerns(act, path)) continue;
      const Cents of = act.of ? on_day(amounts, *act.of)->base : base;
      base = base_after(act, base, of, *series, step);
      assumed = assumed || act.value_class != ValueClass::law;
    }
    amounts.push_back(indexed(day, base, *series, step));
    amounts.back().assumed = assumed;
  }
  return amounts;
}

std::optional<IndexedAmount> amount_by_acts(const Indexation& indexation, std::string_view path, Date day) {
  const std::vector<IndexedAmount> amounts = amounts_by_acts(indexation, path);
  const IndexedAmount* found = on_day(amounts, day);
  return found == nullptr ? std::nullopt : std::optional(*found);
}

}  // namespace tremplin
