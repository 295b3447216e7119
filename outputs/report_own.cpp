// The report of one's own CPAS: hours, workers, deadlines and the balance of contracts come first; what was
// entered, left open and aligned has a section of its own.
#include "outputs/own_cpas.hpp"
#include "outputs/report_page.hpp"

namespace tremplin::report {

namespace {

std::string cell(const std::string& text, const char* kind = "n") {
  return std::string("<td class=\"") + kind + "\">" + escape(text) + "</td>";
}

std::string lead_row(const Page& page, Indicator indicator) {
  const IndicatorEntry& entry = entry_of(indicator);
  const Contrast& contrast = page.comparison.of(indicator);
  const Shown shown = page.shown(contrast, entry.unit);
  std::string row = std::string("<tr") + (shown.marked ? " class=\"clear\"" : "") + "><th scope=\"row\">" +
                    page.label(indicator) + "</th><td class=\"unit\">" + page.unit_in_words(entry) + "</td>" +
                    cell(shown.base) + cell(shown.base_interval, "n i");
  if (!page.comparison.alone())
    row += cell(shown.reform) + cell(shown.difference, "n d") + cell(shown.interval, "n i");
  return row + "</tr>\n";
}

std::string settled(const Page& page) {
  std::string rows;
  for (const StatedValue& stated : page.run.own->settled) {
    const OfficeColumn& column = office_column(stated.column);
    rows += "<tr><th scope=\"row\">" + page.label(column) + "</th>" +
            cell(office_value(column, stated.value, page.language, page.labels)) + "</tr>\n";
  }
  return table(
      page.say(Say::own_settled_caption),
      header_cell(page.say(Say::own_column_what)) + header_cell(page.say(Say::own_column_stated), true), rows,
      "stack");
}

std::string left_open(const Page& page) {
  const OwnCpas& own = *page.run.own;
  if (own.left_out.empty()) return "<p>" + page.say(Say::own_nothing_left_out) + "</p>\n";
  std::string rows;
  for (const std::string& name : own.left_out) {
    const OfficeColumn& column = office_column(name);
    rows += "<tr><th scope=\"row\">" + page.label(column) + "</th>" +
            cell(drawn_in_words(own, column, page.labels, page.language), "drawn") + "</tr>\n";
  }
  return table(page.say(Say::own_left_out_caption),
               header_cell(page.say(Say::own_column_what)) + header_cell(page.say(Say::own_column_drawn)),
               rows, "stack");
}

}  // namespace

std::string own_workload(const Page& page) {
  std::string rows;
  for (const Indicator indicator : own_indicators()) rows += lead_row(page, indicator);
  std::string head = header_cell(page.say(Say::column_indicator)) + header_cell(page.say(Say::column_unit)) +
                     header_cell(page.say(Say::column_base), true) +
                     header_cell(page.say(Say::column_interval), true);
  if (!page.comparison.alone())
    head += header_cell(page.say(Say::column_reform), true) +
            header_cell(page.say(Say::column_difference), true) +
            header_cell(page.say(Say::column_interval), true);
  const std::string note = page.comparison.n_replicates > 1
                               ? "<p class=\"note\">" + page.say(what_intervals_hold(page.run)) + "</p>\n"
                               : std::string();
  return section(page, "own", Say::own_workload,
                 table(page.say(Say::own_workload_lead), head, rows, "wide") + note);
}

std::string own_profile(const Page& page) {
  std::string items;
  for (const std::string& sentence : alignment_in_words(*page.run.own, page.labels, page.language))
    items += "<li>" + escape(sentence) + "</li>\n";
  return section(page, "profile", Say::own_profile,
                 "<p>" + page.say(Say::own_profile_intro) + "</p>\n<ul>\n" + items + "</ul>\n" +
                     settled(page) + left_open(page));
}

}  // namespace tremplin::report
