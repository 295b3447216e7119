// What is compared: the reform in its own words, and each of its changes, before and after.
#include <algorithm>
#include <cmath>

#include "outputs/reform_text.hpp"
#include "outputs/report_page.hpp"

namespace tremplin::report {

namespace {

std::string paragraph(const std::string& content) { return "<p>" + content + "</p>\n"; }

// As many decimals as the law gives, four at most.
std::string value_of(const Page& page, std::optional<double> value, const Lever& lever) {
  if (!value) return "–";
  // The age below which a contract is due, at its largest: everybody is below.
  if (lever.path == "piis/scope/under_age" && *value >= lever.maximum) return page.say(Say::no_age_limit);
  if (lever.unit == Unit::yes_no) return page.say(*value == 0 ? Say::no : Say::yes);
  int decimals = 0;
  for (double scaled = *value; decimals < 4 && std::abs(scaled - std::round(scaled)) > 1e-6; scaled *= 10)
    ++decimals;
  return escape(page.number(*value, decimals));
}

std::string months_of(const Page& page, const Change& change) {
  std::string text = page.say(Say::change_from, {{"from", format_month(change.from, page.language)}});
  if (change.until < end_of_time)
    text += ", " + page.say(Say::change_until, {{"until", format_month(change.until - 1, page.language)}});
  if (change.over_months > 0)
    text += ", " + page.say(Say::change_over, {{"months", std::to_string(change.over_months)}});
  if (change.new_files) text += ", " + page.say(Say::change_new_files);
  if (!all_of(change.regions))
    for (std::size_t region = 0; region < n_regions; ++region)
      if (change.regions[region]) text += ", " + page.label(static_cast<Region>(region));
  if (!all_of(change.sizes))
    for (std::size_t size = 0; size < n_size_classes; ++size)
      if (change.sizes[size]) text += ", " + page.label(static_cast<SizeClass>(size));
  if (!change.cpas.empty()) text += ", " + page.say(Say::change_cpas, {{"cpas", numbers_text(change.cpas)}});
  if (!change.groups.empty())
    text += ", " + page.say(Say::change_groups,
                            {{"groups", escape(groups_text(change.groups, page.labels, page.language))}});
  if (change.indexed) text += ", " + page.say(Say::change_indexed);
  return text;
}

std::string measure_row(const Page& page, const Measure& measure) {
  const Lever& lever = *measure.change.lever;
  const std::string unit = page.labels.of(Section::units, name_of(lever.unit))[page.language];
  return "<tr><th scope=\"row\">" + escape(page.labels.of(Section::levers, lever.path)[page.language]) +
         "</th><td class=\"n\">" + value_of(page, measure.before, lever) + "</td><td class=\"n\">" +
         value_of(page, measure.after, lever) + "</td><td class=\"unit\">" +
         (lever.unit == Unit::yes_no ? std::string() : escape(unit)) + "</td><td>" +
         months_of(page, measure.change) + "</td><td class=\"unit\">" + escape(measure.change.reference) +
         "</td></tr>\n";
}

std::string listed(const std::vector<std::string>& texts) {
  std::string list;
  for (const std::string& text : texts) list += (list.empty() ? "" : "; ") + text;
  return escape(list);
}

std::string in_own_words(const Page& page, const Scenario& scenario) {
  std::string html = "<h3>" + escape(scenario.title[page.language]) + "</h3>\n" +
                     paragraph(escape(scenario.summary[page.language]));
  if (const std::string& believe = scenario.must_believe[page.language]; !believe.empty())
    html += paragraph("<strong>" + page.say(Say::must_believe) + "</strong> " + escape(believe));
  return html + "<p class=\"small\">" + page.say(Say::authors) + " " + listed(scenario.authors) + ". " +
         page.say(Say::scenario_sources) + " " + listed(scenario.references) + ".</p>\n";
}

}  // namespace

std::string the_reform(const Page& page) {
  const auto text = reform_text(page.run, page.comparison.reform);
  if (!text) return {};
  if (page.comparison.alone()) return section(page, "reform", Say::the_base, in_own_words(page, text->base));
  std::string html;
  for (const Scenario& part : text->parts) html += in_own_words(page, part);
  std::string rows;
  for (const Measure& measure : text->measures) rows += measure_row(page, measure);
  html += table(page.say(Say::changes_caption, {{"base", page.base_title()}}),
                header_cell(page.say(Say::column_lever)) + header_cell(page.say(Say::column_before), true) +
                    header_cell(page.say(Say::column_after), true) + header_cell(page.say(Say::column_unit)) +
                    header_cell(page.say(Say::column_when)) + header_cell(page.say(Say::column_source)),
                rows, "wide");
  html += "<p class=\"small\"><strong>" + page.say(Say::column_base) + "</strong> " +
          escape(text->base.title[page.language] + ". " + text->base.summary[page.language]) + "</p>\n";
  return section(page, "reform", Say::the_reform, html);
}

}  // namespace tremplin::report
