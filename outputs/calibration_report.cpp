#include "outputs/calibration_report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "calibration/model/target_check.hpp"
#include "outputs/report_page.hpp"

namespace tremplin {

namespace {

using inference::Index;
using inference::Matrix;
using inference::Vector;
using report::escape;

constexpr const char* before_ink = "#5f6b76";
constexpr const char* after_ink = "#0b5aa6";
constexpr const char* accent = "#a84300";
constexpr double least_learnt = 0.1;
constexpr Index most_dots = 250;
constexpr std::size_t most_pairs = 6;
constexpr double least_told = 0.05;  // Sobol' index

struct Range {
  double low, high;
};

Range range_of(const Vector& draws, double share) {
  std::vector<double> values(draws.begin(), draws.end());
  std::ranges::sort(values);
  const auto at = [&](double part) {
    return values[static_cast<std::size_t>(part * static_cast<double>(values.size() - 1) + 0.5)];
  };
  return {at((1 - share) / 2), at((1 + share) / 2)};
}

Vector ranks_of(const Vector& values) {
  std::vector<Index> order(static_cast<std::size_t>(values.size()));
  std::iota(order.begin(), order.end(), Index{0});
  std::ranges::stable_sort(order, {}, [&](Index i) { return values[i]; });
  Vector ranks(values.size());
  for (std::size_t r = 0; r < order.size(); ++r) ranks[order[r]] = static_cast<double>(r);
  return ranks;
}

double correlation(const Vector& a, const Vector& b) {
  const Vector x = a.array() - a.mean();
  const Vector y = b.array() - b.mean();
  const double scale = x.norm() * y.norm();
  return scale > 0 ? x.dot(y) / scale : 0;
}

class Writer {
 public:
  Writer(const InferenceData& data, std::span<const Target> targets, const Labels& labels, Language language)
      : data_(data), targets_(targets), labels_(labels), language_(language) {
    for (std::size_t j = 0; j < data.parameters.size(); ++j) by_learnt_.push_back(j);
    std::ranges::stable_sort(by_learnt_, std::greater{}, [this](std::size_t j) { return learnt(j); });
    for (std::size_t t = 0; t < targets.size(); ++t)
      expected_.push_back(checked(targets[t], data.predictive.col(static_cast<Index>(t))));
  }

  [[nodiscard]] std::string page() const {
    const std::string title = say(Say::cal_title);
    return report::document(labels_, language_, title,
                            lead() + learnt_section() + pairs() + fit() + diagnostics());
  }

 private:
  [[nodiscard]] std::string say(Say text, const Placeholders& values = {}) const {
    return escape(fill(labels_.of(text)[language_], values));
  }
  // A parameter of another model has no label.
  [[nodiscard]] std::string plain_name_of(std::size_t j) const {
    for (const Section section : {Section::parameters, Section::common_errors})
      if (const Text* label = labels_.find(section, data_.parameters[j])) return (*label)[language_];
    return data_.parameters[j];
  }
  [[nodiscard]] std::string name_of(std::size_t j) const { return escape(plain_name_of(j)); }
  [[nodiscard]] Vector column(const Matrix& draws, std::size_t j) const {
    return draws.col(static_cast<Index>(j));
  }
  [[nodiscard]] double learnt(std::size_t j) const { return data_.learnt[static_cast<Index>(j)]; }
  [[nodiscard]] std::string number(double value, int decimals) const {
    return format_number(value, decimals, language_);
  }
  [[nodiscard]] std::string percent(double share) const {
    return number(100 * share, 0) + percent_sign(language_);
  }
  [[nodiscard]] std::string text_of(const Range& range) const {
    return format_range(range.low, range.high, language_);
  }
  static std::string section(const char* id, const std::string& heading, const std::string& content) {
    return fmt::format("<section aria-labelledby=\"{0}\">\n<h2 id=\"{0}\">{1}</h2>\n{2}</section>\n", id,
                       heading, content);
  }

