// targets FILE: the base of a run against the published figures, misfits and what is not covered included.
#include <fmt/format.h>

#include <algorithm>
#include <ostream>

#include "calibration/targets.hpp"
#include "cli/commands.hpp"
#include "cli/plain.hpp"
#include "cli/texts.hpp"
#include "outputs/present.hpp"
#include "outputs/store.hpp"
#include "scenarios/date.hpp"
#include "scenarios/library.hpp"

namespace tremplin::cli {
namespace {

std::string period_text(const Target& target) {
  const Month last = target.until - 1;
  if (target.from == last) return to_string(target.from);
  const bool whole_years = target.from.of_year() == 1 && last.of_year() == 12;
  if (!whole_years) return to_string(target.from) + "/" + to_string(last);
  return target.from.year() == last.year() ? fmt::format("{}", target.from.year())
                                           : fmt::format("{}-{}", target.from.year(), last.year());
}

nlohmann::ordered_json json_of(const TargetFit& fit) {
  const Target& target = *fit.target;
  nlohmann::ordered_json json = {{"id", target.id},
                                 {"label", in_languages(target.label)},
                                 {"from", to_string(target.from)},
                                 {"until", to_string(target.until)},
                                 {"unit", target.unit},
                                 {"population", target.population},
                                 {"published", target.value},
                                 {"standard_error", target.se},
                                 {"source", target.source},
                                 {"role", target.role == TargetRole::fit ? "fit" : "validation"},
                                 {"fitted", target.fitted},
                                 {"covered", fit.covered}};
  if (!fit.covered) return json;
  json["simulated"] = fit.simulated;
  json["spread"] = fit.spread;
  json["misfit_percent"] = fit.misfit_percent;
  json["misfit_errors"] = fit.misfit_errors;
  return json;
}

// Columns as wide as the longest label, so that none is cut short.
std::string line_of(const TargetFit& fit, int label_width, Language language) {
  const Target& target = *fit.target;
  const auto number = [&](double value) {
    return format_number(value, decimals_for(target.value), language);
  };
  std::string line = fmt::format("{:<{}} {:>9} {:>11}", target.label[language], label_width,
                                 period_text(target), number(target.value));
  if (!fit.covered) return line + "  " + say(language, Phrase::not_covered);
  return line + fmt::format(" {:>11} {:>7} % {:>8}", number(fit.simulated),
                            format_number(fit.misfit_percent, 1, language, true),
                            format_number(fit.misfit_errors, 1, language, true));
}

}  // namespace

int targets_command(const Task& task) {
  const Screen& screen = task.screen;
  const std::vector<Target> targets = load_targets(read_source(task.home / targets_file, targets_file));
  const Run run = read_run(task.arguments.file);
  if (run.own) {
    throw InputError(Fault{.kind = FaultKind::inconsistent,
                           .source = task.arguments.file,
                           .found = "cpas run",
                           .expected = "compare | run"});
  }
  const std::vector<TargetFit> fits = fit(targets, run.results.front(), run.stratum_weights);
  if (task.arguments.json) {
    nlohmann::ordered_json json = nlohmann::ordered_json::array();
    for (const TargetFit& fit : fits) json.push_back(json_of(fit));
    print_json(screen.out, json);
    return 0;
  }
  int width = 0;
  for (const Target& target : targets) width = std::max(width, width_of(target.label[screen.language]));
  screen.out << fmt::format("{:<{}} {:>9} {:>11} {:>11} {:>9} {:>8}\n", say(screen.language, Phrase::target),
                            width, "", say(screen.language, Phrase::published),
                            say(screen.language, Phrase::simulated), say(screen.language, Phrase::misfit),
                            say(screen.language, Phrase::in_errors));
  for (const TargetFit& fit : fits) screen.out << line_of(fit, width, screen.language) << '\n';
  return 0;
}

}  // namespace tremplin::cli
