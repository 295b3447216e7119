// winners BASE REFORM…: who gets more and who gets less, by group, with intervals over replicates.
#include <tbb/task_arena.h>

#include <array>
#include <ostream>

#include "cli/commands.hpp"
#include "cli/interrupt.hpp"
#include "cli/loading.hpp"
#include "cli/plain.hpp"
#include "cli/presentation.hpp"
#include "cli/program.hpp"
#include "cli/progress.hpp"
#include "cli/texts.hpp"
#include "outputs/caveats.hpp"
#include "outputs/present.hpp"
#include "outputs/statistics.hpp"
#include "outputs/winners.hpp"
#include "scenarios/date.hpp"

namespace tremplin::cli {
namespace {

using Json = nlohmann::ordered_json;

struct SumEntry {
  LifeSum sum;
  std::string_view name;
  Phrase text;
  double scale;   // of the difference, as it is shown
  bool by_group;  // on the screen; in JSON all are
};
constexpr std::array sums = {
    SumEntry{LifeSum::months, "months", Phrase::winners_months, 1, true},
    SumEntry{LifeSum::cents, "cents", Phrase::winners_cents, 1e-5, true},
    SumEntry{LifeSum::sanctions, "sanctions", Phrase::winners_sanctions, 1, true},
    SumEntry{LifeSum::suspended_days, "suspended_days", Phrase::winners_suspended_days, 1, false},
    SumEntry{LifeSum::activities_started, "activities_started", Phrase::winners_started, 1, false},
    SumEntry{LifeSum::activities_completed, "activities_completed", Phrase::winners_completed, 1, false},
    SumEntry{LifeSum::jobs, "jobs", Phrase::winners_jobs, 1, false}};

constexpr std::array<std::string_view, n_life_groups> group_names = {"everyone",
                                                                     "flanders",
                                                                     "wallonia",
                                                                     "brussels",
                                                                     "cohabitant",
                                                                     "single",
                                                                     "family",
                                                                     "under_25",
                                                                     "under_50",
                                                                     "from_50",
                                                                     "never_obliged",
                                                                     "obliged_under_base",
                                                                     "obliged_under_reform",
                                                                     "obliged_under_both",
                                                                     "never_exempted",
                                                                     "exempted_under_base",
                                                                     "exempted_under_reform",
                                                                     "exempted_under_both",
                                                                     "first_comer",
                                                                     "paid_before"};

std::string group_text(LifeGroup group, const Labels& labels, Language language) {
  const auto number = static_cast<std::size_t>(group);
  if (group >= LifeGroup::flanders && group <= LifeGroup::brussels) {
    return labels.of(static_cast<Region>(number - static_cast<std::size_t>(LifeGroup::flanders)))[language];
  }
  constexpr std::array phrases = {Phrase::winners_everyone,
                                  Phrase::winners_everyone,
                                  Phrase::winners_everyone,
                                  Phrase::winners_everyone,
                                  Phrase::life_cohabitant,
                                  Phrase::life_single,
                                  Phrase::life_family,
                                  Phrase::winners_under_25,
                                  Phrase::winners_under_50,
                                  Phrase::winners_50_plus,
                                  Phrase::winners_obliged_never,
                                  Phrase::winners_obliged_base,
                                  Phrase::winners_obliged_reform,
                                  Phrase::winners_obliged_both,
                                  Phrase::winners_exempted_never,
                                  Phrase::winners_exempted_base,
                                  Phrase::winners_exempted_reform,
                                  Phrase::winners_exempted_both,
                                  Phrase::winners_first,
                                  Phrase::winners_before};
  static_assert(phrases.size() == n_life_groups);
  return say(language, phrases[number]);
}

// All replicates of one reform.
class Table {
 public:
  Table(const Run& run, const std::vector<Winners>& replicates)
      : run_(run), replicates_(replicates), about_(run.fixed_parameters ? About::mean : About::one_draw) {}

