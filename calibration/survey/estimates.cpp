#include "calibration/survey/estimates.hpp"

#include <algorithm>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <limits>

namespace tremplin::survey {

namespace {

constexpr double unknown = std::numeric_limits<double>::quiet_NaN();
constexpr double upper_tail = 0.975;

// A number of each respondent, NaN where there is none.
using Values = std::vector<double>;

class Estimator {
 public:
  Estimator(const SurveyBook& book, const Microdata& data, const CpasSample& sample, double population)
      : book_(book),
        data_(data),
        sample_(sample),
        population_(population),
        respondents_(data.respondents()) {}

  std::vector<SurveyEstimate> all() {
    const std::vector<Column> columns = book_.columns();
    for (std::size_t c = 0; c < columns.size(); ++c)
      if (!data_.answers[c].empty()) column(columns[c], data_.answers[c]);
    for (std::size_t r = 0; r < book_.ratios.size(); ++r) ratio(r, columns);
    return std::move(estimates_);
  }

 private:
  void column(const Column& column, const Values& answers) {
    const Question& question = book_.questions[column.question];
    switch (question.kind) {
      case QuestionKind::choice:
        choice(column.question, answers, 0);
        break;
      case QuestionKind::scale:
        choice(column.question, answers, 1);
        mean(column.question, answers);
        break;
      case QuestionKind::multiple:
        share(column.question, {column.item}, answers);
        break;
      case QuestionKind::count:
        if (mean(column.question, answers)) total();
        break;
      case QuestionKind::share:
      case QuestionKind::number:
        mean(column.question, answers);
        break;
    }
  }

  // first: the number that stands for the first code.
  void choice(std::size_t q, const Values& answers, double first) {
    const Question& question = book_.questions[q];
    const auto share_of = [&](const std::vector<std::size_t>& codes) {
      Values given(answers.size(), unknown);
      for (std::size_t i = 0; i < answers.size(); ++i) {
        if (std::isnan(answers[i])) continue;
        const auto code = static_cast<std::size_t>(answers[i] - first);
        given[i] = std::ranges::find(codes, code) != codes.end() ? 1 : 0;
      }
      share(q, codes, given);
    };
    for (std::size_t code = 0; code < question.codes.size(); ++code) share_of({code});
    if (!question.published) return;
    for (const PublishedFigure& figure : question.published->figures)
      if (figure.answers.size() > 1) share_of(figure.answers);
  }

  void share(std::size_t q, const std::vector<std::size_t>& codes, const Values& given) {
    const PublishedFigure* figure = figure_of(book_.questions[q], codes);
    const double published = figure == nullptr ? unknown : figure->percent / 100;
    add({.statistic = Statistic::share, .question = q, .answers = codes, .published = published}, given);
    if (figure == nullptr || !figure->by_group) return;
    const auto group = std::ranges::find(book_.groups, figure->by_group->group, &Group::column);
    const auto g = static_cast<std::size_t>(group - book_.groups.begin());
    if (data_.groups[g].empty()) return;
    for (std::size_t code = 0; code < group->codes.size(); ++code) {
      Values confined = given;
      for (std::size_t i = 0; i < confined.size(); ++i)
        if (data_.groups[g][cpas_of(i)] != static_cast<int>(code)) confined[i] = unknown;
      add({.statistic = Statistic::share,
           .question = q,
           .answers = codes,
           .within = Within{g, code},
           .published = figure->by_group->percent[code] / 100},
          confined);
    }
  }

  static const PublishedFigure* figure_of(const Question& question, const std::vector<std::size_t>& codes) {
    if (!question.published) return nullptr;
    const auto& figures = question.published->figures;
    const auto found = std::ranges::find(figures, codes, &PublishedFigure::answers);
    return found == figures.end() ? nullptr : &*found;
  }

  bool mean(std::size_t q, const Values& numbers) {
    const auto& published = book_.questions[q].published;
    return add({.statistic = Statistic::mean,
                .question = q,
                .published = published && published->mean ? *published->mean : unknown},
               numbers);
  }

  // Of the mean just added: what all CPAS have together if those that do not answer are like those that do.
  void total() {
    SurveyEstimate total = estimates_.back();
    total.statistic = Statistic::total;
    total.published = unknown;
    for (double SurveyEstimate::*part :
         {&SurveyEstimate::study, &SurveyEstimate::value, &SurveyEstimate::se, &SurveyEstimate::se_jackknife,
          &SurveyEstimate::low, &SurveyEstimate::high})
      total.*part *= population_;
    estimates_.push_back(std::move(total));
  }

