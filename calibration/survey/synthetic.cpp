#include "calibration/survey/synthetic.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "calibration/inference/keyed.hpp"
#include "calibration/priors.hpp"
#include "calibration/survey/quota.hpp"
#include "scenarios/landscape/rake.hpp"

namespace tremplin::survey {

namespace {

constexpr double no_answer = std::numeric_limits<double>::quiet_NaN();
constexpr int few_respondents = 4;  // of a CPAS that has several, at most

const Figure& figure_named(std::span<const Figure> figures, std::string_view name) {
  return *std::ranges::find(figures, name, &Figure::name);
}

const Group& group_named(const SurveyBook& book, std::string_view name) {
  return *std::ranges::find(book.groups, name, &Group::column);
}

// A CPAS of the made-up file.
struct Office {
  std::size_t region = 0;
  std::size_t size = 0;
  int respondents = 1;
};

// The landscape's table of region and size, in the size classes of the survey.
std::vector<double> seed_of(const Group& region, const Group& size, std::span<const Figure> figures) {
  const Figure& table = figure_named(figures, "offices/region_by_size_seed");
  const Figure& cities = figure_named(figures, "offices/cities_by_region");
  const Figure& names = figure_named(figures, size.names_from);
  std::vector<double> seed;
  for (const Code& each : region.codes) {
    const auto of = [&](const Figure& figure) -> const std::vector<double>& {
      return std::ranges::find(figure.rows, each.name, &FigureRow::name)->values;
    };
    for (const std::vector<std::string>& parts : size.parts) {
      double sum = 0;
      for (std::size_t i = 0; i < names.rows.size(); ++i)
        if (std::ranges::find(parts, names.rows[i].name) != parts.end()) sum += of(table)[i];
      if (std::ranges::find(parts, names.rows.back().name) != parts.end()) sum += of(cities).front();
      seed.push_back(sum);
    }
  }
  return seed;
}

std::vector<Office> offices_that_answered(const SurveyBook& book, std::span<const Figure> figures) {
  const Group& region = group_named(book, "region");
  const Group& size = group_named(book, "size");
  const std::size_t n_sizes = size.codes.size();
  std::vector<double> cells = seed_of(region, size, figures);
  std::vector<Margin> margins(2);
  for (std::size_t i = 0; i < cells.size(); ++i) {
    margins[0].group.push_back(static_cast<int>(i / n_sizes));
    margins[1].group.push_back(static_cast<int>(i % n_sizes));
  }
  margins[0].totals.assign(region.answered.begin(), region.answered.end());
  margins[1].totals.assign(size.answered.begin(), size.answered.end());
  rake(cells, margins);
  std::vector<std::vector<double>> table;
  for (std::size_t r = 0; r < region.codes.size(); ++r)
    table.emplace_back(cells.begin() + static_cast<std::ptrdiff_t>(r * n_sizes),
                       cells.begin() + static_cast<std::ptrdiff_t>((r + 1) * n_sizes));
  std::vector<Office> offices;
  const auto counts = round_table(std::move(table));
  // The largest first: they get the most respondents.
  for (std::size_t s = n_sizes; s-- > 0;)
    for (std::size_t r = 0; r < counts.size(); ++r)
      offices.insert(offices.end(), static_cast<std::size_t>(counts[r][s]), Office{.region = r, .size = s});
  return offices;
}

void spread_respondents(std::vector<Office>& offices, const Respondents& respondents) {
  const auto many = static_cast<std::size_t>(respondents.more_than_four);
  const std::size_t several = offices.size() - static_cast<std::size_t>(respondents.only_one);
  int left = respondents.number - respondents.only_one;
  for (std::size_t i = many; i < several; ++i) {
    offices[i].respondents = 2 + static_cast<int>(i - many) % (few_respondents - 1);
    left -= offices[i].respondents;
  }
  for (std::size_t i = 0; i < many; ++i) {
    offices[i].respondents = left / static_cast<int>(many - i);
    left -= offices[i].respondents;
  }
}

class Maker {
 public:
  Maker(const SurveyBook& book, std::span<const Figure> figures, std::uint64_t seed)
      : book_(book), seed_(seed), offices_(offices_that_answered(book, figures)) {
    spread_respondents(offices_, *book.respondents);
    for (std::size_t i = 0; i < offices_.size(); ++i)
      office_of_.insert(office_of_.end(), static_cast<std::size_t>(offices_[i].respondents), i);
    columns_ = book.columns();
    for (const Column& column : columns_) answers_.push_back(make(column));
    for (std::size_t q = 0; q < book.questions.size(); ++q) mend_none(q);
  }