  [[nodiscard]] std::string lead() const {
    const auto diagnostic = [this](const char* name) {
      const auto found = data_.diagnostics.find(name);
      return found == data_.diagnostics.end() ? std::string("–") : number(found->second, 0);
    };
    std::string html = "<section class=\"answer\">\n<p class=\"lead\">" +
                       say(Say::cal_lead, {{"inferred", std::to_string(data_.parameters.size())},
                                           {"runs", diagnostic("n_simulations")},
                                           {"failed", diagnostic("n_failed")},
                                           {"checks", std::to_string(data_.predictive.rows())}}) +
                       "</p>\n";
    const auto n_inside = std::ranges::count(expected_, true, &TargetCheck::inside);
    html += "<p>" +
            say(Say::cal_inside,
                {{"inside", std::to_string(n_inside)}, {"n", std::to_string(expected_.size())}}) +
            "</p>\n";
    if (data_.doubts.empty()) return html + "<p>" + say(Say::cal_trusted) + "</p>\n</section>\n";
    html += "<div class=\"warning\"><p>" + say(Say::cal_doubtful) + "</p>\n<ul lang=\"en\">\n";
    for (const std::string& doubt : data_.doubts) html += "<li>" + escape(doubt) + "</li>\n";
    return html + "</ul></div>\n</section>\n";
  }

  // Two densities as outlines of histograms, on one axis.
  [[nodiscard]] std::string densities(std::size_t j) const {
    const Vector before = column(data_.prior, j);
    const Vector after = column(data_.posterior, j);
    const Range whole = range_of(before, 0.99);
    const Range found = range_of(after, 0.998);
    const double low = std::min(whole.low, found.low);
    const double high = std::max(whole.high, found.high);
    if (!(high > low)) return {};
    constexpr int bins = 40;
    const auto outline = [&](const Vector& draws, const std::string& style) {
      std::array<double, bins> counts{};
      for (const double value : draws) {
        const double place = (value - low) / (high - low) * bins;
        if (place >= 0 && place < bins) ++counts[static_cast<std::size_t>(place)];
      }
      const double top = std::ranges::max(counts);
      std::string points = "0,30 ";
      for (int b = 0; b < bins; ++b)
        points += fmt::format("{:.1f},{:.1f} ", (b + 0.5) * 160 / bins,
                              30 - 28 * counts[static_cast<std::size_t>(b)] / top);
      return fmt::format("<polygon points=\"{}160,30\" {}/>", points, style);
    };
    return "<svg viewBox=\"0 0 160 31\" height=\"31\" role=\"img\" aria-label=\"" + name_of(j) + "\">" +
           outline(before, fmt::format("fill=\"{0}\" fill-opacity=\"0.18\" stroke=\"{0}\"", before_ink)) +
           outline(after, fmt::format("fill=\"{0}\" fill-opacity=\"0.35\" stroke=\"{0}\"", after_ink)) +
           "</svg>";
  }

  [[nodiscard]] std::string learnt_section() const {
    std::string rows;
    std::string unlearnt;
    for (const std::size_t j : by_learnt_) {
      if (learnt(j) < least_learnt) {
        unlearnt += (unlearnt.empty() ? "" : ", ") + plain_name_of(j);
        continue;
      }
      rows += "<tr><th scope=\"row\">" + name_of(j) + "</th><td class=\"figure\">" + densities(j) +
              "</td><td class=\"n\">" + text_of(range_of(column(data_.prior, j), 0.95)) +
              "</td><td class=\"n\">" + text_of(range_of(column(data_.posterior, j), 0.95)) +
              "</td><td class=\"n\">" + percent(learnt(j)) + "</td></tr>\n";
    }
    const std::string head = report::header_cell(say(Say::cal_parameter)) + report::header_cell("") +
                             report::header_cell(say(Say::cal_prior), true) +
                             report::header_cell(say(Say::cal_posterior), true) +
                             report::header_cell(say(Say::cal_part), true);
    std::string html = report::table(say(Say::cal_learnt_caption), head, rows, "stack");
    if (!unlearnt.empty()) html += "<p>" + say(Say::cal_unlearnt, {{"names", unlearnt}}) + "</p>\n";
    return section("learnt", say(Say::cal_learnt), html);
  }

