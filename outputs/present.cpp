#include "outputs/present.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace tremplin {

namespace {

constexpr const char* minus = "−";
constexpr std::array<const char*, n_languages> thousands = {"\u202f", ".", ","};

// The unit of a level, without what it is per.
std::string plain_unit(IndicatorUnit unit, Language language, const Labels& labels, Magnitude magnitude) {
  const bool office = magnitude == Magnitude::office;
  if (unit == IndicatorUnit::euro)
    return labels.of(office ? Say::thousand_euro : Say::million_euro)[language];
  if (unit == IndicatorUnit::hour && !office) return labels.of(Say::thousand_hours)[language];
  return labels.of(Section::indicator_units,
                   indicator_unit_names()[static_cast<std::size_t>(unit)])[language];
}

std::string format_interval(const Interval& interval, double scale, int decimals, Language language,
                            bool plus) {
  const char* separator = language == Language::fr ? "\u202f;\u00a0" : ";\u00a0";
  return "[" + format_number(interval.low * scale, decimals, language, plus) + separator +
         format_number(interval.high * scale, decimals, language, plus) + "]";
}

double reach(const Estimate& estimate) {
  double size = std::abs(estimate.mean);
  if (estimate.interval)
    size = std::max({size, std::abs(estimate.interval->low), std::abs(estimate.interval->high)});
  return size;
}

}  // namespace

double shown_scale(IndicatorUnit unit, Magnitude magnitude) {
  const bool office = magnitude == Magnitude::office;
  switch (unit) {
    case IndicatorUnit::share:
      return 100;
    case IndicatorUnit::euro:
      return office ? 1e-3 : 1e-6;
    case IndicatorUnit::hour:
      return office ? 1.0 / 12 : 1e-3;
    default:
      return 1;
  }
}

Say what_intervals_hold(const Run& run) {
  if (run.own) return Say::own_interval;
  return run.fixed_parameters ? Say::interval_contains_chance : Say::interval_contains_all;
}

std::string format_number(double value, int decimals, Language language, bool plus) {
  if (!std::isfinite(value)) return "–";
  std::string digits = fmt::format("{:.{}f}", std::abs(value), decimals);
  const bool zero = digits.find_first_not_of("0.") == std::string::npos;
  const std::size_t point = std::min(digits.find('.'), digits.size());
  if (language != Language::en && point < digits.size()) digits[point] = ',';
  for (std::size_t at = point; at > 3;) {
    at -= 3;
    digits.insert(at, thousands[static_cast<std::size_t>(language)]);
  }
  if (zero) return digits;
  if (value < 0) return minus + digits;
  return plus ? "+" + digits : digits;
}

const char* percent_sign(Language language) { return language == Language::fr ? "\u202f%" : "%"; }

const char* colon(Language language) { return language == Language::fr ? "\u00a0: " : ": "; }

int decimals_for(double size) {
  size = std::abs(size);
  if (size == 0 || size >= 100) return 0;
  if (size >= 10) return 1;
  return size >= 1 ? 2 : 3;
}

std::string format_range(double low, double high, Language language) {
  constexpr int most = 8;
  const double width = high - low;
  int decimals = decimals_for(std::max(std::abs(low), std::abs(high)));
  if (width > 0) decimals = std::clamp(1 - static_cast<int>(std::floor(std::log10(width))), decimals, most);
  return format_number(low, decimals, language) + " – " + format_number(high, decimals, language);
}

std::string format_month(Month month, Language language) {
  constexpr std::array<std::array<const char*, 12>, n_languages> names = {
      {{"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre",
        "novembre", "décembre"},
       {"januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober",
        "november", "december"},
       {"January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
        "November", "December"}}};
  return fmt::format("{} {}",
                     names[static_cast<std::size_t>(language)][static_cast<std::size_t>(month.of_year() - 1)],
                     month.year());
}