  [[nodiscard]] std::string csv() const {
    std::string text = "cpas,synthetic,region,size";
    for (const Column& column : columns_) text += "," + column.name;
    text += "\n";
    const Group& region = group_named(book_, "region");
    const Group& size = group_named(book_, "size");
    for (std::size_t i = 0; i < office_of_.size(); ++i) {
      const Office& office = offices_[office_of_[i]];
      text += fmt::format("S{:03},yes,{},{}", office_of_[i] + 1, region.codes[office.region].name,
                          size.codes[office.size].name);
      for (std::size_t c = 0; c < columns_.size(); ++c) text += "," + cell(c, answers_[c][i]);
      text += "\n";
    }
    return text;
  }

 private:
  double lot(std::string_view what, std::size_t who) const {
    return inference::Keyed(seed_, inference::Purpose::survey, stable_hash(what) + who).uniform();
  }

  [[nodiscard]] std::string cell(std::size_t column, double answer) const {
    if (std::isnan(answer)) return {};
    const Question& question = book_.questions[columns_[column].question];
    if (question.kind == QuestionKind::choice) return question.codes[static_cast<std::size_t>(answer)].name;
    return fmt::format("{}", answer);
  }

  std::vector<double> make(const Column& column) {
    const Question& question = book_.questions[column.question];
    const std::vector<std::size_t> who = those_who_answer(question, column.name);
    std::vector<double> answers(office_of_.size(), no_answer);
    if (question.kind > QuestionKind::scale) {
      for (const std::size_t i : who) answers[i] = number(question, i);
      return answers;
    }
    std::vector<double> weights;
    std::vector<double> lots;
    for (const std::size_t i : who) {
      weights.push_back(1.0 / offices_[office_of_[i]].respondents);
      lots.push_back(lot(column.name, i));
    }
    const bool multiple = question.kind == QuestionKind::multiple;
    const std::vector<std::size_t> codes =
        assign(weights, lots,
               multiple ? std::vector<Quota>(2, {.share = 0.5, .count = {}}) : quotas(question, who.size()));
    const double first = question.kind == QuestionKind::scale ? 1 : 0;
    for (std::size_t i = 0; i < who.size(); ++i) answers[who[i]] = static_cast<double>(codes[i]) + first;
    return answers;
  }

  // The per cents as printed; what they leave of 100 goes to the codes that are not printed, evenly, or in
  // equal parts to all if every code is: then it is rounding.
  static std::vector<Quota> quotas(const Question& question, std::size_t n_respondents) {
    std::vector<Quota> quotas(question.codes.size());
    std::vector<bool> printed(quotas.size());
    double left = 1;
    if (question.published) {
      for (const PublishedFigure& figure : question.published->figures) {
        if (std::isnan(figure.percent)) continue;
        left -= figure.percent / 100;
        for (const std::size_t code : figure.answers) {
          quotas[code] = {.share = figure.percent / 100 / static_cast<double>(figure.answers.size()),
                          .count = figure.count};
          printed[code] = true;
        }
      }
    }
    const auto n_silent = std::ranges::count(printed, false);
    for (std::size_t code = 0; code < quotas.size(); ++code) {
      if (n_silent > 0 && !printed[code]) quotas[code].share = left / static_cast<double>(n_silent);
      if (n_silent == 0) quotas[code].share += left / static_cast<double>(quotas.size());
    }
    // Counts hold together or not at all.
    int counted = 0;
    for (const Quota& quota : quotas) counted += quota.count.value_or(0);
    if (counted != static_cast<int>(n_respondents))
      for (Quota& quota : quotas) quota.count.reset();
    for (Quota& quota : quotas)
      if (counted == static_cast<int>(n_respondents)) quota.count = quota.count.value_or(0);
    return quotas;
  }

