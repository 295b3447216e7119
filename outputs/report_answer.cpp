// The first page of the report: the question, the answer in plain words, key figures, and time.
#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <vector>

#include "outputs/caveats.hpp"
#include "outputs/report_page.hpp"

namespace tremplin::report {

namespace {

constexpr std::size_t least_of_a_topic = 2;

std::string compared(const Page& page) {
  const Comparison& comparison = page.comparison;
  return page.say(comparison.alone() ? Say::described : Say::compared,
                  {{"base", page.base_title()},
                   {"reform", page.reform_title()},
                   {"from", format_month(comparison.period.from, page.language)},
                   {"until", format_month(comparison.period.until - 1, page.language)},
                   {"n", std::to_string(comparison.n_replicates)}});
}

std::string warnings(const Page& page) {
  std::string text;
  const auto warn = [&](const std::string& words) { text += "<p class=\"warning\">" + words + "</p>\n"; };
  if (page.run.interrupted)
    warn(page.say(Say::incomplete, {{"n", std::to_string(page.comparison.n_replicates)}}));
  for (const std::string& caveat : caveats(page.run, page.labels, page.language)) warn(escape(caveat));
  if (page.comparison.n_replicates < 2) {
    warn(page.say(Say::no_interval));
  } else if (page.comparison.n_replicates < few_replicates) {
    warn(page.say(Say::too_few_replicates, {{"n", std::to_string(page.comparison.n_replicates)}}));
  }
  return text;
}

std::string with_unit(const std::string& number, const IndicatorEntry& entry, Language language) {
  if (entry.unit != IndicatorUnit::share) return number;
  return number + percent_sign(language);
}

std::string sentence(const Page& page, Indicator indicator) {
  const IndicatorEntry& entry = entry_of(indicator);
  const Contrast& contrast = page.comparison.of(indicator);
  const Shown shown = page.shown(contrast, entry.unit);
  const std::string difference = page.with_unit(shown.difference, entry);
  return page.say(Say::sentence, {{"indicator", page.labels.of(indicator)[page.language]},
                                  {"base", with_unit(shown.base, entry, page.language)},
                                  {"reform", with_unit(shown.reform, entry, page.language)},
                                  {"difference", difference},
                                  {"interval", shown.interval}});
}

// The clear moves of a topic: every key figure, then the largest of the others, relative to the base (where
// the base is nothing, a novelty is first), until there are two.
std::vector<Indicator> clear_moves(const Page& page, Topic topic) {
  std::vector<Indicator> keys;
  std::vector<Indicator> others;
  for (std::size_t i = 0; i < n_indicators; ++i) {
    const auto indicator = static_cast<Indicator>(i);
    const IndicatorEntry& entry = entry_of(indicator);
    if (entry.topic != topic || !page.shown(page.comparison.of(indicator), entry.unit).marked) continue;
    const auto& key = key_indicators();
    (std::ranges::find(key, indicator) != key.end() ? keys : others).push_back(indicator);
  }
  std::ranges::stable_sort(others, std::greater<>(), [&](Indicator indicator) {
    return std::abs(page.comparison.of(indicator).relative.value_or(1e9));
  });
  for (const Indicator other : others) {
    if (keys.size() >= least_of_a_topic) break;
    keys.push_back(other);
  }
  return keys;
}

// The labels of the key figures that a condition holds for, with commas between.
template <class Condition>
std::string key_labels(const Page& page, Condition holds) {
  std::string list;
  for (const Indicator indicator : key_indicators())
    if (holds(page.comparison.of(indicator)))
      list += (list.empty() ? "" : ", ") + page.labels.of(indicator)[page.language];
  return list;
}

// Key figures that do not clearly move: those that go one way by an unknown amount, then the others.
std::string not_clear(const Page& page) {
  std::string html;
  const auto paragraph = [&](Say text, const std::string& list) {
    if (list.empty()) return;
    html += "<p>" + page.say(text, {{"n", std::to_string(page.comparison.n_replicates)}, {"list", list}}) +
            "</p>\n";
  };
  const auto one_way = [&](bool up) {
    return key_labels(page, [up](const Contrast& contrast) {
      return contrast.only_sign_known && (contrast.difference.mean > 0) == up;
    });
  };
  paragraph(Say::all_rise, one_way(true));
  paragraph(Say::all_fall, one_way(false));
  paragraph(Say::not_ranked, key_labels(page, [](const Contrast& contrast) {
              return contrast.defined && !contrast.ranked && !contrast.only_sign_known;
            }));
  return html.empty() ? "<p>" + page.say(Say::all_ranked) + "</p>\n" : html;
}

// The parameter that turns the sign of the most key figures: what the reader must know first.
std::string hangs_on(const Page& page) {
  std::map<std::size_t, std::vector<Indicator>> turned;
  for (const Driver& driver : page.comparison.drivers)
    if (driver.reverses) turned[driver.parameter].push_back(driver.indicator);
  if (turned.empty()) return {};
  const auto& [parameter, indicators] =
      *std::ranges::max_element(turned, {}, [](const auto& entry) { return entry.second.size(); });
  std::string list;
  for (const Indicator indicator : indicators)
    list += (list.empty() ? "" : ", ") + page.labels.of(indicator)[page.language];
  const std::string name =
      page.labels.of(Section::parameters, all_parameters()[parameter].name)[page.language];
  return "<p>" + page.say(Say::hangs_on, {{"parameter", name}, {"list", list}}) + "</p>\n";
}

std::string answer(const Page& page) {
  std::string topics;
  for (std::size_t t = 0; t < topic_names().size(); ++t) {
    std::string items;
    for (const Indicator indicator : clear_moves(page, static_cast<Topic>(t)))
      items += "<li>" + sentence(page, indicator) + "</li>\n";
    if (!items.empty())
      topics +=
          "<li><strong>" + page.label(static_cast<Topic>(t)) + "</strong>\n<ul>\n" + items + "</ul></li>\n";
  }
  if (topics.empty())
    return "<p class=\"lead\">" + page.say(Say::nothing_ranked) + "</p>\n" + not_clear(page) + hangs_on(page);
  return "<p>" + page.say(Say::largest_moves) + "</p>\n<ul>\n" + topics + "</ul>\n" + not_clear(page) +
         hangs_on(page);
}

std::string panel(const Page& page, std::string_view kind, Say heading, std::initializer_list<Say> points) {
  std::string html =
      "<div class=\"panel " + std::string(kind) + "\"><h3>" + page.say(heading) + "</h3>\n<ul>\n";
  for (const Say point : points) html += "<li>" + page.say(point) + "</li>\n";
  return html + "</ul></div>\n";
}

// Half the width of the axis of relative differences: a round number that holds all key figures, at most 1.
double reach_of(const Page& page) {
  double largest = 0.01;
  for (const Indicator indicator : key_indicators()) {
    const Contrast& contrast = page.comparison.of(indicator);
    if (!contrast.defined || contrast.base.mean == 0) continue;
    const Interval interval =
        contrast.difference.interval.value_or(Interval{contrast.difference.mean, contrast.difference.mean});
    const double size =
        std::max(std::abs(interval.low), std::abs(interval.high)) / std::abs(contrast.base.mean);
    largest = std::max(largest, size);
  }
  for (const double reach : {0.01, 0.02, 0.05, 0.1, 0.2, 0.5})
    if (largest <= reach) return reach;
  return 1;
}

std::string key_row(const Page& page, Indicator indicator, double reach) {
  const IndicatorEntry& entry = entry_of(indicator);
  const Contrast& contrast = page.comparison.of(indicator);
  const Shown shown = page.shown(contrast, entry.unit);
  std::string row = std::string("<tr") + (contrast.ranked ? " class=\"clear\"" : "") + "><th scope=\"row\">" +
                    page.label(indicator) + "</th>";
  if (page.comparison.alone())
    return row + "<td class=\"n\">" + escape(shown.base) + "</td><td class=\"n i\">" +
           escape(shown.base_interval) + "</td><td class=\"unit\">" + page.unit_in_words(entry) +
           "</td></tr>\n";
  row += "<td class=\"figure\">" + whisker(contrast, reach) + "</td>";
  return row + "<td class=\"n d\">" + difference_in_words(page, entry, contrast) + "</td><td class=\"n i\">" +
         escape(shown.interval) + "</td><td class=\"n\">" + same_sign(page, contrast) + "</td></tr>\n";
}

std::string sample_line(const char* ink, const char* dashes) {
  return std::string("<svg viewBox=\"0 0 28 14\" aria-hidden=\"true\" focusable=\"false\">") +
         "<rect width=\"28\" height=\"14\" fill=\"" + ink + "\" fill-opacity=\"0.16\"/>" +
         "<line x1=\"0\" x2=\"28\" y1=\"7\" y2=\"7\" stroke=\"" + ink + "\" stroke-width=\"2\"" + dashes +
         "/></svg>";
}

std::string legend(const Page& page) {
  std::string items =
      "<li>" + sample_line("#5f6b76", " stroke-dasharray=\"5 3\"") + page.say(Say::column_base) + "</li>\n";
  if (!page.comparison.alone()) {
    items += "<li>" + sample_line("#0b5aa6", "") + page.say(Say::column_reform) + "</li>\n";
    items +=
        "<li><svg viewBox=\"0 0 28 14\" aria-hidden=\"true\" focusable=\"false\"><line x1=\"14\" x2=\"14\" "
        "y1=\"0\" y2=\"14\" stroke=\"#a84300\"/></svg>" +
        page.say(Say::reform_begins) + "</li>\n";
  }
  if (!page.context.published.empty())
    items +=
        "<li><svg viewBox=\"0 0 28 14\" aria-hidden=\"true\" focusable=\"false\"><path d=\"M14 2l5 5l-5 5l-5 "
        "-5z\" fill=\"#ffffff\" stroke=\"#a84300\" stroke-width=\"1.8\"/></svg>" +
        page.say(Say::published) + "</li>\n";
  return "<ul class=\"legend\">\n" + items + "</ul>\n";
}

}  // namespace

std::string question_and_answer(const Page& page) {
  std::string html = "<section class=\"answer\" aria-labelledby=\"answer\">\n<p class=\"lead\">" +
                     compared(page) + "</p>\n" + warnings(page);
  if (!page.comparison.alone())
    html += "<h2 id=\"answer\">" + page.say(Say::answer) + "</h2>\n" + answer(page);
  if (page.comparison.n_replicates > 1)
    html += "<p class=\"note\">" + page.say(what_intervals_hold(page.run)) + "</p>\n";
  return html + "<div class=\"two\">\n" +
         panel(page, "good", Say::can_say, {Say::can_say_1, Say::can_say_2, Say::can_say_3}) +
         panel(
             page, "bad", Say::cannot_say,
             {Say::cannot_say_1, page.run.own ? Say::own_cannot_say : Say::cannot_say_2, Say::cannot_say_3}) +
         "</div>\n</section>\n";
}

std::string key_figures(const Page& page) {
  const double reach = reach_of(page);
  std::string rows;
  for (const Indicator indicator : key_indicators()) rows += key_row(page, indicator, reach);
  if (page.comparison.alone())
    return section(
        page, "key", Say::key_figures,
        table(page.say(Say::key_figures_alone_caption),
              header_cell(page.say(Say::column_indicator)) + header_cell(page.say(Say::column_base), true) +
                  header_cell(page.say(Say::column_interval), true) + header_cell(page.say(Say::column_unit)),
              rows, "keys stack"));
  rows += "<tr class=\"axis\"><th></th><td class=\"figure\">" + whisker_axis(page, reach) +
          "</td><td></td><td></td><td></td></tr>\n";
  return section(
      page, "key", Say::key_figures,
      table(page.say(Say::key_figures_caption),
            header_cell(page.say(Say::column_indicator)) + header_cell(page.say(Say::column_relative)) +
                header_cell(page.say(Say::column_difference), true) +
                header_cell(page.say(Say::column_interval), true) +
                header_cell(page.say(Say::column_same_sign), true),
            rows, "keys stack"));
}

std::string over_time(const Page& page) {
  std::string charts;
  for (const Series& series : page.comparison.monthly) {
    if (series.steps.empty()) continue;
    charts += "<figure><figcaption>" + page.label(series.indicator) + "<span>" +
              page.unit_in_words(entry_of(series.indicator)) + "</span></figcaption>" +
              series_chart(page, series) + "</figure>\n";
  }
  return section(page, "time", Say::over_time,
                 "<p class=\"note\">" + page.say(Say::over_time_caption) + "</p>\n" + legend(page) +
                     "<div class=\"charts\">\n" + charts + "</div>\n");
}

}  // namespace tremplin::report
