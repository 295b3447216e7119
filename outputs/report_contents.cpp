#include "outputs/report_contents.hpp"

#include <fmt/format.h>

#include <vector>

#include "outputs/report_page.hpp"

namespace tremplin {

namespace {

// A file name as a link: everything but letters, digits and a few marks as its bytes.
std::string link_to(std::string_view file) {
  constexpr std::string_view plain = "-._~+";
  std::string link;
  for (const char c : file) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (letter || plain.find(c) != std::string_view::npos) {
      link += c;
    } else {
      link += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return "./" + link;
}

// The difference and, below it, its interval; bold where the interval excludes zero.
std::string difference_cell(const report::Page& page, const IndicatorEntry& entry, const Contrast& contrast) {
  const Shown shown = page.shown(contrast, entry.unit);
  return fmt::format("<td{}>{}<span>{}</span></td>", shown.marked ? " class=\"strong\"" : "",
                     report::escape(shown.difference), report::escape(shown.interval));
}

// Points for shares; else with what it is per: a difference of flows is one of a year.
std::string unit_of(const report::Page& page, const IndicatorEntry& entry) {
  return entry.unit == IndicatorUnit::share ? report::escape(page.difference_unit(entry))
                                            : page.unit_in_words(entry);
}

// Key figures down, reforms across: what each of them changes, side by side.
std::string side_by_side(const std::vector<report::Page>& pages) {
  const report::Page& first = pages.front();
  std::string head = report::header_cell(first.say(Say::column_indicator)) +
                     report::header_cell(first.say(Say::column_unit));
  for (const report::Page& page : pages)
    head += report::header_cell(report::escape(page.reform_title()), true);
  std::string rows;
  for (const Indicator indicator : key_indicators()) {
    const IndicatorEntry& entry = entry_of(indicator);
    rows += "<tr><th scope=\"row\">" + first.label(indicator) + "</th><th scope=\"row\" class=\"unit\">" +
            unit_of(first, entry) + "</th>";
    for (const report::Page& page : pages)
      rows += difference_cell(page, entry, page.comparison.of(indicator));
    rows += "</tr>\n";
  }
  const std::string caption = first.say(Say::column_difference) + " · " + first.say(Say::column_interval);
  return report::section(first, "key", Say::key_figures, report::table(caption, head, rows, "grid"));
}

}  // namespace

std::string report_contents_html(const Run& run, std::span<const Comparison> comparisons,
                                 std::span<const std::string> files, const Labels& labels,
                                 Language language) {
  const ReportContext context;
  std::vector<report::Page> pages;
  for (const Comparison& comparison : comparisons)
    pages.push_back(report::Page{run, comparison, context, labels, language});
  std::string items;
  for (std::size_t i = 0; i < pages.size(); ++i)
    items += fmt::format("<li><a href=\"{}\">{}</a></li>\n", link_to(files[i]), report::page_title(pages[i]));
  return report::document(pages.front(), report::escape(pages.front().base_title()),
                          side_by_side(pages) + "<ol class=\"lead\">\n" + items + "</ol>\n");
}

}  // namespace tremplin