  // As many as the table counts, chosen by lot among those who are asked.
  std::vector<std::size_t> those_who_answer(const Question& question, const std::string& name) const {
    std::vector<std::size_t> who;
    for (std::size_t i = 0; i < office_of_.size(); ++i)
      if (is_asked(question, i)) who.push_back(i);
    std::size_t n = who.size();
    if (question.published) {
      int counted = 0;
      for (const PublishedFigure& figure : question.published->figures) counted += figure.count.value_or(0);
      if (counted > 0) n = static_cast<std::size_t>(counted);
      if (question.published->answers) n = static_cast<std::size_t>(*question.published->answers);
    }
    std::ranges::stable_sort(who, {}, [&](std::size_t i) { return lot(name + "/answers", i); });
    who.resize(std::min(n, who.size()));
    std::ranges::sort(who);
    return who;
  }

  [[nodiscard]] bool is_asked(const Question& question, std::size_t respondent) const {
    if (question.asked_if.empty()) return true;
    const auto on = std::ranges::find(columns_, question.asked_if, &Column::name);
    const double given = answers_[static_cast<std::size_t>(on - columns_.begin())][respondent];
    return std::ranges::any_of(question.asked_is,
                               [&](std::size_t code) { return given == static_cast<double>(code); });
  }

  // The same from all respondents of a CPAS.
  double number(const Question& question, std::size_t respondent) const {
    if (!question.made_up) return no_answer;
    const std::size_t office = office_of_[respondent];
    const auto& between = question.made_up->between;
    const auto [low, high] = between.size() == 1 ? between.front() : between[offices_[office].size];
    const double value = low + (high - low) * lot(question.column, office);
    if (question.made_up->share_of.empty()) return std::round(value);
    const auto whole = std::ranges::find(book_.questions, question.made_up->share_of, &Question::column);
    return std::round(value * number(*whole, respondent));
  }

  // "None" is ticked by those, and only those, who tick nothing else.
  void mend_none(std::size_t q) {
    if (book_.questions[q].kind != QuestionKind::multiple) return;
    const auto none = std::ranges::find_if(columns_, [&](const Column& column) {
      return column.question == q && book_.questions[q].codes[column.item].name == "none";
    });
    if (none == columns_.end()) return;
    std::vector<double>& ticked = answers_[static_cast<std::size_t>(none - columns_.begin())];
    for (std::size_t i = 0; i < ticked.size(); ++i) {
      if (std::isnan(ticked[i])) continue;
      ticked[i] = 1;
      for (std::size_t c = 0; c < columns_.size(); ++c)
        if (columns_[c].question == q && &answers_[c] != &ticked && answers_[c][i] == 1) ticked[i] = 0;
    }
  }

  const SurveyBook& book_;
  std::uint64_t seed_;
  std::vector<Office> offices_;
  std::vector<std::size_t> office_of_;  // [respondent]
  std::vector<Column> columns_;
  std::vector<std::vector<double>> answers_;  // [column][respondent] as in Microdata
};

}  // namespace

std::string synthesize(const SurveyBook& book, std::span<const Figure> figures, std::uint64_t seed) {
  if (!book.respondents)
    throw InputError(Fault{
        .kind = FaultKind::inconsistent, .source = "--survey", .found = book.name, .expected = "piis-2015"});
  return Maker(book, figures, seed).csv();
}

}  // namespace tremplin::survey
