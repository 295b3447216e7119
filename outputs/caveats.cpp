#include "outputs/caveats.hpp"

#include <algorithm>
#include <iterator>

#include "engine/base/errors.hpp"
#include "outputs/present.hpp"
#include "outputs/reform_text.hpp"

namespace tremplin {

namespace {

// Until then people of the years before the burn-in (1993) still weigh on the stock (MODEL section 3), and
// the law of 26 May 2002 is not yet, or hardly, in force.
constexpr Month first_sound_month{2003, 1};
// scenarios/landscape/inflow.yaml: requests are aligned with published stocks up to 2020 and held after.
constexpr Month inflow_held_from{2021, 1};
// An amount that follows the index: it has had a step at least twice, and the next is due within a year or
// so.
constexpr std::size_t fewest_steps = 3;
constexpr int months_without_step = 12;

bool is_amount(const Lever& lever) {
  return lever.unit == Unit::euro_per_month || lever.unit == Unit::euro_per_year;
}

struct AgedAmounts {
  std::string held;       // keep their last value
  std::string projected;  // go on by a projection of the law's file
};

// "Integration income, category 1 (February 2025); …": amounts whose last published value is more than a year
// older than the last month reported, or whose projection has begun by then. Empty if there are none, or the
// run does not hold its law.
AgedAmounts aged_amounts(const Run& run, const Labels& labels, Language language) try {
  const Law law = law_in(run);
  AgedAmounts aged;
  for (std::size_t i = 0; i < law.levers.size(); ++i) {
    const Lever& lever = all_levers()[i];
    const std::vector<DatedValue>& values = law.levers[i].values;
    if (!is_amount(lever) || values.size() < fewest_steps) continue;
    const auto projection = std::ranges::find(values, true, &DatedValue::projected);
    const bool projected = projection != values.begin() && projection != values.end();
    const Month last = std::prev(projected ? projection : values.end())->from.counts_from();
    const Month aged_from = projected ? projection->from.counts_from() : last + months_without_step + 1;
    if (run.plan.report_until <= aged_from) continue;
    std::string& list = projected ? aged.projected : aged.held;
    list += (list.empty() ? "" : "; ") + labels.of(Section::levers, lever.path)[language] + " (" +
            format_month(last, language) + ")";
  }
  return aged;
} catch (const InputError&) {
  return {};
}

}  // namespace

std::vector<std::string> caveats(const Run& run, const Labels& labels, Language language) {
  std::vector<std::string> sentences;
  if (run.sample < 1) {
    sentences.push_back(
        fill(labels.of(Say::sampled)[language],
             {{"n", std::to_string(run.offices.size())}, {"all", std::to_string(n_offices_of_country)}}));
    sentences.push_back(labels.of(Say::sampled_interval)[language]);
  }
  std::ranges::copy(caveats_but_sample(run, labels, language), std::back_inserter(sentences));
  return sentences;
}

std::vector<std::string> caveats_but_sample(const Run& run, const Labels& labels, Language language) {
  std::vector<std::string> sentences;
  const auto say = [&](Say text, const Placeholders& values = {}) {
    sentences.push_back(fill(labels.of(text)[language], values));
  };
  if (!run.without.empty()) {
    std::string list;
    for (const std::string& effect : run.without)
      list += (list.empty() ? "" : "; ") + labels.of(Section::effects, effect)[language];
    say(Say::effects_off, {{"list", list}});
  }
  if (run.plan.report_from < first_sound_month)
    say(Say::within_burn_in, {{"from", format_month(run.plan.report_from, language)},
                              {"sound", format_month(first_sound_month, language)}});
  if (run.plan.report_until > inflow_held_from)
    say(Say::inflow_held, {{"last", format_month(inflow_held_from - 1, language)}});
  const AgedAmounts aged = aged_amounts(run, labels, language);
  const std::string until = format_month(run.plan.report_until - 1, language);
  if (!aged.held.empty()) say(Say::amounts_held, {{"until", until}, {"list", aged.held}});
  if (!aged.projected.empty()) say(Say::amounts_projected, {{"until", until}, {"list", aged.projected}});
  return sentences;
}

}  // namespace tremplin
