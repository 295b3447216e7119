// The tables of the report: effects side by side, regions and sizes, payers, hours, every indicator.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <vector>

#include "outputs/report_page.hpp"

namespace tremplin::report {

namespace {

constexpr const char* mark = "●";

std::string cell(const std::string& text, std::string_view kind = "n") {
  return "<td class=\"" + std::string(kind) + "\">" + text + "</td>";
}

// Indicators that clearly move as wanted, or as feared; the largest relative moves first.
std::string moves(const Page& page, bool wanted) {
  std::vector<std::size_t> found;
  for (std::size_t i = 0; i < n_indicators; ++i) {
    const IndicatorEntry& entry = all_indicators()[i];
    const Contrast& contrast = page.comparison.indicators[i];
    if (entry.rise == Rise::neutral || !page.shown(contrast, entry.unit).marked) continue;
    if (((contrast.difference.mean > 0) == (entry.rise == Rise::wanted)) == wanted) found.push_back(i);
  }
  // Where the base is zero there is no relative move: such a novelty comes first.
  const auto size = [&](std::size_t i) {
    return std::abs(page.comparison.indicators[i].relative.value_or(1e9));
  };
  std::ranges::stable_sort(found, std::greater<>(), size);
  std::string items;
  for (const std::size_t i : found)
    items += "<li>" + page.label(static_cast<Indicator>(i)) + colon(page.language) +
             difference_in_words(page, all_indicators()[i], page.comparison.indicators[i]) + "</li>\n";
  return items.empty() ? "<p>" + page.say(Say::effects_none) + "</p>" : "<ul>\n" + items + "</ul>";
}

// White towards blue for a fall and orange for a rise; dark text keeps 7 to 1 on the darkest.
std::string tint(double relative, double full) {
  const double strength = full > 0 ? std::min(std::abs(relative) / full, 1.0) : 0;
  const std::array<int, 3> ink = relative < 0 ? std::array{140, 185, 232} : std::array{246, 178, 107};
  const auto mix = [&](int channel) {
    return static_cast<int>(std::lround(255 + strength * (channel - 255)));
  };
  return fmt::format("#{:02x}{:02x}{:02x}", mix(ink[0]), mix(ink[1]), mix(ink[2]));
}

std::string grid_cell(const Page& page, const IndicatorEntry& entry, const Contrast& contrast, double full) {
  const Shown shown = page.shown(contrast, entry.unit);
  if (!contrast.defined || contrast.base.mean == 0) return "<td>–</td>";
  if (!shown.marked)
    return "<td>" + escape(shown.difference) + "<span>" + escape(shown.interval) + "</span></td>";
  return "<td class=\"strong\" style=\"background:" + tint(contrast.relative.value_or(0), full) + "\">" +
         escape(shown.difference) + "<span>" + escape(shown.interval) + "</span></td>";
}

// Differences of the k-th key indicator, regions down and size classes across.
std::string grid(const Page& page, std::size_t k) {
  const Comparison& comparison = page.comparison;
  const Indicator indicator = key_indicators()[k];
  const IndicatorEntry& entry = entry_of(indicator);
  double full = 0.05;  // below 5 % even the largest move stays pale
  for (const GroupContrasts& group : comparison.cells)
    full = std::max(full, std::abs(group.contrasts[k].relative.value_or(0)));
  std::string head = header_cell("");
  for (int size = 0; size < n_size_classes; ++size)
    head += header_cell(page.label(static_cast<SizeClass>(size)), true);
  head += header_cell(page.say(Say::whole_region), true);
  std::string rows;
  for (std::size_t region = 0; region < n_regions; ++region) {
    rows += "<tr><th scope=\"row\">" + page.label(static_cast<Region>(region)) + "</th>";
    for (std::size_t size = 0; size < n_size_classes; ++size)
      rows += grid_cell(page, entry, comparison.cells[region * n_size_classes + size].contrasts[k], full);
    rows += grid_cell(page, entry, comparison.regions[region].contrasts[k], full) + "</tr>\n";
  }
  rows += "<tr><th scope=\"row\">" + page.say(Say::whole_region) + "</th>";
  for (const GroupContrasts& size : comparison.sizes) rows += grid_cell(page, entry, size.contrasts[k], full);
  rows += grid_cell(page, entry, comparison.of(indicator), full) + "</tr>\n";
  return table(page.say(Say::by_group_caption, {{"indicator", page.labels.of(indicator)[page.language]},
                                                {"unit", page.difference_unit(entry)}}),
               head, rows, "grid");
}

// Base and reform as two bars, then the numbers; for tables whose rows share a unit.
std::string bar_row(const Page& page, const std::string& label, const Contrast& contrast, IndicatorUnit unit,
                    double full, const std::string& more = {}) {
  const Shown shown = page.shown(contrast, unit);
  std::string row = "<tr><th scope=\"row\">" + label + "</th><td class=\"figure\">" +
                    bars(contrast.base.mean, page.comparison.alone() ? 0 : contrast.reform.mean, full) +
                    "</td>" + cell(escape(shown.base));
  if (!page.comparison.alone()) row += cell(escape(shown.reform)) + more + cell(escape(shown.difference));
  return row + cell(escape(page.comparison.alone() ? shown.base_interval : shown.interval), "n i") +
         "</tr>\n";
}

std::string indicator_row(const Page& page, std::size_t i) {
  const IndicatorEntry& entry = all_indicators()[i];
  const Contrast& contrast = page.comparison.indicators[i];
  const Shown shown = page.shown(contrast, entry.unit);
  const bool alone = page.comparison.alone();
  std::string row = std::string("<tr") + (shown.marked ? " class=\"clear\"" : "") + ">";
  row += cell(shown.marked ? mark : "", "mark") + "<th scope=\"row\">" +
         page.label(static_cast<Indicator>(i)) + "</th>" + cell(page.unit_in_words(entry), "unit") +
         cell(escape(shown.base));
  if (alone) return row + cell(escape(shown.base_interval), "n i") + "</tr>\n";
  row += cell(escape(shown.reform)) + cell(escape(shown.difference), "n d") +
         cell(escape(shown.interval), "n i") + cell(escape(shown.relative));
  return row + cell(same_sign(page, contrast)) + "</tr>\n";
}

std::string bar_head(const Page& page, Say first, Say second, Say third) {
  std::string head = header_cell(page.say(first)) + header_cell("") + header_cell(page.say(second), true);
  if (!page.comparison.alone()) head += header_cell(page.say(third), true);
  return head;
}

}  // namespace

std::string wanted_and_unwanted(const Page& page) {
  return section(page, "effects", Say::effects,
                 "<p>" + page.say(Say::effects_intro) +
                     "</p>\n<div class=\"two\">\n<div class=\"panel good\"><h3>" +
                     page.say(Say::effects_wanted) + "</h3>\n" + moves(page, true) +
                     "</div>\n<div class=\"panel bad\"><h3>" + page.say(Say::effects_unwanted) + "</h3>\n" +
                     moves(page, false) + "</div>\n</div>\n");
}

std::string by_group(const Page& page) {
  std::string grids;
  for (const Indicator shown : {Indicator::people_paid, Indicator::coverage, Indicator::share_of_time_given,
                                Indicator::contract_balance}) {
    const auto found = std::ranges::find(key_indicators(), shown);
    grids += grid(page, static_cast<std::size_t>(found - key_indicators().begin()));
  }
  return section(page, "groups", Say::by_group,
                 "<p class=\"note\">" + page.say(Say::by_group_note) + "</p>\n" + grids);
}

std::string who_pays(const Page& page) {
  const Comparison& comparison = page.comparison;
  double full = 0;
  for (const Indicator payer : {Indicator::cost_state, Indicator::cost_cpas})
    full = std::max({full, comparison.of(payer).base.mean, comparison.of(payer).reform.mean});
  std::string rows;
  for (const Indicator row :
       {Indicator::cost_state, Indicator::cost_cpas, Indicator::cost_article_60, Indicator::contract_subsidy,
        Indicator::windfall, Indicator::contract_balance, Indicator::income_withheld})
    rows += bar_row(page, page.label(row), comparison.of(row), IndicatorUnit::euro, full);
  std::string head = bar_head(page, Say::column_indicator, Say::column_base, Say::column_reform);
  if (!comparison.alone()) head += header_cell(page.say(Say::column_difference), true);
  head += header_cell(page.say(Say::column_interval), true);
  return section(
      page, "costs", Say::who_pays,
      table(page.say(page.run.own ? Say::own_who_pays_caption : Say::who_pays_caption), head, rows, "stack") +
          "<p class=\"note\">" + page.say(Say::balance_note) + "</p>\n");
}

std::string workload(const Page& page) {
  const Comparison& comparison = page.comparison;
  const bool alone = comparison.alone();
  double full = 0;
  for (const TaskContrasts& task : comparison.tasks)
    full = std::max({full, task.asked.base.mean, task.asked.reform.mean});
  std::string rows;
  for (std::size_t t = 0; t < n_tasks; ++t) {
    const TaskContrasts& task = comparison.tasks[t];
    const Shown given = page.shown(task.worked, IndicatorUnit::hour);
    const std::string label = page.label(static_cast<Task>(t));
    rows += bar_row(page, label, task.asked, IndicatorUnit::hour, full, cell(escape(given.reform)));
  }
  std::string head = header_cell(page.say(Say::column_task)) + header_cell("") +
                     header_cell(page.say(Say::column_asked) + ", " + page.say(Say::column_base), true);
  if (!alone)
    head += header_cell(page.say(Say::column_asked) + ", " + page.say(Say::column_reform), true) +
            header_cell(page.say(Say::column_given) + ", " + page.say(Say::column_reform), true) +
            header_cell(page.say(Say::column_change_asked), true);
  head += header_cell(page.say(Say::column_interval), true);
  return section(
      page, "work", Say::workload_heading,
      table(page.say(page.run.own ? Say::own_workload_caption : Say::workload_caption), head, rows, "wide") +
          "<p class=\"note\">" + page.say(Say::pace_note) + "</p>\n" +
          (page.run.own ? std::string() : "<p class=\"note\">" + page.say(Say::staff_note) + "</p>\n"));
}

std::string every_indicator(const Page& page) {
  const bool alone = page.comparison.alone();
  std::string rows;
  std::optional<Topic> topic;
  for (std::size_t i = 0; i < n_indicators; ++i) {
    if (topic != all_indicators()[i].topic) {
      topic = all_indicators()[i].topic;
      rows += fmt::format(
          "</tbody>\n<tbody><tr class=\"topic\"><th colspan=\"{}\" scope=\"rowgroup\">{}</th></tr>\n",
          alone ? 5 : 9, page.label(*topic));
    }
    rows += indicator_row(page, i);
  }
  std::string head = header_cell("") + header_cell(page.say(Say::column_indicator)) +
                     header_cell(page.say(Say::column_unit)) + header_cell(page.say(Say::column_base), true);
  if (!alone)
    head +=
        header_cell(page.say(Say::column_reform), true) + header_cell(page.say(Say::column_difference), true);
  head += header_cell(page.say(Say::column_interval), true);
  if (!alone)
    head += header_cell(page.say(Say::column_relative), true) +
            header_cell(page.say(Say::column_same_sign), true);
  const std::string caption =
      alone ? page.say(Say::all_indicators_alone_caption)
            : page.say(Say::all_indicators_caption, {{"mark", mark},
                                                     {"n", std::to_string(n_indicators)},
                                                     {"chance", std::to_string((n_indicators + 10) / 20)}});
  return section(page, "all", Say::all_indicators_heading, table(caption, head, rows, "all"));
}

}  // namespace tremplin::report
