#include "calibration/survey/survey_tables.hpp"

#include <fmt/format.h>

#include <cmath>

namespace tremplin::survey {

namespace {

std::string number(double value) { return std::isnan(value) ? std::string() : fmt::format("{}", value); }

// In quotes if the text needs them.
std::string quoted(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string inside;
  for (const char c : text) inside += c == '"' ? "\"\"" : std::string(1, c);
  return "\"" + inside + "\"";
}

const char* made_up(bool synthetic) { return synthetic ? "yes" : "no"; }

}  // namespace

std::string weights_csv(const Microdata& data, const Weighed& weighed) {
  std::string text = "line,cpas,synthetic,study_weight,design_weight,weight,factor\n";
  for (std::size_t i = 0; i < data.n_respondents(); ++i)
    text += fmt::format("{},{},{},{},{},{},{}\n", data.line[i],
                        quoted(data.cpas[static_cast<std::size_t>(data.cpas_of[i])]),
                        made_up(weighed.synthetic), weighed.study[i], weighed.design[i], weighed.weights[i],
                        weighed.weights[i] / weighed.design[i]);
  return text;
}

std::string column_of(const SurveyBook& book, const SurveyEstimate& estimate) {
  if (estimate.statistic == Statistic::ratio) {
    const Ratio& ratio = book.ratios[estimate.question];
    return ratio.over + "/" + ratio.under;
  }
  const Question& question = book.questions[estimate.question];
  if (question.kind != QuestionKind::multiple) return question.column;
  return question.column + "_" + question.codes[estimate.answers.front()].name;
}

std::string answers_of(const SurveyBook& book, const SurveyEstimate& estimate) {
  if (estimate.answers.empty()) return {};
  const Question& question = book.questions[estimate.question];
  if (question.kind == QuestionKind::multiple) return "1";
  std::string answers;
  for (const std::size_t code : estimate.answers)
    answers += (answers.empty() ? "" : "|") + question.codes[code].name;
  return answers;
}

std::string estimates_csv(const SurveyBook& book, const Weighed& weighed) {
  std::string text =
      "column,statistic,answers,group,code,synthetic,published,study,estimate,se,se_jackknife,replicates,low,"
      "high,df,deff,respondents,cpas\n";
  for (const SurveyEstimate& estimate : weighed.estimates) {
    std::string group;
    std::string code;
    if (estimate.within) {
      group = book.groups[estimate.within->group].column;
      code = book.groups[estimate.within->group].codes[estimate.within->code].name;
    }
    text += fmt::format("{},{},{},{},{},{}", column_of(book, estimate),
                        statistic_names[static_cast<std::size_t>(estimate.statistic)],
                        answers_of(book, estimate), group, code, made_up(weighed.synthetic));
    for (const double value :
         {estimate.published, estimate.study, estimate.value, estimate.se, estimate.se_jackknife})
      text += "," + number(value);
    text += fmt::format(",{}", weighed.replicate_type);
    for (const double value : {estimate.low, estimate.high}) text += "," + number(value);
    text += fmt::format(",{},{},{},{}\n", estimate.df, number(estimate.deff), estimate.n_respondents,
                        estimate.n_cpas);
  }
  return text;
}

}  // namespace tremplin::survey
