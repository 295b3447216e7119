// The grammar of the command line, in CLI11. Values stay texts here; options.cpp checks them.
#include <CLI/CLI.hpp>
#include <algorithm>

#include "cli/options.hpp"
#include "cli/parse_faults.hpp"
#include "cli/texts.hpp"
#include "engine/base/errors.hpp"
#include "scenarios/date.hpp"

namespace tremplin::cli {
namespace {

class Grammar {
 public:
  Grammar(Arguments& arguments, Language language)
      : arguments_(arguments), language_(language), app_(text(Phrase::about), "tremplin") {
    const auto formatter = std::make_shared<CLI::Formatter>();
    formatter->label("Usage", heading(Phrase::usage));
    formatter->label("Positionals", heading(Phrase::arguments));
    formatter->label("OPTIONS", text(Phrase::options));
    formatter->label("SUBCOMMAND", text(Phrase::commands));
    formatter->label("REQUIRED", "");  // what is optional is an option
    formatter->column_width(34);
    app_.formatter(formatter);
    prepare(app_);
    app_.add_flag("--version", version_asked_, text(Phrase::about_version))->group(heading(Phrase::options));
    add_simulations();
    add_cpas();
    add_results();
    add_scenarios();
    add_law();
    add_lives();
    add_uncertainty();
    add_case();
    add_surveys();
    add_calibration();
    add_inference();
    leaf(app_, "registry", Phrase::about_registry)
        .add_flag("--odd", arguments_.odd, text(Phrase::about_odd))
        ->group(heading(Phrase::options));
    CLI::App& bench = leaf(app_, "bench", Phrase::about_bench);
    json(bench);
    run(bench, bench_replicates);
    sample(bench);
  }

  CLI::App& app() { return app_; }
  [[nodiscard]] bool version_asked() const { return version_asked_; }

  // Of the innermost command typed so far. CLI11 leaves blank lines at the end.
  [[nodiscard]] std::string help() const {
    std::string text = app_.help();
    while (text.ends_with("\n\n")) text.pop_back();
    return text;
  }

  // The innermost command typed so far.
  CLI::App& deepest() {
    CLI::App* deepest = &app_;
    while (!deepest->get_subcommands().empty()) deepest = deepest->get_subcommands().front();
    return *deepest;
  }

 private:
  std::string text(Phrase what) const { return std::string(text_of(what, language_)); }

  // A text before CLI11's colon; French sets a space between them.
  std::string heading(Phrase what) const { return text(what) + (language_ == Language::fr ? "\u00a0" : ""); }

  // What an option is, and its value without it.
  template <class Value>
  std::string with_default(Phrase what, const Value& value) const {
    return say(language_, Phrase::by_default, text(what), value);
  }

  void prepare(CLI::App& app) {
    app.set_help_flag("-h,--help", text(Phrase::about_help))->group(heading(Phrase::options));
    app.allow_extras();  // reported by unknown_word(), with the nearest name
    option(app, "--lang", "L", arguments_.lang, text(Phrase::about_lang));
    app.add_flag("--quiet", arguments_.quiet, text(Phrase::about_quiet))->group(heading(Phrase::options));
  }

  CLI::App& command(CLI::App& parent, const std::string& name, Phrase about) {
    CLI::App* app = parent.add_subcommand(name, text(about));
    app->group(heading(Phrase::commands));
    prepare(*app);
    return *app;
  }

  // A command that does something: its full name becomes Arguments::command.
  CLI::App& leaf(CLI::App& parent, const std::string& name, Phrase about) {
    CLI::App& app = command(parent, name, about);
    const std::string full = &parent == &app_ ? name : parent.get_name() + " " + name;
    app.final_callback([this, full] { arguments_.command = full; });
    return app;
  }

  // sign: what stands for the value in the help.
  void option(CLI::App& app, const std::string& name, const std::string& sign, std::string& value,
              const std::string& about) {
    // Given twice, the last one holds, as in most programs.
    app.add_option(name, value, about)->group(heading(Phrase::options))->type_name(sign)->take_last();
  }
  void json(CLI::App& app) {
    app.add_flag("--json", arguments_.json, text(Phrase::about_json))->group(heading(Phrase::options));
  }
  template <class Value>
  void argument(CLI::App& app, const std::string& name, Value& value, Phrase about) {
    app.add_option(name, value, text(about))->group(heading(Phrase::arguments))->required()->type_name("");
  }

  // By position after the base, or named: "law-2015 A+B" and "law-2015 --reform A+B" are the same.
  CLI::Option& reforms(CLI::App& app) {
    return *app.add_option("REFORM,--reform", arguments_.reforms, text(Phrase::about_reforms))
                ->group(heading(Phrase::options))
                ->type_name("");
  }