  void ratio(std::size_t r, const std::vector<Column>& columns) {
    const auto answers_of = [&](const std::string& name) -> const Values& {
      const auto column = std::ranges::find(columns, name, &Column::name);
      return data_.answers[static_cast<std::size_t>(column - columns.begin())];
    };
    const Values& over = answers_of(book_.ratios[r].over);
    const Values& under = answers_of(book_.ratios[r].under);
    if (over.empty() || under.empty()) return;
    Values both(over.size(), unknown);
    for (std::size_t i = 0; i < over.size(); ++i)
      if (!std::isnan(over[i]) && !std::isnan(under[i])) both[i] = 1;
    CpasSums sums = sums_of(both);
    sums.over = mean_by_cpas(over, both);
    sums.under = mean_by_cpas(under, both);
    SurveyEstimate estimate{.statistic = Statistic::ratio, .question = r, .published = unknown};
    if (fill(estimate, sums, both)) estimates_.push_back(std::move(estimate));
  }

  // False if nobody answered: there is no estimate then.
  bool add(SurveyEstimate estimate, const Values& values) {
    const CpasSums sums = sums_of(values);
    if (!fill(estimate, sums, values)) return false;
    estimate.deff = design_effect(estimate, values);
    estimates_.push_back(std::move(estimate));
    return true;
  }

  bool fill(SurveyEstimate& estimate, const CpasSums& sums, const Values& answered) const {
    for (const double value : answered) estimate.n_respondents += std::isnan(value) ? 0 : 1;
    if (estimate.n_respondents == 0) return false;
    const Precision precision = sample_.ratio(sums);
    estimate.n_cpas = static_cast<int>((sums.answered.array() > 0).count());
    estimate.study = sums.over.sum() / sums.under.sum();
    estimate.value = precision.value;
    estimate.se = precision.se;
    estimate.se_jackknife = precision.se_jackknife;
    estimate.df = precision.df;
    estimate.deff = unknown;
    estimate.low = estimate.high = unknown;
    if (precision.df < 1) return true;
    const double reach =
        boost::math::quantile(boost::math::students_t(precision.df), upper_tail) * estimate.se;
    const bool share = estimate.statistic == Statistic::share;
    estimate.low = share ? std::max(0.0, estimate.value - reach) : estimate.value - reach;
    estimate.high = share ? std::min(1.0, estimate.value + reach) : estimate.value + reach;
    return true;
  }

  // S^2 / n of respondents drawn one by one, with their weights, as R's svymean(deff = "replace").
  double design_effect(const SurveyEstimate& estimate, const Values& values) const {
    double weight = 0;
    double squares = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (std::isnan(values[i])) continue;
      const double each = sample_.weights()[static_cast<Eigen::Index>(cpas_of(i))] / respondents_[cpas_of(i)];
      weight += each;
      squares += each * (values[i] - estimate.value) * (values[i] - estimate.value);
    }
    const double n = estimate.n_respondents;
    const double variance = squares / weight * n / (n - 1);
    return variance > 0 ? estimate.se * estimate.se / (variance / n) : unknown;
  }

  [[nodiscard]] CpasSums sums_of(const Values& values) const {
    const Eigen::VectorXd answered = mean_by_cpas(Values(values.size(), 1), values);
    return {mean_by_cpas(values, values), answered, answered};
  }

  // [CPAS] the sum over its respondents with a value, divided by the number of all its respondents.
  [[nodiscard]] Eigen::VectorXd mean_by_cpas(const Values& values, const Values& answered) const {
    Eigen::VectorXd means = Eigen::VectorXd::Zero(static_cast<Eigen::Index>(data_.cpas.size()));
    for (std::size_t i = 0; i < values.size(); ++i)
      if (!std::isnan(answered[i])) means[static_cast<Eigen::Index>(cpas_of(i))] += values[i];
    for (Eigen::Index i = 0; i < means.size(); ++i) means[i] /= respondents_[static_cast<std::size_t>(i)];
    return means;
  }

  [[nodiscard]] std::size_t cpas_of(std::size_t respondent) const {
    return static_cast<std::size_t>(data_.cpas_of[respondent]);
  }

  const SurveyBook& book_;
  const Microdata& data_;
  const CpasSample& sample_;
  double population_;
  std::vector<int> respondents_;
  std::vector<SurveyEstimate> estimates_;
};

}  // namespace

std::vector<SurveyEstimate> estimate_all(const SurveyBook& book, const Microdata& data,
                                         const CpasSample& sample, double population) {
  return Estimator(book, data, sample, population).all();
}

}  // namespace tremplin::survey
