// The grammar of the command line, in CLI11. Values stay texts here; options.cpp checks them.
#include <CLI/CLI.hpp>
#include <algorithm>

#include "cli/options.hpp"
#include "cli/texts.hpp"
#include "engine/base/errors.hpp"
#include "scenarios/yaml/faults.hpp"

namespace tremplin::cli {
namespace {

class Grammar {
 public:
  Grammar(Arguments& arguments, Language language)
      : arguments_(arguments), language_(language), app_(text(Phrase::about), "tremplin") {
    const auto formatter = std::make_shared<CLI::Formatter>();
    formatter->label("Usage", text(Phrase::usage));
    formatter->label("Positionals", text(Phrase::arguments));
    formatter->label("Options", text(Phrase::options));
    formatter->label("OPTIONS", text(Phrase::options));
    formatter->label("Subcommands", text(Phrase::commands));
    formatter->label("SUBCOMMAND", text(Phrase::commands));
    formatter->column_width(34);
    app_.formatter(formatter);
    prepare(app_);
    app_.add_flag("--version", version_asked_, text(Phrase::about_version))->group(text(Phrase::options));
    add_simulations();
    add_cpas();
    add_results();
    add_scenarios();
    add_law();
    leaf(app_, "registry", Phrase::about_registry);
    CLI::App& bench = leaf(app_, "bench", Phrase::about_bench);
    json(bench);
    run(bench);
    option(bench, "--sample", arguments_.sample, Phrase::about_sample);
  }

  CLI::App& app() { return app_; }
  [[nodiscard]] bool version_asked() const { return version_asked_; }

  // The innermost command typed so far.
  CLI::App& deepest() {
    CLI::App* deepest = &app_;
    while (!deepest->get_subcommands().empty()) deepest = deepest->get_subcommands().front();
    return *deepest;
  }

 private:
  std::string text(Phrase what) const { return std::string(text_of(what, language_)); }

  void prepare(CLI::App& app) {
    app.set_help_flag("-h,--help", text(Phrase::about_help))->group(text(Phrase::options));
    app.allow_extras();  // reported by unknown_word(), with the nearest name
    option(app, "--lang", arguments_.lang, Phrase::about_lang);
    app.add_flag("--quiet", arguments_.quiet, text(Phrase::about_quiet))->group(text(Phrase::options));
  }

