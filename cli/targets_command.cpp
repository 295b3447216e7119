// targets FILE: the base of a run against the published figures, misfits and what is not covered included.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <ostream>

#include "calibration/targets.hpp"
#include "cli/commands.hpp"
#include "cli/plain.hpp"
#include "cli/texts.hpp"
#include "cli/words.hpp"
#include "outputs/caveats.hpp"
#include "outputs/present.hpp"
#include "outputs/report_context.hpp"
#include "outputs/store.hpp"
#include "outputs/text_table.hpp"
#include "scenarios/library.hpp"

namespace tremplin::cli {
namespace {

nlohmann::ordered_json json_of(const TargetFit& fit) {
  const Target& target = *fit.target;
  nlohmann::ordered_json json = {{"id", target.id},
                                 {"theme", target_theme_names[static_cast<std::size_t>(target.theme)]},
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

constexpr int screen_width = 100;
constexpr int figures_width = 55;  // of all columns but the label

// Shares stand in per cent. Numbers of one row have the same decimals.
std::string line_of(const TargetFit& fit, int label_width, Language language) {
  const Target& target = *fit.target;
  const bool share = target.unit == "share";
  const double scale = share ? 100 : 1;
  const auto number = [&](double value) {
    const std::string text = format_number(value * scale, decimals_for(target.value * scale), language);
    return padded(share ? text + percent_sign(language) : text, 12, true);
  };
  const std::string& label = target.label[language];
  const bool fits = width_of(label) <= label_width;  // a long one has a line of its own
  const std::string head = (fits ? "" : label + "\n") + widened(fits ? label : "", label_width) + " " +
                           padded(period_text(target), 9, true) + " " + number(target.value);
  if (!fit.covered) return head + " " + padded("–", 12, true);
  return head + " " + number(fit.simulated) + " " +
         padded(format_number(fit.misfit_percent, 1, language, true) + percent_sign(language), 9, true) +
         " " + padded(format_number(fit.misfit_errors, 1, language, true), 8, true);
}

void print_table(const Screen& screen, const Run& run, const std::vector<TargetFit>& fits,
                 const Labels& labels, bool all) {
  const Language language = screen.language;
  const auto word = [&](Phrase what) { return say(language, what); };
  const auto n_hidden = all ? 0 : std::ranges::count(fits, false, &TargetFit::covered);
  int label_width = 0;
  for (const TargetFit& fit : fits)
    if (all || fit.covered) label_width = std::max(label_width, width_of(fit.target->label[language]));
  label_width = std::min(label_width, screen_width - figures_width);
  screen.out << wrapped(say(language, Phrase::targets_of, title_of(run, 0, language), run.n_replicates()),
                        screen_width, 0);
  for (const std::string& caveat : caveats(run, labels, language))
    screen.out << wrapped(caveat, screen_width, 0);
  screen.out << '\n'
             << widened(word(Phrase::target), label_width + 10) << " "
             << padded(word(Phrase::published), 12, true) << " " << padded(word(Phrase::simulated), 12, true)
             << " " << padded(word(Phrase::misfit), 9, true) << " "
             << padded(word(Phrase::in_errors), 8, true) << '\n';
  for (std::size_t theme = 0; theme < target_theme_names.size(); ++theme) {
    std::string lines;
    for (const TargetFit& fit : fits)
      if (static_cast<std::size_t>(fit.target->theme) == theme && (all || fit.covered))
        lines += line_of(fit, label_width, language) + '\n';
    if (!lines.empty())
      screen.out << '\n' << labels.of(say_of(static_cast<TargetTheme>(theme)))[language] << '\n' << lines;
  }
  screen.out << '\n' << wrapped(word(Phrase::targets_legend), screen_width, 0);
  if (n_hidden > 0) screen.out << wrapped(say(language, Phrase::targets_hidden, n_hidden), screen_width, 0);
  if (all) screen.out << wrapped("–: " + word(Phrase::not_covered), screen_width, 0);
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
  print_table(screen, run, fits, read_labels(task.home), task.arguments.all);
  return 0;
}

}  // namespace tremplin::cli