  [[nodiscard]] Estimate people(LifeGroup group) const {
    return over([&](const Winners& one) { return one.people(group, run_.stratum_weights); });
  }
  [[nodiscard]] Estimate count(LifeGroup group, LifeSum sum, std::int64_t WinnersCount::*member,
                               double scale) const {
    return over(
        [&](const Winners& one) { return scale * one.count(group, sum, member, run_.stratum_weights); });
  }

 private:
  template <class Value>
  Estimate over(Value value) const {
    std::vector<double> values;
    for (const Winners& one : replicates_) values.push_back(value(one));
    return estimate(values, about_);
  }

  const Run& run_;
  const std::vector<Winners>& replicates_;
  About about_;
};

constexpr const char* mark = "*";  // as in the table of compare

std::string estimate_text(const Estimate& estimate, Language language, bool sign) {
  std::string text = format_number(estimate.mean, 0, language, sign);
  if (estimate.interval) {
    const Interval& interval = *estimate.interval;
    text += " [" + format_number(interval.low, 0, language) + (language == Language::fr ? "\u202f; " : "; ") +
            format_number(interval.high, 0, language) + "]";
    const bool clear = interval.low > 0 || interval.high < 0;
    text += clear ? std::string(" ") + mark : "  ";
  }
  return text;
}

// Widths sum to 100.
std::string line(const std::string& group, const std::string& people, const std::string& more,
                 const std::string& fewer, const std::string& difference) {
  return padded(group, 36, false) + padded(people, 10, true) + padded(more, 12, true) +
         padded(fewer, 12, true) + "  " + padded(difference, 28, true) + "\n";
}

std::string text_of(const Table& table, const Labels& labels, Language language) {
  std::string text;
  for (const SumEntry& entry : sums) {
    text += '\n' + line(say(language, entry.text), say(language, Phrase::winners_people),
                        say(language, Phrase::winners_more), say(language, Phrase::winners_fewer),
                        say(language, Phrase::winners_difference));
    for (std::size_t g = 0; g < (entry.by_group ? n_life_groups : 1); ++g) {
      const auto group = static_cast<LifeGroup>(g);
      const Estimate people = table.people(group);
      if (people.mean == 0) continue;
      const auto shown = [&](std::int64_t WinnersCount::*member) {
        return format_number(table.count(group, entry.sum, member, 1).mean, 0, language);
      };
      text += line(group_text(group, labels, language), format_number(people.mean, 0, language),
                   shown(&WinnersCount::more), shown(&WinnersCount::fewer),
                   estimate_text(table.count(group, entry.sum, &WinnersCount::difference, entry.scale),
                                 language, true));
    }
  }
  return text;
}

Json json_of(const Estimate& estimate) {
  Json json = {{"mean", estimate.mean}};
  if (estimate.interval) json["interval"] = {estimate.interval->low, estimate.interval->high};
  return json;
}

Json json_of(const Table& table) {
  Json groups = Json::array();
  for (std::size_t g = 0; g < n_life_groups; ++g) {
    const auto group = static_cast<LifeGroup>(g);
    Json json = {{"group", group_names[g]}, {"people", json_of(table.people(group))}};
    for (const SumEntry& entry : sums) {
      json[std::string(entry.name)] = {
          {"more", json_of(table.count(group, entry.sum, &WinnersCount::more, 1))},
          {"fewer", json_of(table.count(group, entry.sum, &WinnersCount::fewer, 1))},
          {"difference", json_of(table.count(group, entry.sum, &WinnersCount::difference, 1))}};
    }
    groups.push_back(std::move(json));
  }
  return groups;
}

// [reform][replicate]; if stopped, the replicates that are complete.
std::vector<std::vector<Winners>> simulate_winners(const Task& task, const RunOptions& options,
                                                   Loaded& loaded) {
  Run& run = loaded.run;
  const World country = draw_world(loaded.landscape, run.seed, run.plan.burn_in_from, run.plan.report_until);
  World world = sample_offices(country, options.sample, run.seed, run.stratum_weights);
  run.offices = world.offices;
  Progress progress(task.screen.progress ? &task.screen.err : nullptr, task.screen.language,
                    world.offices.size(), options.n_replicates);
  std::vector<const RulesTable*> tables;
  for (const RulesTable& rules : loaded.rules) tables.push_back(&rules);
  tbb::task_arena threads(options.n_threads > 0 ? options.n_threads : tbb::task_arena::automatic);
  std::vector<std::vector<Winners>> winners(tables.size() - 1);
  Plan plan = run.plan;
  for (int r = 0; r < options.n_replicates; ++r) {
    plan.luck.replicate = static_cast<std::uint32_t>(r);
    const Parameters parameters = loaded.parameters_of(plan.luck.replicate);
    world.environment.staff =
        staff_path(loaded.landscape, parameters.staff_elasticity, plan.burn_in_from, plan.report_until);
    for (auto& reform : winners) reform.emplace_back(plan.report_from);
    const bool done = threads.execute([&] {
      return simulate_lives(
          world, parameters, tables, plan, progress,
          [&](const Office& office, const std::vector<OfficeLives>& lives) {
            for (std::size_t s = 1; s < lives.size(); ++s)
              winners[s - 1].back().add(office, lives[0], lives[s]);
          },
          task.stop);
    });
    if (done) continue;
    for (auto& reform : winners) reform.pop_back();
    run.interrupted = true;
    break;
  }
  return winners;
}

std::string heading(const Run& run, std::size_t reform, std::size_t n_replicates, const Labels& labels,
                    Language language) {
  constexpr int screen_width = 100;
  const auto line = [](const std::string& text) { return wrapped(text, screen_width, 0); };
  std::string text =
      line(say(language, Phrase::winners_title, run.scenarios[reform].name, run.scenarios.front().name,
               to_string(run.plan.report_from), to_string(run.plan.report_until - 1)));
  for (const std::string& caveat : caveats(run, labels, language)) text += line(caveat);
  text += line(say(language, Phrase::winners_note));
  if (n_replicates < 2) return text + line(labels.of(Say::no_interval)[language]);
  text += line(say(language, Phrase::winners_interval, mark, n_replicates));
  if (n_replicates >= few_replicates) return text;
  return text +
         line(fill(labels.of(Say::too_few_replicates)[language], {{"n", std::to_string(n_replicates)}}));
}

}  // namespace

int winners_command(const Task& task) {
  const Screen& screen = task.screen;
  const RunOptions options = run_options(task.arguments);
  const Words words = load_words(task.home);
  Loaded loaded = load_inputs(task.home, task.arguments, options, options.plan.report_until);
  const Run& run = loaded.run;
  if (!any_reform_reaches(run, screen)) return exit_input_error;
  const auto winners = simulate_winners(task, options, loaded);
  const std::size_t n_complete = winners.front().size();
  if (n_complete == 0) {
    screen.err << say(screen.language, Phrase::stopped_empty) << '\n';
    return exit_interrupted;
  }
  Json json = Json::array();
  for (std::size_t reform = 0; reform < winners.size(); ++reform) {
    const Table table(run, winners[reform]);
    if (task.arguments.json) {
      json.push_back({{"base", run.scenarios.front().name},
                      {"reform", run.scenarios[reform + 1].name},
                      {"replicates", n_complete},
                      {"interrupted", run.interrupted},
                      {"caveats", caveats(run, words.labels, screen.language)},
                      {"groups", json_of(table)}});
      continue;
    }
    screen.out << heading(run, reform + 1, n_complete, words.labels, screen.language)
               << text_of(table, words.labels, screen.language) << '\n';
  }
  if (task.arguments.json) print_json(screen.out, json);
  if (!run.interrupted) return 0;
  screen.err << say(screen.language, Phrase::stopped_shown, n_complete, options.n_replicates) << '\n';
  return exit_interrupted;
}

}  // namespace tremplin::cli
