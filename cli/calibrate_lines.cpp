#include "cli/calibrate_lines.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "cli/plain.hpp"
#include "cli/posterior_lines.hpp"
#include "cli/texts.hpp"
#include "outputs/collect.hpp"
#include "outputs/present.hpp"
#include "outputs/text_table.hpp"

namespace tremplin::cli {

namespace {

using Json = nlohmann::ordered_json;
using inference::Index;

std::string figure_line(const Target& target, const TargetCheck& check, Language language) {
  const bool share = target.unit == "share";
  const double scale = share ? 100 : 1;
  const int decimals = decimals_for(target.value * scale);
  const auto value = [&](double v) { return format_number(v * scale, decimals, language); };
  const std::string unit = share ? percent_sign(language) : "";
  std::string head = target.label[language];
  if (width_of(head) > 44)
    head = head + "\n" + widened("", 44);
  else
    head = widened(head, 44);
  return head + " " + padded(period_text(target), 9, true) + padded(value(target.value) + unit, 12, true) +
         padded(value(check.low) + " – " + value(check.high) + unit, 24, true) +
         (check.inside ? "" : "  " + say(language, Phrase::calibrate_outside)) + "\n";
}

// Why figures lie outside: each reason once, with the figures that it is about.
std::string misfit_lines(const Calibration& found, const ModelExperiment& experiment, TargetRole role,
                         Language language) {
  std::vector<std::pair<std::string, std::vector<std::string>>> reasons;
  for (std::size_t t = 0; t < experiment.targets.size(); ++t) {
    const Target& target = experiment.targets[t];
    const std::string& reason = target.misfit[language];
    if (target.role != role || found.checks[t].inside || reason.empty()) continue;
    auto known = std::ranges::find(reasons, reason, [](const auto& of) { return of.first; });
    if (known == reasons.end()) known = reasons.insert(known, {reason, {}});
    std::vector<std::string>& figures = known->second;
    if (std::ranges::find(figures, target.label[language]) == figures.end())
      figures.push_back(target.label[language]);
  }
  std::string text;
  for (const auto& [reason, figures] : reasons)
    text +=
        wrapped(fmt::format("{}", fmt::join(figures, "; ")) + colon(language) + reason, text_table_width, 2);
  return text;
}

std::string figure_lines(const Calibration& found, const ModelExperiment& experiment, TargetRole role,
                         Language language) {
  std::string text;
  int n = 0;
  int inside = 0;
  for (std::size_t t = 0; t < experiment.targets.size(); ++t) {
    if (experiment.targets[t].role != role) continue;
    text += figure_line(experiment.targets[t], found.checks[t], language);
    ++n;
    inside += found.checks[t].inside ? 1 : 0;
  }
  text += misfit_lines(found, experiment, role, language);
  const Phrase heading = role == TargetRole::fit ? Phrase::calibrate_fit : Phrase::calibrate_validation;
  return "\n" + widened(say(language, heading), 54) + " " +
         padded(say(language, Phrase::calibrate_figure), 11, true) +
         padded(say(language, Phrase::calibrate_expected), 24, true) + "\n" + text +
         say(language, Phrase::calibrate_inside_of, inside, n) + "\n";
}

}  // namespace

std::string calibration_lines(const Calibration& found, const ModelExperiment& experiment,
                              Language language) {
  const auto& posterior = found.posterior;
  std::string text = wrapped(say(language, Phrase::calibrate_found, found.inferred.size(),
                                 posterior.n_simulations, posterior.n_failed, found.figures.rows()),
                             text_table_width, 0);
  text += verdict_line(posterior, language) + "\n";
  std::vector<LearntParameter> parameters;
  for (std::size_t j = 0; j < found.inferred.size(); ++j)
    parameters.push_back({std::string(experiment.priors.name_of(found.inferred[j])),
                          interval_of(found.prior, j), interval_of(posterior.parameters, j),
                          contraction(found, j)});
  text += learnt_lines(std::move(parameters), language);
  for (const TargetRole role : {TargetRole::fit, TargetRole::validation})
    text += figure_lines(found, experiment, role, language);
  return text + "\n" + wrapped(say(language, Phrase::calibrate_legend), text_table_width, 0);
}

Json calibration_json(const Calibration& found, const ModelExperiment& experiment) {
  Json json = {{"n_simulations", found.posterior.n_simulations},
               {"n_failed", found.posterior.n_failed},
               {"n_checks", found.figures.rows()},
               {"trusted", found.posterior.trusted()},
               {"doubts", texts_of(found.posterior.doubts, &inference::Doubt::text)},
               {"diagnostics", Json::object()},
               {"parameters", Json::array()},
               {"figures", Json::array()}};
  for (const auto& [name, value] : found.posterior.diagnostics) json["diagnostics"][name] = value;
  for (std::size_t j = 0; j < found.inferred.size(); ++j)
    json["parameters"].push_back({{"name", experiment.priors.name_of(found.inferred[j])},
                                  {"prior", interval_json(interval_of(found.prior, j))},
                                  {"posterior", interval_json(interval_of(found.posterior.parameters, j))},
                                  {"learnt", contraction(found, j)}});
  for (std::size_t t = 0; t < experiment.targets.size(); ++t) {
    const Target& target = experiment.targets[t];
    const TargetCheck& check = found.checks[t];
    json["figures"].push_back({{"id", target.id},
                               {"role", target.role == TargetRole::fit ? "fit" : "validation"},
                               {"published", target.value},
                               {"standard_error", target.se},
                               {"simulated", check.mean},
                               {"spread", check.sd},
                               {"low", check.low},
                               {"high", check.high},
                               {"inside", check.inside},
                               {"misfit", target.misfit[Language::en]}});
  }
  return json;
}

}  // namespace tremplin::cli