  CLI::App& command(CLI::App& parent, const std::string& name, Phrase about) {
    CLI::App* app = parent.add_subcommand(name, text(about));
    app->group(text(Phrase::commands));
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

  void option(CLI::App& app, const std::string& name, std::string& value, Phrase about) {
    // Given twice, the last one holds, as in most programs.
    app.add_option(name, value, text(about))->group(text(Phrase::options))->type_name("")->take_last();
  }
  void json(CLI::App& app) {
    app.add_flag("--json", arguments_.json, text(Phrase::about_json))->group(text(Phrase::options));
  }
  template <class Value>
  void argument(CLI::App& app, const std::string& name, Value& value, Phrase about) {
    app.add_option(name, value, text(about))->group(text(Phrase::arguments))->required()->type_name("");
  }

  void run(CLI::App& app) {
    option(app, "--replicates", arguments_.replicates, Phrase::about_replicates);
    option(app, "--seed", arguments_.seed, Phrase::about_seed);
    option(app, "--threads", arguments_.threads, Phrase::about_threads);
    option(app, "--from", arguments_.from, Phrase::about_from);
    option(app, "--to", arguments_.to, Phrase::about_to);
    app.add_flag("--fixed-parameters", arguments_.fixed_parameters, text(Phrase::about_fixed))
        ->group(text(Phrase::options));
  }

  void add_simulations() {
    CLI::App& compare = leaf(app_, "compare", Phrase::about_compare);
    argument(compare, "BASE", arguments_.base, Phrase::about_base);
    argument(compare, "REFORM", arguments_.reforms, Phrase::about_reforms);
    CLI::App& alone = leaf(app_, "run", Phrase::about_run);
    argument(alone, "BASE", arguments_.base, Phrase::about_base);
    for (CLI::App* app : {&compare, &alone}) {
      run(*app);
      option(*app, "--sample", arguments_.sample, Phrase::about_sample);
      option(*app, "--out", arguments_.out, Phrase::about_out);
      json(*app);
    }
  }

  void add_cpas() {
    CLI::App& cpas = command(app_, "cpas", Phrase::about_cpas);
    CLI::App& list = leaf(cpas, "list", Phrase::about_cpas_list);
    option(list, "--region", arguments_.region, Phrase::about_region);
    option(list, "--size", arguments_.size, Phrase::about_size);
    CLI::App& show = leaf(cpas, "show", Phrase::about_cpas_show);
    argument(show, "ID", arguments_.name, Phrase::about_cpas_id);
    CLI::App& own = leaf(cpas, "run", Phrase::about_cpas_run);
    argument(own, "FILE", arguments_.file, Phrase::about_cpas_file);
    own.add_option("REFORM", arguments_.reforms, text(Phrase::about_reforms))
        ->group(text(Phrase::arguments))
        ->type_name("");
    option(own, "--base", arguments_.base, Phrase::about_base);
    run(own);
    option(own, "--out", arguments_.out, Phrase::about_out);
    leaf(cpas, "new", Phrase::about_cpas_new);
    CLI::App& presets = leaf(cpas, "presets", Phrase::about_cpas_presets);
    for (CLI::App* app : {&list, &show}) option(*app, "--seed", arguments_.seed, Phrase::about_seed);
    for (CLI::App* app : {&list, &show, &own, &presets}) json(*app);
  }

  void add_results() {
    CLI::App& targets = leaf(app_, "targets", Phrase::about_targets);
    CLI::App& inspect = leaf(app_, "inspect", Phrase::about_inspect);
    CLI::App& report = leaf(app_, "report", Phrase::about_report);
    for (CLI::App* app : {&targets, &inspect, &report}) {
      argument(*app, "FILE", arguments_.file, Phrase::about_file);
    }
    json(targets);
    json(inspect);
    inspect.add_flag("--digest", arguments_.digest, text(Phrase::about_digest))->group(text(Phrase::options));
    option(report, "--out", arguments_.out, Phrase::about_out);
  }

  void add_scenarios() {
    CLI::App& scenario = command(app_, "scenario", Phrase::about_scenario);
    json(leaf(scenario, "list", Phrase::about_scenario_list));
    CLI::App& show = leaf(scenario, "show", Phrase::about_scenario_show);
    json(show);
    argument(show, "NAME", arguments_.name, Phrase::about_scenario_name);
    argument(leaf(scenario, "check", Phrase::about_scenario_check), "NAME", arguments_.name,
             Phrase::about_scenario_name);
  }

  void add_law() {
    CLI::App& law = command(app_, "law", Phrase::about_law);
    CLI::App& show = leaf(law, "show", Phrase::about_law_show);
    argument(show, "PATH", arguments_.path, Phrase::about_path);
    CLI::App& dump = leaf(law, "dump", Phrase::about_law_dump);
    for (CLI::App* app : {&show, &dump}) {
      option(*app, "--at", arguments_.at, Phrase::about_at);
      json(*app);
    }
  }

  Arguments& arguments_;
  Language language_;
  CLI::App app_;
  bool version_asked_ = false;
};

// A word that the command does not know: an option, a command or an argument too many.
Fault unknown_word(const CLI::App& command, const std::string& word) {
  std::vector<std::string> known;
  if (word.starts_with("-")) {
    for (const CLI::Option* option : command.get_options()) {
      for (const std::string& name : option->get_lnames()) known.push_back("--" + name);
    }
  } else {
    for (const CLI::App* sub : command.get_subcommands({})) known.push_back(sub->get_name());
  }
  return {.kind = FaultKind::unknown_name,
          .source = command.get_name(),
          .found = word,
          .nearest = nearest_name(word, known)};
}

// What CLI11 found wrong: an argument that is missing, or an option without its value.
Fault parse_fault(const CLI::App& command, const CLI::ParseError& error) {
  std::string option = error.what();
  option = option.substr(0, std::min(option.find(' '), option.find(':')));
  const bool missing = dynamic_cast<const CLI::RequiredError*>(&error) != nullptr ||
                       dynamic_cast<const CLI::ArgumentMismatch*>(&error) != nullptr;
  return {.kind = missing ? FaultKind::missing_key : FaultKind::bad_option,
          .source = command.get_name(),
          .key = option,
          .found = missing ? "" : error.what()};
}

}  // namespace

Parsed parse_arguments(std::span<const std::string> words, Language language) {
  Parsed parsed;
  Grammar grammar(parsed.arguments, language);
  std::vector<std::string> reversed(words.rbegin(), words.rend());  // as CLI11 takes them
  try {
    grammar.app().parse(reversed);
  } catch (const CLI::CallForHelp&) {
    parsed.print = grammar.deepest().help();
    return parsed;
  } catch (const CLI::ParseError& error) {
    const std::vector<std::string> unknown = grammar.app().remaining(true);
    throw InputError(unknown.empty() ? parse_fault(grammar.deepest(), error)
                                     : unknown_word(grammar.deepest(), unknown.front()));
  }
  std::vector<Fault> faults;
  for (const std::string& word : grammar.app().remaining(true)) {
    faults.push_back(unknown_word(grammar.deepest(), word));
  }
  if (!faults.empty()) throw InputError(std::move(faults));
  if (grammar.version_asked()) {
    parsed.print = std::string("tremplin ") + TREMPLIN_VERSION + "\n";
  } else if (parsed.arguments.command.empty()) {
    parsed.print = grammar.deepest().help();
  }
  return parsed;
}

}  // namespace tremplin::cli
