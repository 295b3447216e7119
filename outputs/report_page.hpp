// What the sections of a report share: the words, the escaping, and the sections themselves.
// Internal to the report; others include report.hpp.
#pragma once

#include <string>
#include <string_view>

#include "outputs/present.hpp"
#include "outputs/report.hpp"
#include "outputs/text_table.hpp"

namespace tremplin::report {

// Text made harmless in HTML, between tags and in quoted attributes.
std::string escape(std::string_view text);

struct Page {
  const Run& run;
  const Comparison& comparison;
  const ReportContext& context;
  const Labels& labels;
  Language language;

  // Words of the registry, filled and escaped.
  [[nodiscard]] std::string say(Say text, const Placeholders& values = {}) const {
    return escape(fill(labels.of(text)[language], values));
  }
  // The label of anything that has one, escaped.
  template <class Named>
  [[nodiscard]] std::string label(Named named) const {
    return escape(labels.of(named)[language]);
  }
  [[nodiscard]] std::string base_title() const { return title_of(run, comparison.base, language); }
  [[nodiscard]] std::string reform_title() const { return title_of(run, comparison.reform, language); }
  [[nodiscard]] Shown shown(const Contrast& contrast, IndicatorUnit unit) const {
    return show(contrast, unit, language, labels, magnitude());
  }
  [[nodiscard]] Magnitude magnitude() const { return magnitude_of(run); }
  [[nodiscard]] std::string unit_in_words(const IndicatorEntry& entry) const {
    return escape(tremplin::unit_in_words(entry, language, labels, magnitude()));
  }
  // Not escaped: to be filled into a text.
  [[nodiscard]] std::string difference_unit(const IndicatorEntry& entry) const {
    return tremplin::difference_unit(entry, language, labels, magnitude());
  }
  // "+356 sanctions par an". Not escaped.
  [[nodiscard]] std::string with_unit(const std::string& difference, const IndicatorEntry& entry) const {
    const bool hours_a_month = run.own && entry.unit == IndicatorUnit::hour;
    const std::string text = difference + "\u00a0" + difference_unit(entry);
    if (hours_a_month) return text + " " + labels.of(Say::per_month)[language];
    return entry.basis == Basis::per_year ? text + " " + labels.of(Say::per_year)[language] : text;
  }
  [[nodiscard]] std::string number(double value, int decimals) const {
    return format_number(value, decimals, language);
  }
};

// The whole file around the content of <main>; the title is escaped already.
std::string document(const Page& page, const std::string& title, const std::string& main);
std::string document(const Labels& labels, Language language, const std::string& title,
                     const std::string& main);
// The question that the page answers, escaped.
std::string page_title(const Page& page);
// <h2> with an anchor, and the section around its content.
std::string section(const Page& page, std::string_view anchor, Say heading, const std::string& content);
// A table that scrolls sideways rather than break the page.
std::string table(const std::string& caption, const std::string& head, const std::string& body,
                  std::string_view kind);
std::string header_cell(const std::string& text, bool number = false);
// The difference with its unit, and relative to the base: "−461 personnes (−0,4 %)".
std::string difference_in_words(const Page& page, const IndicatorEntry& entry, const Contrast& contrast);

// "9/10": the replicates that agree in sign; "↑ 10/10" where all do and only the size is uncertain.
std::string same_sign(const Page& page, const Contrast& contrast);

// Charts: inline SVG with a title and a description.
std::string whisker(const Contrast& contrast, double reach);  // relative difference; reach > 0
std::string whisker_axis(const Page& page, double reach);
std::string bars(double base, double reform, double full);  // two bars, as parts of `full`
std::string series_chart(const Page& page, const Series& series);

// Sections, in the order of the page.
std::string own_workload(const Page& page);  // of one's own CPAS: what a federation asks first
std::string own_profile(const Page& page);   // and what was stated, drawn and aligned
std::string question_and_answer(const Page& page);
std::string the_reform(const Page& page);  // empty if the run does not hold its text
std::string key_figures(const Page& page);
std::string over_time(const Page& page);
std::string wanted_and_unwanted(const Page& page);
std::string by_group(const Page& page);
std::string who_pays(const Page& page);
std::string workload(const Page& page);
std::string every_indicator(const Page& page);
std::string agreement(const Page& page);  // with published figures; empty if the run covers none
std::string rests_on(const Page& page);
std::string limits(const Page& page);
std::string reproduce(const Page& page);
std::string glossary(const Page& page);

std::string_view style();  // CSS

}  // namespace tremplin::report
