// The report: one HTML file that answers one question, in plain words first. Self-contained (no script, no
// request, charts as inline SVG), for screen, phone and A4, in French, Dutch or English.
#pragma once

#include <string>
#include <vector>

#include "calibration/targets.hpp"
#include "outputs/compare.hpp"
#include "outputs/labels.hpp"

namespace tremplin {

// A published figure, drawn beside the series of its indicator.
struct PublishedPoint {
  Indicator indicator{};
  Period period;
  double value = 0;  // as the indicator: persons, share 0 to 1, euros
};

enum class ParameterClass : std::uint8_t { data, calibrated, assumed };

// What the run itself does not hold. All may be empty; the report then does without.
struct ReportContext {
  std::vector<PublishedPoint> published;
  std::vector<ParameterClass> parameter_classes;  // in the order of all_parameters()
  std::vector<std::string> parameter_sources;     // likewise
  std::vector<TargetFit> fits;  // the baseline beside the published figures; points into the targets given
};

// The whole file, UTF-8.
std::string report_html(const Run& run, const Comparison& comparison, const ReportContext& context,
                        const Labels& labels, Language language);

}  // namespace tremplin
