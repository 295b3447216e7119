#include "cli/presentation.hpp"

#include <nlohmann/json.hpp>
#include <ostream>
#include <variant>

#include "calibration/model/fitted_posterior.hpp"
#include "calibration/priors.hpp"
#include "cli/commands.hpp"
#include "cli/texts.hpp"
#include "engine/base/errors.hpp"
#include "outputs/caveats.hpp"
#include "outputs/comparison_json.hpp"
#include "outputs/report_contents.hpp"
#include "outputs/report_context.hpp"
#include "outputs/text_table.hpp"
#include "scenarios/date.hpp"
#include "scenarios/scenario.hpp"

namespace tremplin::cli {
namespace {

std::vector<Comparison> comparisons_of(const Run& run) {
  std::vector<Comparison> comparisons;
  if (run.scenarios.size() == 1) comparisons.push_back(compare(run, 0, 0));
  for (std::size_t reform = 1; reform < run.scenarios.size(); ++reform) {
    comparisons.push_back(compare(run, 0, reform));
  }
  return comparisons;
}

// Parameters that the run drew from the calibrated model are of that class, but for effects switched off.
void mark_calibrated(const Run& run, PriorTable& priors) {
  const InputText* fitted = run.fitted();
  if (fitted == nullptr) return;
  for (const std::size_t place : load_fitted({fitted->name, fitted->text}, priors).places)
    if (place < priors.size() && !std::holds_alternative<FixedPrior>(priors[place].distribution))
      priors[place].evidence = Evidence::calibrated;
}

// The priors that the run was made with, from its own input. None if the file is of an earlier version of the
// program, whose parameters were others.
PriorTable priors_of(const Run& run) {
  for (const InputText& input : run.inputs) {
    if (input.name != parameters_file || input.text.empty()) continue;
    try {
      PriorTable priors = load_priors({input.name, input.text});
      switch_off(priors, run.without);
      mark_calibrated(run, priors);
      return priors;
    } catch (const InputError&) {
      return {};
    }
  }
  return {};
}

}  // namespace

Presentation::Presentation(const Words& words, const Run& run)
    : words_(words),
      run_(run),
      context_(report_context(run, words.targets, priors_of(run))),
      comparisons_(comparisons_of(run)) {}

std::string Presentation::table(Language language) const {
  std::string text;
  for (const Comparison& comparison : comparisons_) {
    if (!text.empty()) text += '\n';
    text += text_table(run_, comparison, words_.labels, language);
  }
  return text;
}

nlohmann::ordered_json Presentation::json(Language language) const {
  nlohmann::ordered_json comparisons = nlohmann::ordered_json::array();
  for (const Comparison& comparison : comparisons_) {
    comparisons.push_back(to_json(run_, comparison, words_.labels, language));
  }
  return {{"command", run_.command},
          {"program_version", run_.program_version},
          {"seed", run_.seed},
          {"replicates", run_.n_replicates()},
          {"interrupted", run_.interrupted},
          {"offices", {{"simulated", run_.offices.size()}, {"share_asked", run_.sample}}},
          {"caveats", caveats(run_, words_.labels, language)},
          {"comparisons", std::move(comparisons)}};
}

std::vector<std::string> Presentation::reports(Language language) const {
  std::vector<std::string> reports;
  for (const Comparison& comparison : comparisons_) {
    reports.push_back(report_html(run_, comparison, context_, words_.labels, language));
  }
  return reports;
}

std::string Presentation::contents(std::span<const std::string> files, Language language) const {
  return report_contents_html(run_, comparisons_, files, words_.labels, language);
}

bool any_reform_reaches(const Run& run, const Screen& screen) {
  bool any = run.scenarios.size() == 1;
  for (std::size_t s = 1; s < run.scenarios.size(); ++s) {
    if (run.scenarios[s].first_change < run.plan.report_until) {
      any = true;
      continue;
    }
    const std::string name = run.scenarios[s].name.substr(run.scenarios.front().name.size() + 1);
    const Month first = run.scenarios[s].first_change;
    screen.err << (first < end_of_time
                       ? say(screen.language, Phrase::changes_later, name, to_string(run.plan.report_from),
                             to_string(run.plan.report_until - 1), to_string(first))
                       : say(screen.language, Phrase::changes_nothing, name))
               << '\n';
  }
  return any;
}

}  // namespace tremplin::cli
