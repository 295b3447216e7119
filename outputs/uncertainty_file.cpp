#include "outputs/uncertainty_file.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cmath>
#include <functional>
#include <limits>
#include <numeric>

#include "outputs/axis_writer.hpp"
#include "outputs/collect.hpp"
#include "outputs/hdf5/sheet.hpp"
#include "outputs/input_store.hpp"
#include "outputs/result_file.hpp"
#include "scenarios/date.hpp"

namespace tremplin {

namespace {

using hdf5::Sheet;

constexpr double nothing = std::numeric_limits<double>::quiet_NaN();

// A column of a spread: a name and its number, not a number where there is none.
struct Column {
  std::string_view name;
  std::string_view meaning;
  std::function<double(const Spread&)> value;
};

const std::vector<Column>& columns() {
  const auto end_of = [](double Interval::*end) {
    return [end](const Spread& s) { return s.deviation_interval ? (*s.deviation_interval).*end : nothing; };
  };
  static const std::vector<Column> all = {
      {"mean", "mean difference of all runs, reform less base", [](const Spread& s) { return s.mean; }},
      {"deviation", "standard deviation of the difference of one further run",
       [](const Spread& s) { return s.deviation; }},
      {"deviation_low", "lower end of its 95 % bootstrap interval", end_of(&Interval::low)},
      {"deviation_high", "upper end", end_of(&Interval::high)}};
  return all;
}

// The same for the share of an origin.
struct ShareColumn {
  std::string_view name;
  std::string_view meaning;
  double (*value)(const Spread&, std::size_t origin);
};
constexpr std::array share_columns = {
    ShareColumn{"share", "share of the variance",
                [](const Spread& s, std::size_t o) { return s.shared ? s.shares[o] : nothing; }},
    ShareColumn{"share_low", "lower end of its 95 % bootstrap interval",
                [](const Spread& s, std::size_t o) {
                  return s.share_intervals ? (*s.share_intervals)[o].low : nothing;
                }},
    ShareColumn{"share_high", "upper end", [](const Spread& s, std::size_t o) {
                  return s.share_intervals ? (*s.share_intervals)[o].high : nothing;
                }}};

std::string cell(double value) { return std::isfinite(value) ? fmt::format("{:.9g}", value) : std::string(); }

std::string csv_line(const Run& run, const ReformSpread& reform, std::size_t indicator) {
  const IndicatorEntry& entry = all_indicators()[indicator];
  const std::optional<Spread>& spread = reform.spreads[indicator];
  std::vector<std::string> cells = {run.scenarios[reform.reform].name,
                                    std::string(entry.name),
                                    std::string(indicator_unit_names()[static_cast<std::size_t>(entry.unit)]),
                                    std::string(basis_names[static_cast<std::size_t>(entry.basis)]),
                                    to_string(reform.period.from),
                                    to_string(reform.period.until - 1),
                                    std::to_string(reform.n_replicates())};
  for (const Column& column : columns()) cells.push_back(cell(spread ? column.value(*spread) : nothing));
  for (std::size_t origin = 0; origin < origin_names.size(); ++origin)
    for (const ShareColumn& column : share_columns)
      cells.push_back(cell(spread ? column.value(*spread, origin) : nothing));
  return fmt::format("{}\n", fmt::join(cells, ","));
}

void write_description(hdf5::Group& root, const Run& run) {
  root.set_text("Conventions", "CF-1.8");
  root.set_text("title", "Tremplin: where the uncertainty of differences comes from");
  root.set_text("format", std::string(uncertainty_format.name));
  root.set_value("format_version", uncertainty_format.version);
  root.set_text("program_version", run.program_version);
  root.set_text("command", run.command);
  root.set_value("seed", run.seed);
  root.set_value("sample", run.sample);
  root.set_text("without", fmt::format("{}", fmt::join(run.without, ",")));
  root.set_value("interrupted", std::int32_t{run.interrupted});
  root.set_text("base", run.scenarios.front().name);
}

Sheet sheet_of(hdf5::Group& root, const std::string& name, const Run& run,
               const std::vector<ReformSpread>& reforms) {
  Sheet sheet(root.create_group(name));
  sheet.axis("reform", texts_of(reforms, [&run](const auto& r) { return run.scenarios[r.reform].name; }),
             {"reform, compared with the base"});
  sheet.axis("indicator", texts_of(all_indicators(), &IndicatorEntry::name), {"indicator"});
  sheet.texts("unit", "indicator",
              texts_of(all_indicators(),
                       [](const IndicatorEntry& entry) {
                         return indicator_unit_names()[static_cast<std::size_t>(entry.unit)];
                       }),
              {"unit of the indicator"});
  sheet.texts("basis", "indicator",
              texts_of(all_indicators(),
                       [](const IndicatorEntry& entry) {
                         return basis_names[static_cast<std::size_t>(entry.basis)];
                       }),
              {"monthly mean, sum per year, or ratio"});
  return sheet;
}

constexpr const char* coordinates = "unit basis from until";

void write_periods(Sheet& sheet, const std::vector<ReformSpread>& reforms) {
  const auto month = [&](const std::string& name, Month Period::*end, std::string_view meaning) {
    sheet
        .numbers(name, {"reform"},
                 values_of<std::int32_t>(
                     reforms, [end](const ReformSpread& r) { return first_day_of(r.period.*end); }),
                 {meaning, time_unit})
        .set_text("calendar", time_calendar);
  };
  month("from", &Period::from, "first month of the averages");
  month("until", &Period::until, "first month after them");
}

void write_split(hdf5::Group& root, const Run& run, const std::vector<ReformSpread>& reforms) {
  Sheet sheet = sheet_of(root, "split", run, reforms);
  sheet.axis("origin", texts_of(origin_names, std::identity()),
             {"luck with all interactions; parameters; survey and landscape, with its sample of CPAS"});
  write_periods(sheet, reforms);
  const auto add = [&](std::string_view name, const std::vector<std::string>& axes, std::string_view meaning,
                       std::string_view unit, const auto& append) {
    std::vector<double> values;
    for (const ReformSpread& reform : reforms)
      for (const std::optional<Spread>& spread : reform.spreads) append(spread, values);
    sheet.numbers(std::string(name), axes, values, {meaning, unit}).set_text("coordinates", coordinates);
  };
  for (const Column& column : columns())
    add(column.name, {"reform", "indicator"}, column.meaning, {}, [&](const auto& spread, auto& values) {
      values.push_back(spread ? column.value(*spread) : nothing);
    });
  for (const ShareColumn& column : share_columns)
    add(column.name, {"reform", "indicator", "origin"}, column.meaning, "1",
        [&](const auto& spread, auto& values) {
          for (std::size_t origin = 0; origin < origin_names.size(); ++origin)
            values.push_back(spread ? column.value(*spread, origin) : nothing);
        });
}

void write_runs(hdf5::Group& root, const Run& run, const std::vector<ReformSpread>& reforms) {
  Sheet sheet = sheet_of(root, "runs", run, reforms);
  std::vector<std::int32_t> numbers(reforms.front().n_replicates());
  std::iota(numbers.begin(), numbers.end(), 0);
  sheet.axis("replicate", numbers, {"replicate"});
  sheet.axis("run", texts_of(run_names, std::identity()),
             {"A; B with its parameters in another landscape; C in its landscape with other parameters"});
  write_periods(sheet, reforms);
  std::vector<double> values;
  for (const ReformSpread& reform : reforms)
    for (const std::vector<ThreeRuns>& replicates : reform.differences)
      for (const ThreeRuns& one : replicates) values.insert(values.end(), {one.a, one.b, one.c});
  sheet
      .numbers("difference", {"reform", "indicator", "replicate", "run"}, values,
               {"reform less base; not a number where a ratio has nothing to divide by"})
      .set_text("coordinates", coordinates);
}

}  // namespace

std::string uncertainty_csv(const Run& run, const std::vector<ReformSpread>& reforms) {
  std::string text = "reform,indicator,unit,basis,from,to,replicates";
  for (const Column& column : columns()) text += fmt::format(",{}", column.name);
  for (const std::string_view origin : origin_names)
    for (const ShareColumn& column : share_columns) text += fmt::format(",{}_{}", origin, column.name);
  text += "\n";
  for (const ReformSpread& reform : reforms)
    for (std::size_t i = 0; i < reform.spreads.size(); ++i) text += csv_line(run, reform, i);
  return text;
}

void write_uncertainty(const Run& run, const std::vector<ReformSpread>& reforms,
                       const std::filesystem::path& path) {
  write_sealed(path, [&] {
    hdf5::File file = hdf5::File::in_memory();
    write_description(file.root(), run);
    Sheet inputs(file.root().create_group("inputs"));
    write_inputs(inputs, run.inputs);
    write_split(file.root(), run, reforms);
    write_runs(file.root(), run, reforms);
    return file.bytes();
  });
}

}  // namespace tremplin
