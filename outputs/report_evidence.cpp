// The end of the report: what its figures rest on, what they leave out, how to make them again.
#include <algorithm>
#include <cmath>

#include "outputs/drivers.hpp"
#include "outputs/report_page.hpp"

namespace tremplin::report {

namespace {

// A monthly hazard may be small: three digits that mean something, five decimals at most.
int decimals_of(double size) { return size != 0 && std::abs(size) < 0.01 ? 5 : decimals_for(size); }

std::string number_of(const Page& page, double value) {
  return escape(page.number(value, decimals_of(value)));
}

std::string between(const Page& page, const Interval& interval) {
  const int decimals = decimals_of(std::max(std::abs(interval.low), std::abs(interval.high)));
  return escape(page.number(interval.low, decimals) + " – " + page.number(interval.high, decimals));
}

std::string class_of(const Page& page, std::size_t parameter) {
  if (parameter >= page.context.parameter_classes.size()) return page.say(Say::class_unknown);
  switch (page.context.parameter_classes[parameter]) {
    case ParameterClass::data:
      return page.say(Say::class_data);
    case ParameterClass::calibrated:
      return page.say(Say::class_calibrated);
    case ParameterClass::assumed:
      return page.say(Say::class_assumed);
  }
  return {};
}

std::string label_of(const Page& page, std::size_t parameter) {
  return escape(page.labels.of(Section::parameters, all_parameters()[parameter].name)[page.language]);
}

std::string driver_row(const Page& page, const Driver& driver) {
  const IndicatorEntry& entry = entry_of(driver.indicator);
  const double scale = shown_scale(entry.unit, page.magnitude());
  const Interval at{driver.difference_at.low * scale, driver.difference_at.high * scale};
  const int decimals = decimals_for(std::max(std::abs(at.low), std::abs(at.high)));
  const std::string ends = format_number(at.low, decimals, page.language, true) + " → " +
                           format_number(at.high, decimals, page.language, true) + "\u00a0" +
                           page.difference_unit(entry);
  return "<tr><th scope=\"row\">" + page.label(driver.indicator) + "</th><td>" +
         label_of(page, driver.parameter) + "</td><td>" + class_of(page, driver.parameter) +
         "</td><td class=\"n\">" + between(page, driver.drawn) + "</td><td class=\"n\">" + escape(ends) +
         "</td><td>" + page.say(driver.reverses ? Say::yes : Say::no) + "</td></tr>\n";
}

std::string drivers(const Page& page) {
  if (page.comparison.alone()) return {};
  const auto paragraph = [](const std::string& words) { return "<p>" + words + "</p>\n"; };
  if (page.run.fixed_parameters) return paragraph(page.say(Say::drivers_fixed));
  if (static_cast<std::size_t>(page.comparison.n_replicates) < min_replicates_for_drivers)
    return paragraph(page.say(Say::drivers_too_few, {{"n", std::to_string(min_replicates_for_drivers)}}));
  const std::string note =
      "<p class=\"note\">" +
      page.say(Say::drivers_note, {{"n", std::to_string(page.comparison.n_replicates)}}) + "</p>\n";
  if (page.comparison.drivers.empty()) return paragraph(page.say(Say::drivers_none)) + note;
  std::string rows;
  for (const Driver& driver : page.comparison.drivers) rows += driver_row(page, driver);
  return table(page.say(Say::drivers_caption),
               header_cell(page.say(Say::column_indicator)) + header_cell(page.say(Say::column_parameter)) +
                   header_cell(page.say(Say::column_class)) + header_cell(page.say(Say::column_drawn), true) +
                   header_cell(page.say(Say::column_difference_at), true) +
                   header_cell(page.say(Say::column_reverses)),
               rows, "wide") +
         note;
}

std::string class_counts(const Page& page) {
  const auto& classes = page.context.parameter_classes;
  if (classes.empty()) return {};
  const auto count = [&](ParameterClass wanted) {
    return std::to_string(std::ranges::count(classes, wanted));
  };
  return "<p>" +
         page.say(Say::rests_on_classes, {{"law", std::to_string(all_levers().size())},
                                          {"data", count(ParameterClass::data)},
                                          {"calibrated", count(ParameterClass::calibrated)},
                                          {"assumed", count(ParameterClass::assumed)}}) +
         "</p>\n";
}

std::string parameter_row(const Page& page, std::size_t parameter) {
  const ParameterEntry& entry = all_parameters()[parameter];
  std::vector<double> drawn;
  for (const Parameters& parameters : page.run.parameters) drawn.push_back(parameters.*entry.field);
  const auto [low, high] = std::ranges::minmax(drawn);
  const auto& sources = page.context.parameter_sources;
  const std::string source = parameter < sources.size() ? escape(sources[parameter]) : std::string();
  return "<tr><th scope=\"row\">" + label_of(page, parameter) + "</th><td class=\"unit\">" +
         escape(page.labels.of(Section::units, name_of(entry.unit))[page.language]) +
         "</td><td class=\"n\">" + number_of(page, estimate(drawn).mean) + "</td><td class=\"n\">" +
         between(page, {low, high}) + "</td><td>" + class_of(page, parameter) + "</td><td class=\"unit\">" +
         source + "</td></tr>\n";
}

// Every parameter: what the replicates drew, and what it rests on.
std::string parameters(const Page& page) {
  if (page.context.parameter_classes.empty() || page.run.parameters.empty()) return {};
  std::string rows;
  for (std::size_t p = 0; p < all_parameters().size(); ++p) rows += parameter_row(page, p);
  return "<details><summary>" + page.say(Say::parameters_caption) + "</summary>\n<p class=\"note\">" +
         page.say(Say::parameters_legend) + "</p>\n<p class=\"note\">" + page.say(Say::parameters_sources) +
         "</p>\n" +
         table(page.say(Say::parameters_caption),
               header_cell(page.say(Say::column_parameter)) + header_cell(page.say(Say::column_unit)) +
                   header_cell(page.say(Say::column_central), true) +
                   header_cell(page.say(Say::column_drawn), true) + header_cell(page.say(Say::column_class)) +
                   header_cell(page.say(Say::column_source)),
               rows, "wide") +
         "</details>\n";
}

std::string inputs(const Page& page) {
  std::string rows;
  for (const InputText& input : page.run.inputs)
    rows += "<tr><th scope=\"row\" class=\"hash\">" + escape(input.name) + "</th><td class=\"hash\">" +
            escape(input.sha256) + (input.confidential ? " (" + page.say(Say::confidential) + ")" : "") +
            "</td></tr>\n";
  if (rows.empty()) return {};
  return "<details><summary>" + page.say(Say::inputs_caption) + "</summary>\n" +
         table(page.say(Say::inputs_caption),
               header_cell(page.say(Say::column_file)) + header_cell(page.say(Say::column_hash)), rows,
               "wide") +
         "</details>\n";
}

}  // namespace

std::string rests_on(const Page& page) {
  return section(page, "basis", Say::rests_on,
                 "<p>" + page.say(Say::rests_on_intro) + "</p>\n" + class_counts(page) + drivers(page) +
                     parameters(page));
}

std::string limits(const Page& page) {
  std::string items;
  const auto item = [&](Say text, const Placeholders& values = {}) {
    items += "<li>" + page.say(text, values) + "</li>\n";
  };
  item(Say::limit_effects);
  item(Say::limit_interval);
  if (!page.comparison.alone()) {
    item(Say::limit_one_draw);
    item(Say::limit_multiple,
         {{"n", std::to_string(n_indicators)}, {"chance", std::to_string((n_indicators + 10) / 20)}});
  }
  item(page.run.own ? Say::own_limit_profile : Say::limit_regions);
  item(Say::limit_data);
  return section(page, "limits", Say::limits, "<ul>\n" + items + "</ul>\n");
}

std::string reproduce(const Page& page) {
  std::string list;
  const auto entry = [&](Say term, const std::string& value) {
    list += "<dt>" + page.say(term) + "</dt><dd>" + value + "</dd>\n";
  };
  entry(Say::reproduce_command, "<code>" + escape(page.run.command) + "</code>");
  entry(Say::reproduce_version, escape(page.run.program_version));
  entry(Say::reproduce_seed, std::to_string(page.run.seed));
  entry(Say::reproduce_replicates, std::to_string(page.comparison.n_replicates));
  entry(Say::reproduce_parameters, page.say(page.run.fixed_parameters      ? Say::parameters_fixed
                                            : page.run.fitted() != nullptr ? Say::parameters_calibrated
                                                                           : Say::parameters_drawn));
  return section(page, "again", Say::reproduce,
                 "<p>" + page.say(Say::reproduce_intro) + "</p>\n<dl>\n" + list + "</dl>\n" + inputs(page));
}

}  // namespace tremplin::report