  [[nodiscard]] std::string pair(std::size_t a, std::size_t b) const {
    const Vector x = column(data_.posterior, a);
    const Vector y = column(data_.posterior, b);
    const double tied = correlation(ranks_of(x), ranks_of(y));
    const Range across = range_of(x, 0.998);
    const Range up = range_of(y, 0.998);
    if (!(across.high > across.low) || !(up.high > up.low)) return {};
    std::string dots;
    for (Index i = 0; i < std::min(most_dots, x.size()); ++i) {
      const double left = 4 + 92 * (x[i] - across.low) / (across.high - across.low);
      const double down = 96 - 92 * (y[i] - up.low) / (up.high - up.low);
      dots += fmt::format("<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"1.1\"/>", std::clamp(left, 2.0, 98.0),
                          std::clamp(down, 2.0, 98.0));
    }
    return "<figure><figcaption>" + name_of(a) + " × " + name_of(b) + "<span>" + number(tied, 2) +
           "</span></figcaption><svg viewBox=\"0 0 100 100\" role=\"img\" aria-label=\"" + name_of(a) +
           " × " + name_of(b) + ": " + number(tied, 2) +
           "\"><rect width=\"100\" height=\"100\" fill=\"#f4f6f8\"/><g fill=\"" + after_ink +
           "\" fill-opacity=\"0.6\">" + dots + "</g></svg></figure>\n";
  }

  // The pairs that are tied most, among the parameters learnt best.
  [[nodiscard]] std::string pairs() const {
    struct Pair {
      double tie;
      std::size_t a, b;
    };
    std::vector<Pair> all;
    const std::size_t n = std::min<std::size_t>(by_learnt_.size(), 10);
    for (std::size_t i = 0; i < n; ++i)
      for (std::size_t k = i + 1; k < n; ++k) {
        const std::size_t a = by_learnt_[i];
        const std::size_t b = by_learnt_[k];
        const double tie =
            correlation(ranks_of(column(data_.posterior, a)), ranks_of(column(data_.posterior, b)));
        all.push_back({std::abs(tie), a, b});
      }
    std::ranges::stable_sort(all, std::greater{}, &Pair::tie);
    std::string figures;
    for (std::size_t i = 0; i < std::min(most_pairs, all.size()); ++i) figures += pair(all[i].a, all[i].b);
    if (figures.empty()) return {};
    return section("pairs", say(Say::cal_pairs),
                   "<p class=\"note\">" + say(Say::cal_pairs_caption) + "</p>\n<div class=\"charts\">\n" +
                       figures + "</div>\n");
  }

  [[nodiscard]] std::string drivers(std::size_t t) const {
    const auto total = data_.sensitivity.find("total");
    if (total == data_.sensitivity.end()) return {};
    const auto column_t = static_cast<Index>(t);
    std::vector<Index> order(data_.parameters.size());
    std::iota(order.begin(), order.end(), Index{0});
    std::ranges::stable_sort(order, std::greater{}, [&](Index j) { return total->second(j, column_t); });
    std::string text;
    for (std::size_t i = 0; i < std::min<std::size_t>(3, order.size()); ++i) {
      const double index = total->second(order[i], column_t);
      if (index < least_told) break;
      const double low = data_.sensitivity.at("total_low")(order[i], column_t);
      const double high = data_.sensitivity.at("total_high")(order[i], column_t);
      text += fmt::format("{}{} {} ({}–{})", text.empty() ? "" : "; ",
                          name_of(static_cast<std::size_t>(order[i])), percent(index),
                          number(100 * std::max(low, 0.0), 0), number(100 * high, 0));
    }
    return text;
  }

