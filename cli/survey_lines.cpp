#include "cli/survey_lines.hpp"

#include <cmath>
#include <nlohmann/json.hpp>

#include "calibration/survey/survey_tables.hpp"
#include "cli/plain.hpp"
#include "cli/texts.hpp"
#include "outputs/present.hpp"

namespace tremplin::cli {

namespace {

using Json = nlohmann::ordered_json;
using survey::Statistic;
using survey::SurveyBook;
using survey::SurveyEstimate;
using survey::Weighed;

constexpr int screen_width = 100;
constexpr int label_width = 26;

std::string line_of(const std::string& label, const std::array<std::string, 6>& cells) {
  constexpr std::array widths = {12, 7, 10, 15, 18, 5};
  std::string line = padded(label, label_width, false);
  for (std::size_t i = 0; i < cells.size(); ++i) line += " " + padded(cells[i], widths[i], true);
  return line + "\n";
}

std::string answer_label(const SurveyBook& book, const SurveyEstimate& estimate, Language language) {
  if (estimate.within) {
    const survey::Group& group = book.groups[estimate.within->group];
    return "    " + group.codes[estimate.within->code].label[language];
  }
  switch (estimate.statistic) {
    case Statistic::mean:
      return "  " + say(language, Phrase::survey_mean);
    case Statistic::total:
      return "  " + say(language, Phrase::survey_total);
    case Statistic::ratio:
      return "  " + say(language, Phrase::survey_ratio);
    case Statistic::share:
      break;
  }
  std::string label;
  for (const std::size_t code : estimate.answers)
    label += (label.empty() ? "  " : " + ") + book.questions[estimate.question].codes[code].label[language];
  return label;
}

// Shares in per cent; all numbers of a line with the same decimals.
std::string estimate_line(const SurveyBook& book, const SurveyEstimate& estimate, Language language) {
  const bool share = estimate.statistic == Statistic::share;
  const double scale = share ? 100 : 1;
  const int decimals = share ? 1 : decimals_for(estimate.value);
  const auto number = [&](double value) {
    if (std::isnan(value)) return std::string("–");
    return format_number(value * scale, decimals, language) + (share ? percent_sign(language) : "");
  };
  const auto plain = [&](double value) { return format_number(value * scale, decimals, language); };
  const bool known = !std::isnan(estimate.se);
  const std::string separator = language == Language::en ? "," : ";";
  const std::string interval =
      known ? "[" + plain(estimate.low) + separator + " " + plain(estimate.high) + "]" : "–";
  const std::string error = known ? plain(estimate.se) + " (" + plain(estimate.se_jackknife) + ")" : "–";
  return line_of(answer_label(book, estimate, language),
                 {number(estimate.published), number(estimate.study), number(estimate.value), error, interval,
                  std::to_string(estimate.n_respondents)});
}

const Text& subject_of(const SurveyBook& book, const SurveyEstimate& estimate) {
  return estimate.statistic == Statistic::ratio ? book.ratios[estimate.question].label
                                                : book.questions[estimate.question].label;
}

std::string margins_text(const SurveyBook& book, const Weighed& weighed, Language language) {
  std::string text;
  for (const survey::SurveyMargin& margin : weighed.margins)
    text +=
        (text.empty() ? "" : "; ") + book.groups[margin.group].label[language] + " (" + margin.source + ")";
  return text;
}

Json json_of(double value) { return std::isnan(value) ? Json() : Json(value); }

Json json_of(const SurveyBook& book, const SurveyEstimate& estimate) {
  Json json = {{"column", column_of(book, estimate)},
               {"label", in_languages(subject_of(book, estimate))},
               {"statistic", survey::statistic_names[static_cast<std::size_t>(estimate.statistic)]},
               {"answers", answers_of(book, estimate)}};
  if (estimate.within) {
    const survey::Group& group = book.groups[estimate.within->group];
    json["within"] = {{"group", group.column}, {"code", group.codes[estimate.within->code].name}};
  }
  json["published"] = json_of(estimate.published);
  json["study"] = estimate.study;
  json["estimate"] = estimate.value;
  json["se"] = json_of(estimate.se);
  json["se_jackknife"] = json_of(estimate.se_jackknife);
  json["interval"] = {json_of(estimate.low), json_of(estimate.high)};
  json["df"] = estimate.df;
  json["deff"] = json_of(estimate.deff);
  json["respondents"] = estimate.n_respondents;
  json["cpas"] = estimate.n_cpas;
  return json;
}

}  // namespace

std::string survey_lines(const SurveyBook& book, const Weighed& weighed, const survey::WeighOptions& options,
                         Language language) {
  const auto word = [&](Phrase what) { return say(language, what); };
  std::string text;
  if (weighed.synthetic) text += wrapped(word(Phrase::survey_synthetic_heading), screen_width, 0);
  text += wrapped(say(language, Phrase::survey_heading, book.title[language], weighed.weights.size(),
                      weighed.n_cpas, format_number(weighed.population, 0, language)),
                  screen_width, 0);
  text += wrapped(
      say(language, Phrase::survey_method, survey::distance_names[static_cast<std::size_t>(options.distance)],
          number_text(options.bounds.lower, language), number_text(options.bounds.upper, language),
          margins_text(book, weighed, language), weighed.replicate_type),
      screen_width, 0);
  text += "\n" + line_of("", {word(Phrase::survey_published), word(Phrase::survey_study),
                              word(Phrase::survey_estimate), word(Phrase::survey_error),
                              word(Phrase::survey_interval), word(Phrase::survey_answers)});
  const Text* subject = nullptr;
  for (const SurveyEstimate& estimate : weighed.estimates) {
    if (&subject_of(book, estimate) != subject) {
      subject = &subject_of(book, estimate);
      text += wrapped((*subject)[language], screen_width, 0);
    }
    text += estimate_line(book, estimate, language);
  }
  return text + "\n" + wrapped(word(Phrase::survey_legend), screen_width, 0);
}

Json survey_json(const SurveyBook& book, const Weighed& weighed, const survey::WeighOptions& options) {
  Json json = {{"survey", book.name},
               {"title", in_languages(book.title)},
               {"synthetic", weighed.synthetic},
               {"respondents", weighed.weights.size()},
               {"cpas", weighed.n_cpas},
               {"population", weighed.population},
               {"method", survey::distance_names[static_cast<std::size_t>(options.distance)]},
               {"bounds", {options.bounds.lower, options.bounds.upper}},
               {"replicates", weighed.replicate_type}};
  for (const survey::SurveyMargin& margin : weighed.margins) {
    const survey::Group& group = book.groups[margin.group];
    Json totals;
    for (std::size_t code = 0; code < group.codes.size(); ++code)
      totals[group.codes[code].name] = margin.totals[code];
    json["margins"][group.column] = {{"totals", std::move(totals)}, {"source", margin.source}};
  }
  json["estimates"] = Json::array();
  for (const SurveyEstimate& estimate : weighed.estimates)
    json["estimates"].push_back(json_of(book, estimate));
  return json;
}

}  // namespace tremplin::cli
