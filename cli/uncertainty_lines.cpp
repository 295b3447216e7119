#include "cli/uncertainty_lines.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>

#include "cli/plain.hpp"
#include "cli/texts.hpp"
#include "outputs/caveats.hpp"
#include "outputs/compare.hpp"
#include "outputs/present.hpp"
#include "outputs/text_table.hpp"
#include "scenarios/date.hpp"

namespace tremplin::cli {

namespace {

using Json = nlohmann::ordered_json;

constexpr const char* none = "–";

// "62 [41–80]", in per cent.
std::string share_text(const Spread& spread, std::size_t origin, Language language) {
  const auto percent = [language](double share) { return format_number(100 * share, 0, language); };
  std::string text = percent(spread.shares[origin]);
  if (!spread.share_intervals) return text;
  const Interval& interval = (*spread.share_intervals)[origin];
  return text + " [" + percent(interval.low) + "–" + percent(interval.high) + "]";
}

TableRow row(const ReformSpread& reform, std::size_t indicator, const Labels& labels, Language language) {
  const IndicatorEntry& entry = all_indicators()[indicator];
  TableRow row{"",
               labels.of(static_cast<Indicator>(indicator))[language],
               {short_unit(entry, language, labels), none, none, none, none, none}};
  const std::optional<Spread>& spread = reform.spreads[indicator];
  if (!spread) return row;
  const double scale = shown_scale(entry.unit, Magnitude::country);
  const int decimals = decimals_for(std::max(std::abs(spread->mean), spread->deviation) * scale);
  row.cells[1] = format_number(spread->mean * scale, decimals, language, true);
  row.cells[2] = format_number(spread->deviation * scale, decimals, language);
  for (std::size_t origin = 0; spread->shared && origin < origin_names.size(); ++origin)
    row.cells[3 + origin] = share_text(*spread, origin, language);
  return row;
}

std::string table(const ReformSpread& reform, const Labels& labels, Language language) {
  const auto share = [language](Phrase origin) { return say(language, origin) + " %"; };
  std::vector<TableRow> rows = {
      {"",
       say(language, Phrase::uncertainty_key),
       {"", say(language, Phrase::uncertainty_difference), say(language, Phrase::uncertainty_deviation),
        share(Phrase::uncertainty_luck), share(Phrase::uncertainty_parameters),
        share(Phrase::uncertainty_landscape)}}};
  for (const Indicator indicator : key_indicators())
    rows.push_back(row(reform, static_cast<std::size_t>(indicator), labels, language));
  std::optional<Topic> topic;
  for (std::size_t i = 0; i < n_indicators; ++i) {
    if (std::ranges::find(key_indicators(), static_cast<Indicator>(i)) != key_indicators().end()) continue;
    const Topic its = all_indicators()[i].topic;
    if (topic != its) rows.push_back({"", labels.of(its)[language], {}});
    topic = its;
    rows.push_back(row(reform, i, labels, language));
  }
  return laid_out(rows);
}

std::vector<std::string> notes(const Run& run, const ReformSpread& reform, Language language) {
  std::vector<std::string> sentences = {say(language, Phrase::uncertainty_columns),
                                        say(language, Phrase::uncertainty_about_luck),
                                        say(language, Phrase::uncertainty_about_parameters),
                                        say(language, Phrase::uncertainty_about_landscape)};
  if (run.sample < 1)
    sentences.push_back(
        say(language, Phrase::uncertainty_about_sample, number_text(100 * run.sample, language)));
  if (reform.n_replicates() < fewest_for_intervals)
    sentences.push_back(say(language, Phrase::uncertainty_few, fewest_for_intervals));
  return sentences;
}

Json to_json(const std::optional<Interval>& interval) {
  return interval ? Json::array({interval->low, interval->high}) : Json();
}

Json to_json(const std::optional<Spread>& spread) {
  if (!spread) return {};
  Json json = {{"mean", spread->mean},
               {"deviation", spread->deviation},
               {"deviation_interval", to_json(spread->deviation_interval)},
               {"shares", Json()}};
  for (std::size_t origin = 0; spread->shared && origin < origin_names.size(); ++origin) {
    std::optional<Interval> interval;
    if (spread->share_intervals) interval = (*spread->share_intervals)[origin];
    json["shares"][std::string(origin_names[origin])] = {{"share", spread->shares[origin]},
                                                         {"interval", to_json(interval)}};
  }
  return json;
}

}  // namespace

std::string uncertainty_lines(const Run& run, const ReformSpread& reform, const Labels& labels,
                              Language language) {
  const auto told = [](const std::string& text) { return wrapped(text, text_table_width, 0); };
  std::string text = told(say(language, Phrase::uncertainty_title, title_of(run, reform.reform, language),
                              title_of(run, 0, language), format_month(reform.period.from, language),
                              format_month(reform.period.until - 1, language)));
  text += told(say(language, Phrase::uncertainty_method, reform.n_replicates()));
  for (const std::string& caveat : caveats_but_sample(run, labels, language)) text += told(caveat);
  text += "\n" + table(reform, labels, language) + "\n";
  for (const std::string& note : notes(run, reform, language)) text += told(note);
  return text;
}

Json uncertainty_json(const Run& run, const ReformSpread& reform, const Labels& labels, Language language) {
  Json indicators = Json::array();
  for (std::size_t i = 0; i < n_indicators; ++i) {
    const IndicatorEntry& entry = all_indicators()[i];
    const auto indicator = static_cast<Indicator>(i);
    indicators.push_back({{"name", entry.name},
                          {"label", labels.of(indicator)[language]},
                          {"key", std::ranges::find(key_indicators(), indicator) != key_indicators().end()},
                          {"unit", indicator_unit_names()[static_cast<std::size_t>(entry.unit)]},
                          {"basis", basis_names[static_cast<std::size_t>(entry.basis)]},
                          {"difference", to_json(reform.spreads[i])}});
  }
  return {{"base", run.scenarios.front().name},
          {"reform", run.scenarios[reform.reform].name},
          {"from", to_string(reform.period.from)},
          {"until", to_string(reform.period.until)},
          {"replicates", reform.n_replicates()},
          {"interrupted", run.interrupted},
          {"sample", run.sample},
          {"seed", run.seed},
          {"caveats", caveats_but_sample(run, labels, language)},
          {"notes", notes(run, reform, language)},
          {"indicators", std::move(indicators)}};
}

}  // namespace tremplin::cli