Shown show(const Contrast& contrast, IndicatorUnit unit, Language language, const Labels& labels,
           Magnitude magnitude) {
  Shown shown;
  if (!contrast.defined) {
    shown.base = shown.reform = shown.difference = labels.of(Say::undefined_value)[language];
    return shown;
  }
  const double scale = shown_scale(unit, magnitude);
  const int level =
      decimals_for(std::max(std::abs(contrast.base.mean), std::abs(contrast.reform.mean)) * scale);
  shown.base = format_number(contrast.base.mean * scale, level, language);
  shown.reform = format_number(contrast.reform.mean * scale, level, language);
  if (contrast.base.interval)
    shown.base_interval = format_interval(*contrast.base.interval, scale, level, language, false);
  const int fine = decimals_for(reach(contrast.difference) * scale);
  shown.difference = format_number(contrast.difference.mean * scale, fine, language, true);
  if (contrast.difference.interval)
    shown.interval = format_interval(*contrast.difference.interval, scale, fine, language, true);
  shown.marked = contrast.ranked && shown.difference != format_number(0, fine, language);
  if (contrast.relative) {
    const double percent = *contrast.relative * 100;
    shown.relative =
        format_number(percent, std::abs(percent) >= 100 ? 0 : 1, language, true) + percent_sign(language);
  }
  return shown;
}

std::string office_value(const OfficeColumn& column, double value, Language language, const Labels& labels) {
  const auto choice = static_cast<std::size_t>(std::max(value, 0.0));
  if (column.name == "region") return labels.of(static_cast<Region>(choice))[language];
  if (column.name == "income_group")
    return labels.of(Section::income_groups, names_in(Section::income_groups)[choice])[language];
  if (column.truth()) return labels.of(value == 1 ? Say::yes : Say::no)[language];
  if (column.n_choices() > 0) {
    const std::string name = fmt::format("{}/{}", column.name, words_of(column.choices)[choice]);
    return labels.of(Section::choices, name)[language];
  }
  if (column.unit == "share" || column.unit == "probability") {
    return format_number(value * 100, decimals_for(value * 100) > 0 ? 1 : 0, language) +
           percent_sign(language);
  }
  if (column.whole()) return format_number(value, 0, language);
  const int decimals = value == std::round(value) && std::abs(value) >= 1 ? 0 : decimals_for(value);
  return format_number(value, std::min(decimals, 2), language, column.minimum < 0);
}

std::string unit_in_words(const IndicatorEntry& entry, Language language, const Labels& labels,
                          Magnitude magnitude) {
  const std::string unit = plain_unit(entry.unit, language, labels, magnitude);
  if (magnitude == Magnitude::office && entry.unit == IndicatorUnit::hour)
    return unit + " " + labels.of(Say::per_month)[language];
  switch (entry.basis) {
    case Basis::monthly_mean:
      return unit + ", " + labels.of(Say::monthly_mean)[language];
    case Basis::per_year:
      return unit + " " + labels.of(Say::per_year)[language];
    case Basis::ratio:
      break;
  }
  return unit;
}

std::string short_unit(const IndicatorEntry& entry, Language language, const Labels& labels,
                       Magnitude magnitude) {
  constexpr std::array<const char*, n_languages> a_year = {"/an", "/jr", "/yr"};
  const bool office = magnitude == Magnitude::office;
  if (office && entry.unit == IndicatorUnit::hour) return labels.of(Say::short_hours_a_month)[language];
  const std::string unit =
      office && entry.unit == IndicatorUnit::euro
          ? labels.of(Say::short_thousand_euro)[language]
          : labels.of(Section::short_units,
                      indicator_unit_names()[static_cast<std::size_t>(entry.unit)])[language];
  return entry.basis == Basis::per_year ? unit + a_year[static_cast<std::size_t>(language)] : unit;
}

std::string difference_unit(const IndicatorEntry& entry, Language language, const Labels& labels,
                            Magnitude magnitude) {
  if (entry.unit == IndicatorUnit::share) return labels.of(Say::points)[language];
  return plain_unit(entry.unit, language, labels, magnitude);
}

}  // namespace tremplin
