// The charts of the report, as inline SVG. Charts inside tables use per cent of their width, so that they
// shrink with the column and keep their dots round; series have a view box.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "outputs/report_page.hpp"

namespace tremplin::report {

namespace {

constexpr const char* base_ink = "#5f6b76";
constexpr const char* reform_ink = "#0b5aa6";
constexpr const char* accent = "#a84300";

// Where a relative difference lies on the axis, per cent of the width; 4 % is left at both ends.
double place(double relative, double reach) { return 50 + 46 * std::clamp(relative / reach, -1.0, 1.0); }

// Round steps (1, 2 or 5 times a power of ten) that cut [low, high] into at most `most` parts.
double step_of(double low, double high, int most) {
  const double raw = std::max(high - low, 1e-12) / most;
  const double power = std::pow(10, std::floor(std::log10(raw)));
  for (const double factor : {1.0, 2.0, 5.0})
    if (raw <= factor * power) return factor * power;
  return 10 * power;
}

// The frame of a series chart: data to view box.
struct Frame {
  static constexpr double width = 480;
  static constexpr double height = 270;
  static constexpr double left = 62;
  static constexpr double right = 12;
  static constexpr double top = 12;
  static constexpr double bottom = 30;

  Month from;
  double months = 1;
  double low = 0;
  double high = 1;

