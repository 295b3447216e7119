// What must be known before a run's figures are read: that it is a sample, that its months lie before or
// after those the model is made for, that amounts of the law are carried forward. Said alike on the screen,
// in the report and in JSON.
#pragma once

#include <string>
#include <vector>

#include "outputs/labels.hpp"
#include "outputs/run.hpp"

namespace tremplin {

// Sentences, in the order of their weight; none for a run of all CPAS within 2003 to 2020.
std::vector<std::string> caveats(const Run& run, const Labels& labels, Language language);
// The same without what is said of the sample.
std::vector<std::string> caveats_but_sample(const Run& run, const Labels& labels, Language language);

}  // namespace tremplin
