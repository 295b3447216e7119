#include "cli/posterior_lines.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <nlohmann/json.hpp>
#include <string_view>

#include "cli/plain.hpp"
#include "cli/texts.hpp"
#include "outputs/present.hpp"
#include "outputs/text_table.hpp"

namespace tremplin::cli {

namespace {

using inference::Index;

constexpr double least_learnt = 0.1;

std::string doubt_text(const inference::Doubt& doubt, Language language) {
  static constexpr std::array words = {
#define DOUBT(kind, fr, nl, en) std::array<std::string_view, n_languages>{fr, nl, en},
#include "calibration/inference/doubts.def"
#undef DOUBT
  };
  std::string text(words.at(static_cast<std::size_t>(doubt.kind)).at(static_cast<std::size_t>(language)));
  if (const std::size_t open = text.find("{}"); open != std::string::npos) text.replace(open, 2, doubt.names);
  return text;
}

std::string range_text(const Interval& of, Language language) {
  const double size = std::max(std::abs(of.low), std::abs(of.high));
  if (size >= 0.01 && size < 1e7) return format_range(of.low, of.high, language);
  return short_number(of.low, language) + " – " + short_number(of.high, language);
}

}  // namespace

Interval interval_of(const inference::Matrix& draws, std::size_t column) {
  std::vector<double> values(static_cast<std::size_t>(draws.rows()));
  for (std::size_t i = 0; i < values.size(); ++i)
    values[i] = draws(static_cast<Index>(i), static_cast<Index>(column));
  std::ranges::sort(values);
  const auto at = [&](double share) {
    return values[static_cast<std::size_t>(share * static_cast<double>(values.size() - 1) + 0.5)];
  };
  return {at(0.025), at(0.5), at(0.975)};
}

nlohmann::ordered_json interval_json(const Interval& of) { return {of.low, of.middle, of.high}; }

std::string short_number(double value, Language language) {
  const double size = std::abs(value);
  if (std::isnan(value) || size == 0 || (size >= 0.01 && size < 1e7))
    return format_number(value, decimals_for(value) + 1, language);
  std::string text = fmt::format("{:.2e}", value);
  if (language != Language::en) std::ranges::replace(text, '.', ',');
  return text;
}

std::string verdict_line(const inference::Posterior& posterior, Language language) {
  std::vector<std::string> doubts;
  for (const inference::Doubt& doubt : posterior.doubts) doubts.push_back(doubt_text(doubt, language));
  return wrapped(posterior.trusted()
                     ? say(language, Phrase::calibrate_trusted)
                     : say(language, Phrase::calibrate_doubtful, fmt::format("{}", fmt::join(doubts, "; "))),
                 text_table_width, 0);
}

std::string learnt_lines(std::vector<LearntParameter> parameters, Language language, bool all) {
  std::ranges::stable_sort(parameters, std::greater{}, &LearntParameter::learnt);
  std::string text = widened(say(language, Phrase::calibrate_parameter), 28) +
                     padded(say(language, Phrase::calibrate_prior), 24, true) +
                     padded(say(language, Phrase::calibrate_posterior), 24, true) +
                     padded(say(language, Phrase::calibrate_learnt), 10, true) + "\n";
  std::vector<std::string> unlearnt;
  for (const LearntParameter& of : parameters) {
    if (!all && of.learnt < least_learnt) {
      unlearnt.push_back(of.name);
      continue;
    }
    text += widened(of.name, 28) + padded(range_text(of.prior, language), 24, true) +
            padded(range_text(of.posterior, language), 24, true) +
            padded(format_number(of.learnt, decimals_for(of.learnt), language), 10, true) + "\n";
  }
  if (!unlearnt.empty())
    text += "\n" +
            wrapped(say(language, Phrase::calibrate_unlearnt, fmt::format("{}", fmt::join(unlearnt, ", "))),
                    text_table_width, 0);
  return text;
}

}  // namespace tremplin::cli