  [[nodiscard]] double x(double month) const { return left + (width - left - right) * month / months; }
  [[nodiscard]] double x(Month month) const { return x(static_cast<double>(month - from)); }
  [[nodiscard]] double y(double value) const {
    return top + (height - top - bottom) * (high - value) / (high - low);
  }
};

Interval band_of(const Estimate& estimate) {
  return estimate.one_draw.value_or(Interval{estimate.mean, estimate.mean});
}

std::vector<PublishedPoint> points_of(const Page& page, const Series& series) {
  std::vector<PublishedPoint> points;
  for (const PublishedPoint& point : page.context.published)
    if (point.indicator == series.indicator && point.period.from >= series.steps.front() &&
        point.period.until <= series.steps.back() + series.months_per_step)
      points.push_back(point);
  return points;
}

Frame frame_of(const Page& page, const Series& series, double scale) {
  Frame frame;
  frame.from = series.steps.front();
  frame.months = static_cast<double>(series.steps.size()) * series.months_per_step;
  double low = INFINITY;
  double high = -INFINITY;
  const auto hold = [&](const Interval& interval) {
    low = std::min(low, interval.low * scale);
    high = std::max(high, interval.high * scale);
  };
  for (const Contrast& contrast : series.contrasts)
    if (contrast.defined) {
      hold(band_of(contrast.base));
      hold(band_of(contrast.reform));
    }
  for (const PublishedPoint& point : points_of(page, series)) hold({point.value, point.value});
  if (!std::isfinite(low)) low = high = 0;
  if (low > 0 && low < 0.6 * high) low = 0;  // a level far from zero keeps its detail, others their zero
  // A flat line stays flat: the axis spans at least a tenth of the level.
  const double short_of = 0.1 * std::max(std::abs(low), std::abs(high)) - (high - low);
  if (short_of > 0) {
    low -= short_of / 2;
    high += short_of / 2;
  }
  const double step = step_of(low, high, 5);
  frame.low = std::floor(low / step) * step;
  frame.high = std::max(std::ceil(high / step) * step, frame.low + step);
  // The space above the highest value is not worth a share that cannot be.
  if (entry_of(series.indicator).unit == IndicatorUnit::share && high <= 100)
    frame.high = std::min(frame.high, 100.0);
  return frame;
}

std::string axes(const Page& page, const Frame& frame) {
  std::string svg;
  const double step = step_of(frame.low, frame.high, 5);
  const int decimals = std::clamp(static_cast<int>(std::ceil(-std::log10(step) - 1e-9)), 0, 3);
  for (int tick = 0; frame.low + tick * step <= frame.high + step / 2; ++tick) {
    const double value = frame.low + tick * step;
    svg += fmt::format("<line x1=\"{:.1f}\" x2=\"{:.1f}\" y1=\"{:.1f}\" y2=\"{:.1f}\" stroke=\"#e3e6ea\"/>",
                       Frame::left, Frame::width - Frame::right, frame.y(value), frame.y(value));
    svg += fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"end\">{}</text>\n", Frame::left - 8,
                       frame.y(value) + 4, page.number(value, decimals));
  }
  const int n_years = static_cast<int>(frame.months / 12) + 1;
  const int every = std::max(1, (n_years + 6) / 7);
  const Month until = frame.from + static_cast<int>(frame.months);
  for (Month january(frame.from.year() + (frame.from.of_year() > 1 ? 1 : 0), 1); january <= until;
       january = january + 12 * every) {
    // The last label would be cut by the edge if it stood in the middle of its tick.
    const bool at_edge = frame.x(january) > Frame::width - Frame::right - 6;
    svg += fmt::format(
        "<line x1=\"{0:.1f}\" x2=\"{0:.1f}\" y1=\"{1:.1f}\" y2=\"{2:.1f}\" stroke=\"#8a939c\"/>"
        "<text x=\"{0:.1f}\" y=\"{3:.1f}\" text-anchor=\"{4}\">{5}</text>\n",
        frame.x(january), Frame::height - Frame::bottom, Frame::height - Frame::bottom + 5,
        Frame::height - Frame::bottom + 20, at_edge ? "end" : "middle", january.year());
  }
  return svg;
}

// Band and line of one scenario, from the given step on.
std::string curve(const Frame& frame, const Series& series, bool reform, double scale, const char* ink) {
  std::string line;
  std::string upper;
  std::string lower;
  for (std::size_t s = 0; s < series.steps.size(); ++s) {
    if (!series.contrasts[s].defined) continue;
    const Estimate& estimate = reform ? series.contrasts[s].reform : series.contrasts[s].base;
    const double x = frame.x(static_cast<double>(s) * series.months_per_step + series.months_per_step / 2.0);
    const Interval band = band_of(estimate);
    line += fmt::format("{:.1f},{:.1f} ", x, frame.y(estimate.mean * scale));
    upper += fmt::format("{:.1f},{:.1f} ", x, frame.y(band.high * scale));
    lower = fmt::format("{:.1f},{:.1f} ", x, frame.y(band.low * scale)) + lower;
  }
  const char* dashes = reform ? "" : " stroke-dasharray=\"5 3\"";
  return fmt::format(
      "<polygon points=\"{}{}\" fill=\"{}\" fill-opacity=\"0.16\"/>\n"
      "<polyline points=\"{}\" fill=\"none\" stroke=\"{}\" stroke-width=\"2\"{}/>\n",
      upper, lower, ink, line, ink, dashes);
}

// The month in which the reform begins.
std::string beginning(const Page& page, const Frame& frame) {
  const Month month = page.comparison.period.from;
  if (page.comparison.alone() || month <= frame.from) return {};
  return fmt::format("<line x1=\"{0:.1f}\" x2=\"{0:.1f}\" y1=\"{1:.1f}\" y2=\"{2:.1f}\" stroke=\"{3}\"/>\n",
                     frame.x(month), Frame::top, Frame::height - Frame::bottom, accent);
}

std::string description(const Page& page, const Series& series, const IndicatorEntry& entry) {
  const Contrast& first = series.contrasts.front();
  const Contrast& last = series.contrasts.back();
  const Shown at_first = page.shown(first, entry.unit);
  const Shown at_last = page.shown(last, entry.unit);
  const Month end = series.steps.back() + (series.months_per_step - 1);
  return page.say(page.comparison.alone() ? Say::chart_description_alone : Say::chart_description,
                  {{"indicator", page.labels.of(series.indicator)[page.language]},
                   {"from", format_month(series.steps.front(), page.language)},
                   {"until", format_month(end, page.language)},
                   {"base", at_first.base + " → " + at_last.base},
                   {"reform", at_first.reform + " → " + at_last.reform}});
}

}  // namespace