  void seed(CLI::App& app) {
    option(app, "--seed", "N", arguments_.seed, with_default(Phrase::about_seed, Plan{}.luck.seed));
  }

  void run(CLI::App& app, int n_replicates) {
    option(app, "--replicates", "N", arguments_.replicates,
           with_default(Phrase::about_replicates, n_replicates));
    seed(app);
    option(app, "--threads", "N", arguments_.threads, text(Phrase::about_threads));
    months(app);
    fixed(app);
  }

  // Which months, with which effects, and from where parameters are drawn.
  void months(CLI::App& app) {
    const Plan plan;
    option(app, "--from", "M", arguments_.from,
           with_default(Phrase::about_from, to_string(plan.report_from)));
    option(app, "--to", "M", arguments_.to, with_default(Phrase::about_to, to_string(plan.report_until - 1)));
    option(app, "--without", "LIST", arguments_.without, text(Phrase::about_without));
    app.add_flag("--prior", arguments_.prior, text(Phrase::about_prior))->group(heading(Phrase::options));
  }

  void fixed(CLI::App& app) {
    app.add_flag("--fixed-parameters", arguments_.fixed_parameters, text(Phrase::about_fixed))
        ->group(heading(Phrase::options));
  }

  void sample(CLI::App& app) {
    option(app, "--sample", "P", arguments_.sample, with_default(Phrase::about_sample, RunOptions{}.sample));
  }
  void out(CLI::App& app) {
    option(app, "--out", "D", arguments_.out, with_default(Phrase::about_out, arguments_.out));
  }

  void add_simulations() {
    CLI::App& compare = leaf(app_, "compare", Phrase::about_compare);
    argument(compare, "BASE", arguments_.base, Phrase::about_base);
    reforms(compare).required();
    CLI::App& alone = leaf(app_, "run", Phrase::about_run);
    argument(alone, "BASE", arguments_.base, Phrase::about_base);
    for (CLI::App* app : {&compare, &alone}) {
      run(*app, RunOptions{}.n_replicates);
      sample(*app);
      out(*app);
      json(*app);
      option(*app, "--snapshot", "F", arguments_.snapshot, text(Phrase::about_snapshot_file));
    }
    CLI::App& snapshot = leaf(app_, "snapshot", Phrase::about_snapshot);
    argument(snapshot, "BASE", arguments_.base, Phrase::about_base);
    option(snapshot, "--at", "M", arguments_.at, text(Phrase::about_snapshot_at));
    snapshot.get_option("--at")->required();
    run(snapshot, RunOptions{}.n_replicates);
    sample(snapshot);
    out(snapshot);
  }

  void add_cpas() {
    CLI::App& cpas = command(app_, "cpas", Phrase::about_cpas);
    CLI::App& list = leaf(cpas, "list", Phrase::about_cpas_list);
    option(list, "--region", "R", arguments_.region, text(Phrase::about_region));
    option(list, "--size", "S", arguments_.size, text(Phrase::about_size));
    CLI::App& show = leaf(cpas, "show", Phrase::about_cpas_show);
    argument(show, "ID", arguments_.name, Phrase::about_cpas_id);
    CLI::App& own = leaf(cpas, "run", Phrase::about_cpas_run);
    argument(own, "FILE", arguments_.file, Phrase::about_cpas_file);
    reforms(own);
    option(own, "--base", "B", arguments_.base, with_default(Phrase::about_base, default_own_base));
    run(own, default_own_replicates);
    out(own);
    leaf(cpas, "new", Phrase::about_cpas_new);
    CLI::App& presets = leaf(cpas, "presets", Phrase::about_cpas_presets);
    for (CLI::App* app : {&list, &show}) seed(*app);
    for (CLI::App* app : {&list, &show, &own, &presets}) json(*app);
  }

  void add_results() {
    CLI::App& targets = leaf(app_, "targets", Phrase::about_targets);
    CLI::App& inspect = leaf(app_, "inspect", Phrase::about_inspect);
    CLI::App& report = leaf(app_, "report", Phrase::about_report);
    CLI::App& verify = leaf(app_, "verify", Phrase::about_verify);
    CLI::App& rerun = leaf(app_, "rerun", Phrase::about_rerun);
    for (CLI::App* app : {&targets, &inspect, &report, &verify, &rerun}) {
      argument(*app, "FILE", arguments_.file, Phrase::about_file);
    }
    for (CLI::App* app : {&verify, &rerun})
      option(*app, "--threads", "N", arguments_.threads, text(Phrase::about_threads));
    option(verify, "--seed", "N", arguments_.seed, text(Phrase::about_verify_seed));
    json(verify);
    option(rerun, "--out", "D", arguments_.out, with_default(Phrase::about_out, arguments_.out));
    json(targets);
    targets.add_flag("--all", arguments_.all, text(Phrase::about_all))->group(heading(Phrase::options));
    json(inspect);
    inspect.add_flag("--digest", arguments_.digest, text(Phrase::about_digest))
        ->group(heading(Phrase::options));
    option(report, "--out", "D", arguments_.report_out, text(Phrase::about_report_out));
  }

