// Reads calibration/targets.yaml; its head describes the form.
#include <algorithm>
#include <array>
#include <cmath>

#include "calibration/targets.hpp"
#include "scenarios/yaml/reader.hpp"

namespace tremplin {

namespace {

using yaml::MapReader;
using yaml::Node;
using yaml::Place;

constexpr yaml::Range years_known{1993, 2100};

std::vector<Tally> read_tallies(const Node& node, const Place& place) {
  std::vector<Tally> tallies;
  for (const std::string& name : yaml::texts(node, place)) {
    if (const TallyEntry* entry = find_tally(name)) {
      tallies.push_back(static_cast<Tally>(entry - all_tallies().data()));
      continue;
    }
    std::vector<std::string_view> names;
    for (const TallyEntry& entry : all_tallies()) names.push_back(entry.name);
    place.report(FaultKind::unknown_name, node, name, {}, nearest_name(name, names));
  }
  return tallies;
}

std::vector<Task> read_tasks(const Node& node, const Place& place) {
  std::vector<std::string_view> names;
  for (const TaskEntry& entry : all_tasks()) names.push_back(entry.name);
  std::vector<Task> tasks;
  for (const std::string& name : yaml::texts(node, place)) {
    const auto found = std::ranges::find(names, name);
    if (found != names.end()) {
      tasks.push_back(static_cast<Task>(found - names.begin()));
    } else {
      place.report(FaultKind::unknown_name, node, name, {}, nearest_name(name, names));
    }
  }
  return tasks;
}

Selection read_selection(const Node& node, const Place& place) {
  if (node.kind == Node::Kind::list) return {.tallies = read_tallies(node, place)};
  constexpr std::array<std::string_view, n_regions> regions = {"flanders", "wallonia", "brussels"};
  MapReader map(node, place);
  Selection selection;
  if (const Node* tasks = map.optional("tasks")) {
    constexpr std::array<std::string_view, n_workload> works = {"asked_minutes", "worked_minutes",
                                                                "asked_tasks", "done_tasks"};
    selection.tasks = read_tasks(*tasks, map.place_of("tasks"));
    selection.work = static_cast<Workload>(map.one_of("work", works));
  } else if (const Node* tallies = map.required("tallies")) {
    selection.tallies = read_tallies(*tallies, map.place_of("tallies"));
  }
  if (map.has("region")) selection.region = static_cast<Region>(map.one_of("region", regions));
  if (map.has("income_group")) {
    selection.income_group = map.whole_number("income_group", {1, n_income_groups}) - 1;
  }
  map.finish();
  return selection;
}

Selection selection_under(MapReader& map, std::string_view key) {
  const Node* node = map.required(key);
  return node == nullptr ? Selection{} : read_selection(*node, map.place_of(key));
}

TargetMeasure read_paid_days(MapReader& map) {
  constexpr std::array<std::string_view, 5> figures = {"people", "share_up_to", "share_above", "mean",
                                                       "median"};
  PaidDays paid;
  paid.figure = static_cast<PaidDays::Figure>(map.one_of("paid_days", figures));
  const bool share =
      paid.figure == PaidDays::Figure::share_up_to || paid.figure == PaidDays::Figure::share_above;
  if (share) paid.days = map.whole_number("days", {0, cohort_window_days});
  return paid;
}

TargetMeasure read_measure(const Node& node, const Place& place, double& scale) {
  MapReader map(node, place);
  TargetMeasure measure;
  if (map.has("mean")) {
    measure = MeanOverMonths{selection_under(map, "mean")};
  } else if (map.has("sum")) {
    measure = SumOverMonths{selection_under(map, "sum")};
  } else if (const Node* ratio = map.optional("ratio")) {
    MapReader parts(*ratio, map.place_of("ratio"));
    RatioOfSums sums{selection_under(parts, "over"), selection_under(parts, "under")};
    parts.finish();
    measure = sums;
  } else if (map.has("paid_days")) {
    measure = read_paid_days(map);
  } else {
    place.report(FaultKind::missing_key, node, {}, "mean | sum | ratio | paid_days");
  }
  scale = map.number("scale", {1e-12, 1e12}, 1);
  map.finish();
  return measure;
}

void set_years(Target& target, int first, int last) {
  target.from = Month{first, 1};
  target.until = Month{last + 1, 1};
}

// The period from exactly one of `year`, `years`, `month`.
void read_period(MapReader& map, Target& target, const Node& node) {
  if (map.has("year")) {
    const int year = map.whole_number("year", years_known);
    set_years(target, year, year);
  } else if (const Node* years = map.optional("years")) {
    const Place place = map.place_of("years");
    const auto items = yaml::items(*years, place);
    if (items.size() != 2) {
      place.report(FaultKind::wrong_type, *years, std::to_string(items.size()) + " numbers", "2 numbers");
      return;
    }
    const int first = yaml::whole_number(items[0], place.at(0), years_known);
    set_years(target, first, yaml::whole_number(items[1], place.at(1), {static_cast<double>(first), 2100}));
  } else if (map.has("month")) {
    target.from = map.date("month").month;
    target.until = target.from + 1;
  } else {
    map.place().report(FaultKind::missing_key, node, {}, "year | years | month | by_year");
  }
}

TargetLikelihood read_likelihood(MapReader& map) {
  constexpr std::array<std::string_view, 3> plain = {"normal", "binomial", "count"};
  const Node* node = map.required("likelihood");
  if (node == nullptr) return {};
  if (node->kind != Node::Kind::map) {
    switch (map.one_of("likelihood", plain)) {
      case 1:
        return BinomialFigure{};
      case 2:
        return CountFigure{};
      default:
        return NormalFigure{};
    }
  }
  MapReader form(*node, map.place_of("likelihood"));
  TargetLikelihood likelihood;
  if (form.has("multinomial")) {
    likelihood = MultinomialFigure{form.text("multinomial")};
  } else {
    const double low = form.number("low", {-1e12, 1e12});
    likelihood = IntervalFigure{low, form.number("high", {low, 1e12}), form.number("edge", {0, 1e12})};
  }
  form.finish();
  return likelihood;
}

void read_common(MapReader& map, Target& target) {
  target.theme = static_cast<TargetTheme>(map.one_of("theme", target_theme_names));
  target.label = map.in_three_languages("label");
  target.error = map.text("error");
  target.error_shared = map.has("error_shared") && map.truth("error_shared");
  target.likelihood = read_likelihood(map);
  target.discrepancy = map.number("discrepancy", {0, 1}, 0);
  target.unit = map.text("unit");
  target.population = map.text("population");
  target.vintage = map.text("vintage");
  target.source = map.text("source");
  target.note = map.text("note", "");
  constexpr std::array<std::string_view, 2> roles = {"fit", "validation"};
  target.role = static_cast<TargetRole>(map.one_of("role", roles));
  target.fitted = map.truth("fitted");
  if (map.has("misfit")) target.misfit = map.in_three_languages("misfit");
  if (const Node* measure = map.required("measure")) {
    target.measure = read_measure(*measure, map.place_of("measure"), target.scale);
  }
}

// One entry of the file: one target, or one for each year of `by_year`.
void read_entry(const yaml::Entry& entry, const Place& place, std::vector<Target>& targets) {
  MapReader map(entry.value, place);
  Target target;
  target.id = entry.key;
  read_common(map, target);
  constexpr yaml::Range positive{1e-12, 1e12};
  const bool relative = map.has("relative_se");
  const double error = relative ? map.number("relative_se", positive) : map.number("se", positive);
  const auto add = [&](double value) {
    target.value = value;
    target.se = relative ? error * value : error;
    targets.push_back(target);
  };
  if (const Node* by_year = map.optional("by_year")) {
    const Place years = map.place_of("by_year");
    for (const yaml::Entry& year : yaml::entries(*by_year, years)) {
      const auto number = yaml::parse_number(year.key);
      if (!number || *number < years_known.minimum || *number != std::floor(*number)) {
        years.report(FaultKind::wrong_type, year.value, year.key, std::string(expects::whole_number));
        continue;
      }
      set_years(target, static_cast<int>(*number), static_cast<int>(*number));
      target.id = entry.key + "/" + year.key;
      add(yaml::number(year.value, years.at(year.key), positive));
    }
  } else {
    read_period(map, target, entry.value);
    add(map.number("value", positive));
  }
  map.finish();
}

}  // namespace

std::vector<Target> load_targets(const SourceText& file) {
  Faults faults;
  std::vector<Target> targets;
  if (const auto root = yaml::read_document(file, faults)) {
    const Place place{file.name, &faults, {}};
    for (const yaml::Entry& entry : yaml::entries(*root, place))
      read_entry(entry, place.at(entry.key), targets);
  }
  faults.throw_if_any();
  return targets;
}

}  // namespace tremplin