std::string whisker(const Contrast& contrast, double reach) {
  const std::string zero = "<line x1=\"50%\" x2=\"50%\" y1=\"-4\" y2=\"26\" stroke=\"#aeb5bc\"/>";
  std::string svg = "<svg height=\"22\" aria-hidden=\"true\" focusable=\"false\">" + zero;
  if (contrast.defined && contrast.relative && contrast.base.mean != 0) {
    const double unit = std::abs(contrast.base.mean);
    const Interval interval =
        contrast.difference.interval.value_or(Interval{contrast.difference.mean, contrast.difference.mean});
    const double low = interval.low / unit;
    const double high = interval.high / unit;
    svg += fmt::format(
        "<line x1=\"{:.2f}%\" x2=\"{:.2f}%\" y1=\"11\" y2=\"11\" stroke=\"{}\" stroke-width=\"2.5\"/>",
        place(low, reach), place(high, reach), reform_ink);
    // A dot at the end of the axis stands for one beyond it: dashed.
    const char* dashes = std::abs(*contrast.relative) > reach ? " stroke-dasharray=\"2 2\"" : "";
    svg += fmt::format(
        "<circle cx=\"{:.2f}%\" cy=\"11\" r=\"5\" fill=\"{}\" stroke=\"{}\" stroke-width=\"2\"{}/>",
        place(*contrast.relative, reach), contrast.ranked && *dashes == '\0' ? reform_ink : "#ffffff",
        reform_ink, dashes);
    if (high > reach)
      svg +=
          fmt::format("<text x=\"100%\" y=\"16\" text-anchor=\"end\" style=\"fill:{}\">▶</text>", reform_ink);
    if (low < -reach) svg += fmt::format("<text x=\"0\" y=\"16\" style=\"fill:{}\">◀</text>", reform_ink);
  }
  return svg + "</svg>";
}

std::string whisker_axis(const Page& page, double reach) {
  std::string svg = "<svg height=\"22\" aria-hidden=\"true\" focusable=\"false\">";
  const int decimals = reach < 0.05 ? 1 : 0;
  // On paper the labels of the halves would touch their neighbours: the style leaves them out there.
  for (const double part : {-1.0, -0.5, 0.0, 0.5, 1.0})
    svg += fmt::format(
        "<line x1=\"{0:.1f}%\" x2=\"{0:.1f}%\" y1=\"0\" y2=\"5\" stroke=\"#8a939c\"/>"
        "<text x=\"{0:.1f}%\" y=\"18\" text-anchor=\"middle\"{3}>{1}{2}</text>",
        place(part * reach, reach), format_number(part * reach * 100, decimals, page.language, true),
        percent_sign(page.language), std::abs(part) == 0.5 ? " class=\"half\"" : "");
  return svg + "</svg>";
}

std::string bars(double base, double reform, double full) {
  const auto bar = [&](double value, int y, const char* ink) {
    const double length = full > 0 && std::isfinite(value) ? std::clamp(100 * value / full, 0.0, 100.0) : 0.0;
    return fmt::format("<rect x=\"0\" y=\"{}\" width=\"{:.2f}%\" height=\"7\" fill=\"{}\"/>", y, length, ink);
  };
  return "<svg height=\"18\" aria-hidden=\"true\" focusable=\"false\">" + bar(base, 1, base_ink) +
         bar(reform, 10, reform_ink) + "</svg>";
}

std::string series_chart(const Page& page, const Series& series) {
  const IndicatorEntry& entry = entry_of(series.indicator);
  const double scale = shown_scale(entry.unit, page.magnitude());
  const Frame frame = frame_of(page, series, scale);
  std::string svg = fmt::format(
      "<svg viewBox=\"0 0 {} {}\" role=\"img\">\n<title>{}</title>\n<desc>{}</desc>\n", Frame::width,
      Frame::height, page.label(series.indicator), description(page, series, entry));
  svg += axes(page, frame) + beginning(page, frame) + curve(frame, series, false, scale, base_ink);
  if (!page.comparison.alone()) svg += curve(frame, series, true, scale, reform_ink);
  for (const PublishedPoint& point : points_of(page, series)) {
    const double x = (frame.x(point.period.from) + frame.x(point.period.until)) / 2;
    const double y = frame.y(point.value * scale);
    svg += fmt::format(
        "<path d=\"M{:.1f} {:.1f}l5 5l-5 5l-5 -5z\" fill=\"#ffffff\" stroke=\"{}\" stroke-width=\"1.8\"/>\n",
        x, y - 5, accent);
  }
  return svg + "</svg>\n";
}

}  // namespace tremplin::report