  // A bar for the expected interval and a dot for the published figure, on an axis around the figure.
  [[nodiscard]] static std::string interval(const Target& target, const TargetCheck& expected) {
    const double reach = 1.15 * std::max({target.value - expected.low, expected.high - target.value,
                                          (expected.high - expected.low) / 2, 1e-12});
    const auto place = [&](double value) { return 50 + 46 * (value - target.value) / reach; };
    const double from = place(expected.low);
    return fmt::format(
        "<svg height=\"14\" aria-hidden=\"true\"><rect x=\"{:.1f}%\" width=\"{:.1f}%\" y=\"4\" height=\"6\" "
        "fill=\"{}\" fill-opacity=\"0.35\"/><circle cx=\"50%\" cy=\"7\" r=\"4\" fill=\"{}\"/></svg>",
        from, place(expected.high) - from, after_ink, expected.inside ? "#1c2127" : accent);
  }

  [[nodiscard]] std::string fit() const {
    std::string rows;
    for (std::size_t t = 0; t < targets_.size(); ++t) {
      const Target& target = targets_[t];
      const double scale = target.unit == "share" ? 100 : 1;
      const std::string unit = target.unit == "share" ? std::string(percent_sign(language_)) : "";
      const int decimals = decimals_for(target.value * scale);
      const auto value = [&](double v) { return number(v * scale, decimals); };
      std::string label = escape(target.label[language_]) + ", " + period_text(target);
      if (target.role == TargetRole::validation)
        label += " <span class=\"small\">(" + say(Say::cal_kept_out) + ")</span>";
      if (!expected_[t].inside && !target.misfit[language_].empty())
        label += "<br><span class=\"small\">" + escape(target.misfit[language_]) + "</span>";
      const std::string mark = expected_[t].inside ? "" : "!";
      rows += "<tr" + std::string(expected_[t].inside ? "" : " class=\"clear\"") + "><th scope=\"row\">" +
              label + "</th><td class=\"figure\">" + interval(target, expected_[t]) +
              "</td><td class=\"n d\">" + value(target.value) + unit + " " + mark + "</td><td class=\"n\">" +
              value(expected_[t].low) + " – " + value(expected_[t].high) + unit + "</td><td class=\"unit\">" +
              drivers(t) + "</td></tr>\n";
    }
    const std::string head = report::header_cell(say(Say::cal_figure)) + report::header_cell("") +
                             report::header_cell(say(Say::cal_figure), true) +
                             report::header_cell(say(Say::cal_expected), true) +
                             report::header_cell(say(Say::cal_driver));
    return section(
        "fit", say(Say::cal_fit),
        report::table(say(Say::cal_fit_caption) + " " + say(Say::cal_driver_note), head, rows, "stack"));
  }

  [[nodiscard]] std::string diagnostics() const {
    std::string list = "<dl lang=\"en\">\n";
    for (const auto& [name, value] : data_.diagnostics)
      list += "<dt>" + escape(name) + "</dt><dd>" + number(value, decimals_for(value)) + "</dd>\n";
    for (const auto& [name, text] : data_.origin)
      list += "<dt>" + escape(name) + "</dt><dd>" + escape(text) + "</dd>\n";
    return section("diagnostics", say(Say::cal_diagnostics), list + "</dl>\n");
  }

  const InferenceData& data_;
  std::span<const Target> targets_;
  const Labels& labels_;
  Language language_;
  std::vector<std::size_t> by_learnt_;
  std::vector<TargetCheck> expected_;
};

}  // namespace

std::string calibration_report(const InferenceData& data, std::span<const Target> targets,
                               const Labels& labels, Language language) {
  return Writer(data, targets, labels, language).page();
}

}  // namespace tremplin