  void add_scenarios() {
    CLI::App& scenario = command(app_, "scenario", Phrase::about_scenario);
    json(leaf(scenario, "list", Phrase::about_scenario_list));
    CLI::App& show = leaf(scenario, "show", Phrase::about_scenario_show);
    json(show);
    argument(show, "NAME", arguments_.name, Phrase::about_scenario_name);
    argument(leaf(scenario, "check", Phrase::about_scenario_check), "NAME", arguments_.names,
             Phrase::about_scenario_names);
    CLI::App& diff = leaf(scenario, "diff", Phrase::about_scenario_diff);
    argument(diff, "A", arguments_.name, Phrase::about_diff_a);
    argument(diff, "B", arguments_.other, Phrase::about_diff_b);
    option(diff, "--base", "BASE", arguments_.base, with_default(Phrase::about_diff_base, default_own_base));
    json(diff);
    CLI::App& draft = leaf(scenario, "new", Phrase::about_scenario_new);
    argument(draft, "NAME", arguments_.name, Phrase::about_new_name);
    option(draft, "--from", "BASE", arguments_.base, with_default(Phrase::about_new_base, default_own_base));
    option(draft, "--at", "M", arguments_.at, text(Phrase::about_new_at));
    option(draft, "--out", "FILE", arguments_.file, text(Phrase::about_new_out));
    leaf(scenario, "schema", Phrase::about_scenario_schema);
  }

  void add_law() {
    CLI::App& law = command(app_, "law", Phrase::about_law);
    CLI::App& show = leaf(law, "show", Phrase::about_law_show);
    argument(show, "PATH", arguments_.path, Phrase::about_path);
    CLI::App& dump = leaf(law, "dump", Phrase::about_law_dump);
    json(leaf(law, "acts", Phrase::about_law_acts));
    for (CLI::App* app : {&show, &dump}) {
      option(*app, "--at", "D", arguments_.at, text(Phrase::about_at));
      json(*app);
    }
  }

  void add_lives() {
    CLI::App& life = leaf(app_, "life", Phrase::about_life);
    life.add_option("PERSON", arguments_.name, text(Phrase::about_person))
        ->group(heading(Phrase::arguments))
        ->type_name("");
    option(life, "--scenario", "B", arguments_.base, with_default(Phrase::about_base, default_own_base));
    option(life, "--against", "R", arguments_.against, text(Phrase::about_against));
    option(life, "--list", "ID", arguments_.list, text(Phrase::about_list));
    option(life, "--who", "W", arguments_.who, text(Phrase::about_who));
    option(life, "--number", "N", arguments_.number, with_default(Phrase::about_number, 10));
    CLI::App& winners = leaf(app_, "winners", Phrase::about_winners);
    argument(winners, "BASE", arguments_.base, Phrase::about_base);
    reforms(winners).required();
    run(winners, RunOptions{}.n_replicates);
    CLI::App& lives = leaf(app_, "lives", Phrase::about_lives);
    argument(lives, "BASE", arguments_.base, Phrase::about_base);
    reforms(lives);
    option(lives, "--out", "FILE", arguments_.panel, text(Phrase::about_panel));
    option(lives, "--people", "N", arguments_.people, text(Phrase::about_people));
    for (CLI::App* app : {&winners, &lives}) sample(*app);
    for (CLI::App* app : {&life, &winners}) json(*app);
    for (CLI::App* app : {&life, &lives}) {
      option(*app, "--replicate", "R", arguments_.replicate, with_default(Phrase::about_replicate, 0));
      seed(*app);
      months(*app);
      fixed(*app);
    }
  }

  // Parameters are one of the things that it tells apart: they cannot be fixed.
  void add_uncertainty() {
    CLI::App& uncertainty = leaf(app_, "uncertainty", Phrase::about_uncertainty);
    argument(uncertainty, "BASE", arguments_.base, Phrase::about_base);
    reforms(uncertainty).required();
    option(uncertainty, "--replicates", "N", arguments_.replicates,
           with_default(Phrase::about_uncertainty_replicates, default_split_replicates));
    seed(uncertainty);
    option(uncertainty, "--threads", "N", arguments_.threads, text(Phrase::about_threads));
    months(uncertainty);
    option(uncertainty, "--sample", "P", arguments_.sample,
           with_default(Phrase::about_uncertainty_sample, default_calibration_sample));
    out(uncertainty);
    json(uncertainty);
  }

