#include "outputs/own_cpas.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>
#include <numeric>

#include "outputs/present.hpp"

namespace tremplin {

namespace {

constexpr std::array leading = {
    Indicator::people_paid,
    Indicator::hours_asked_first_line,
    Indicator::hours_asked_second_line,
    Indicator::hours_available,
    Indicator::share_of_time_given,
    Indicator::workers,
    Indicator::workers_needed,
    Indicator::files_per_worker,
    Indicator::files_per_first_line_worker,
    Indicator::share_decisions_late,
    Indicator::overdue_decisions,
    Indicator::overdue_reviews,
    Indicator::people_overdue,
    Indicator::share_evaluations_missed,
    Indicator::people_exempted_unseen,
    Indicator::contract_balance,
};

struct Spread {
  double mean = 0;
  double low = 0;
  double high = 0;
};

template <class Get>
Spread spread_of(const OwnCpas& own, Get get) {
  std::vector<double> values;
  for (const Alignment& alignment : own.alignments) values.push_back(get(alignment));
  const auto [low, high] = std::ranges::minmax(values);
  return {std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size()), low, high};
}

std::string people(double value, Language language) {
  return format_number(value, value == std::round(value) ? 0 : 1, language);
}

// Placeholders of a stock: what was stated and what came out.
Placeholders stock_words(double stated, const Spread& simulated, Language language) {
  return {{"stated", people(stated, language)},
          {"simulated", people(simulated.mean, language)},
          {"low", people(simulated.low, language)},
          {"high", people(simulated.high, language)}};
}

std::vector<std::string> categories_in_words(const OwnCpas& own, const Labels& labels, Language language) {
  std::vector<std::string> sentences;
  for (std::size_t c = 0; own.stated.by_category && c < 3; ++c) {
    const Spread simulated = spread_of(own, [c](const Alignment& a) { return a.paid_by_category[c]; });
    Placeholders words = stock_words((*own.stated.by_category)[c], simulated, language);
    words.emplace_back("category", std::to_string(c + 1));
    sentences.push_back(fill(labels.of(Say::own_aligned_category)[language], words));
  }
  return sentences;
}

}  // namespace

std::span<const Indicator> own_indicators() { return leading; }

std::string reference_in_words(Reference reference, Language language) {
  return reference.month == 0 ? std::to_string(reference.year) : format_month(reference.from(), language);
}

std::vector<std::string> alignment_in_words(const OwnCpas& own, const Labels& labels, Language language) {
  const std::string reference = reference_in_words(own.reference, language);
  const std::string path = fill(labels.of(Say::own_path)[language], {{"reference", reference}});
  const double stated = own.stated.paid.value_or(0);
  if (!own.align) {
    return {fill(labels.of(Say::own_not_aligned)[language],
                 {{"reference", reference}, {"stated", people(stated, language)}}),
            path};
  }
  const Spread paid = spread_of(own, [](const Alignment& a) { return a.paid; });
  const Spread factor = spread_of(own, [](const Alignment& a) { return a.inflow; });
  Placeholders words = stock_words(stated, paid, language);
  words.insert(words.end(), {{"reference", reference},
                             {"factor", format_number(factor.mean, 2, language)},
                             {"factor_low", format_number(factor.low, 2, language)},
                             {"factor_high", format_number(factor.high, 2, language)}});
  std::vector<std::string> sentences = {fill(labels.of(Say::own_aligned)[language], words)};
  for (std::string& sentence : categories_in_words(own, labels, language))
    sentences.push_back(std::move(sentence));
  if (own.stated.equivalent) {
    const Spread simulated = spread_of(own, [](const Alignment& a) { return a.paid_equivalent; });
    sentences.push_back(fill(labels.of(Say::own_aligned_equivalent)[language],
                             stock_words(*own.stated.equivalent, simulated, language)));
  }
  sentences.push_back(path);
  const auto far = std::ranges::count_if(own.alignments, [&](const Alignment& a) {
    return std::abs(a.paid - stated) > std::max(2.0, 0.05 * stated);
  });
  if (far > 0) sentences.push_back(fill(labels.of(Say::own_far)[language], {{"n", std::to_string(far)}}));
  return sentences;
}

std::string drawn_in_words(const OwnCpas& own, const OfficeColumn& column, const Labels& labels,
                           Language language) {
  std::vector<double> values;
  for (const Office& office : own.offices) values.push_back(column.get(office));
  if (column.n_choices() == 0 && !column.whole()) {
    const auto [low, high] = std::ranges::minmax(values);
    return office_value(column, low, language, labels) + " – " + office_value(column, high, language, labels);
  }
  std::map<double, int> counts;
  for (const double value : values) ++counts[value];
  std::string words;
  for (const auto& [value, count] : counts) {
    const double percent = 100.0 * count / static_cast<double>(values.size());
    words +=
        fmt::format("{}{} ({}{})", words.empty() ? "" : ", ", office_value(column, value, language, labels),
                    format_number(percent, 0, language), percent_sign(language));
  }
  return words;
}

nlohmann::ordered_json to_json(const OwnCpas& own) {
  using Json = nlohmann::ordered_json;
  Json json = {
      {"name", own.name},
      {"reference",
       {{"from", fmt::format("{:04}-{:02}", own.reference.from().year(), own.reference.from().of_year())},
        {"months", own.reference.until() - own.reference.from()}}},
      {"aligned", own.align},
      {"preset", own.preset}};
  json["stated"] = {{"paid", own.stated.paid.value_or(0)}};
  if (own.stated.by_category) json["stated"]["by_category"] = *own.stated.by_category;
  if (own.stated.equivalent) json["stated"]["equivalent"] = *own.stated.equivalent;
  json["settled"] = Json::object();
  for (const StatedValue& value : own.settled) json["settled"][value.column] = value.value;
  json["left_out"] = own.left_out;
  json["replicates"] = Json::array();
  for (std::size_t r = 0; r < own.alignments.size(); ++r) {
    const Alignment& a = own.alignments[r];
    Json row = {{"inflow", a.inflow},
                {"inflow_equivalent", a.inflow_equivalent},
                {"category", a.category},
                {"paid", a.paid},
                {"paid_by_category", a.paid_by_category},
                {"paid_equivalent", a.paid_equivalent}};
    for (const std::string& name : own.left_out) row["drawn"][name] = office_column(name).get(own.offices[r]);
    json["replicates"].push_back(std::move(row));
  }
  return json;
}

}  // namespace tremplin
