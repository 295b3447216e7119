// The page that leads to the reports of a run of several reforms: key figures of all side by side, then the
// question of each, as a link.
#pragma once

#include <span>
#include <string>

#include "outputs/compare.hpp"
#include "outputs/labels.hpp"

namespace tremplin {

// The whole file, UTF-8. files: the name of each comparison's report, in the same folder as this page;
// as many as comparisons, at least one.
std::string report_contents_html(const Run& run, std::span<const Comparison> comparisons,
                                 std::span<const std::string> files, const Labels& labels, Language language);

}  // namespace tremplin