  // `case FILE`, beside `case new`: the file stands where the name of a command could.
  void add_case() {
    CLI::App& one = command(app_, "case", Phrase::about_case);
    one.final_callback([this] {
      if (arguments_.command.empty()) arguments_.command = "case";
    });
    one.add_option("FILE", arguments_.file, text(Phrase::about_case_file))
        ->group(heading(Phrase::arguments))
        ->type_name("");
    option(one, "--scenario", "A", arguments_.base,
           with_default(Phrase::about_case_scenario, default_case_law));
    option(one, "--against", "B", arguments_.against, text(Phrase::about_case_against));
    json(one);
    leaf(one, "new", Phrase::about_case_new);
  }

  void add_surveys() {
    CLI::App& survey = command(app_, "survey", Phrase::about_survey);
    CLI::App& weigh = leaf(survey, "weigh", Phrase::about_survey_weigh);
    argument(weigh, "FILE", arguments_.file, Phrase::about_survey_file);
    CLI::App& made_up = leaf(survey, "synthetic", Phrase::about_survey_synthetic);
    for (CLI::App* app : {&weigh, &made_up}) {
      option(*app, "--survey", "S", arguments_.survey,
             with_default(Phrase::about_survey_name, default_survey));
      option(*app, "--codebook", "F", arguments_.codebook, text(Phrase::about_codebook));
    }
    option(weigh, "--margins", "F", arguments_.margins, text(Phrase::about_margins));
    option(weigh, "--method", "M", arguments_.method, with_default(Phrase::about_method, "raking"));
    option(weigh, "--bounds", "L,U", arguments_.bounds, with_default(Phrase::about_bounds, "0.2,5"));
    option(weigh, "--strata", "G", arguments_.strata, text(Phrase::about_strata));
    out(weigh);
    json(weigh);
    seed(made_up);
  }

  void add_calibration() {
    CLI::App& calibrate = leaf(app_, "calibrate", Phrase::about_calibrate);
    option(calibrate, "--base", "B", arguments_.base, with_default(Phrase::about_base, default_own_base));
    option(calibrate, "--budget", "N", arguments_.budget,
           with_default(Phrase::about_budget, RunOptions{}.budget));
    option(calibrate, "--checks", "N", arguments_.checks,
           with_default(Phrase::about_checks, RunOptions{}.n_checks));
    option(calibrate, "--sample", "P", arguments_.sample,
           with_default(Phrase::about_calibration_sample, default_calibration_sample));
    seed(calibrate);
    option(calibrate, "--threads", "N", arguments_.threads, text(Phrase::about_threads));
    out(calibrate);
    calibrate.add_flag("--resume", arguments_.resume, text(Phrase::about_resume))
        ->group(heading(Phrase::options));
    json(calibrate);
  }

  void add_inference() {
    CLI::App& infer = leaf(app_, "infer", Phrase::about_infer);
    argument(infer, "PROBLEM", arguments_.file, Phrase::about_problem);
    option(infer, "--method", "M", arguments_.method, with_default(Phrase::about_infer_method, "emulated"));
    option(infer, "--budget", "N", arguments_.budget,
           with_default(Phrase::about_infer_budget, RunOptions{}.budget));
    seed(infer);
    option(infer, "--threads", "N", arguments_.threads, text(Phrase::about_infer_workers));
    option(infer, "--out", "FILE", arguments_.posterior, text(Phrase::about_infer_out));
    infer.add_flag("--resume", arguments_.resume, text(Phrase::about_infer_resume))
        ->group(heading(Phrase::options));
    json(infer);
  }

  Arguments& arguments_;
  Language language_;
  CLI::App app_;
  bool version_asked_ = false;
};

}  // namespace

Parsed parse_arguments(std::span<const std::string> words, Language language) {
  Parsed parsed;
  Grammar grammar(parsed.arguments, language);
  std::vector<std::string> reversed(words.rbegin(), words.rend());  // as CLI11 takes them
  try {
    grammar.app().parse(reversed);
  } catch (const CLI::CallForHelp&) {
    parsed.print = grammar.help();
    return parsed;
  } catch (const CLI::ParseError& error) {
    const std::vector<std::string> unknown = grammar.app().remaining(true);
    throw InputError(unknown.empty() ? parse_fault(grammar.deepest(), error)
                                     : unknown_word(grammar.deepest(), unknown.front()));
  }
  std::vector<Fault> faults;
  for (const std::string& word : grammar.app().remaining(true)) {
    faults.push_back(unknown_word(grammar.deepest(), word));
    // Where a command is unknown, what follows it cannot be judged.
    if (parsed.arguments.command.empty()) break;
  }
  if (!faults.empty()) throw InputError(std::move(faults));
  if (grammar.version_asked()) {
    parsed.print = std::string("tremplin ") + TREMPLIN_VERSION + "\n";
  } else if (parsed.arguments.command.empty()) {
    parsed.print = grammar.help();
  }
  return parsed;
}

}  // namespace tremplin::cli
