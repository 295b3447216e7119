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
      : arguments_(arguments), language_(language), app_(text(Say::about), "tremplin") {
    const auto formatter = std::make_shared<CLI::Formatter>();
    formatter->label("Usage", text(Say::usage));
    formatter->label("Positionals", text(Say::arguments));
    formatter->label("Options", text(Say::options));
    formatter->label("OPTIONS", text(Say::options));
    formatter->label("Subcommands", text(Say::commands));
    formatter->label("SUBCOMMAND", text(Say::commands));
    formatter->column_width(34);
    app_.formatter(formatter);
    prepare(app_);
    app_.add_flag("--version", version_asked_, text(Say::about_version))->group(text(Say::options));
    add_simulations();
    add_results();
    add_scenarios();
    add_law();
    leaf(app_, "registry", Say::about_registry);
    CLI::App& bench = leaf(app_, "bench", Say::about_bench);
    json(bench);
    run(bench);
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
  std::string text(Say what) const { return std::string(text_of(what, language_)); }

  void prepare(CLI::App& app) {
    app.set_help_flag("-h,--help", text(Say::about_help))->group(text(Say::options));
    app.allow_extras();  // reported by unknown_word(), with the nearest name
    option(app, "--lang", arguments_.lang, Say::about_lang);
    app.add_flag("--quiet", arguments_.quiet, text(Say::about_quiet))->group(text(Say::options));
  }

  CLI::App& command(CLI::App& parent, const std::string& name, Say about) {
    CLI::App* app = parent.add_subcommand(name, text(about));
    app->group(text(Say::commands));
    prepare(*app);
    return *app;
  }

  // A command that does something: its full name becomes Arguments::command.
  CLI::App& leaf(CLI::App& parent, const std::string& name, Say about) {
    CLI::App& app = command(parent, name, about);
    const std::string full = &parent == &app_ ? name : parent.get_name() + " " + name;
    app.final_callback([this, full] { arguments_.command = full; });
    return app;
  }

  void option(CLI::App& app, const std::string& name, std::string& value, Say about) {
    app.add_option(name, value, text(about))->group(text(Say::options))->type_name("");
  }
  void json(CLI::App& app) {
    app.add_flag("--json", arguments_.json, text(Say::about_json))->group(text(Say::options));
  }
  template <class Value>
  void argument(CLI::App& app, const std::string& name, Value& value, Say about) {
    app.add_option(name, value, text(about))->group(text(Say::arguments))->required()->type_name("");
  }

  void run(CLI::App& app) {
    option(app, "--replicates", arguments_.replicates, Say::about_replicates);
    option(app, "--seed", arguments_.seed, Say::about_seed);
    option(app, "--threads", arguments_.threads, Say::about_threads);
    option(app, "--from", arguments_.from, Say::about_from);
    option(app, "--to", arguments_.to, Say::about_to);
    option(app, "--sample", arguments_.sample, Say::about_sample);
    app.add_flag("--fixed-parameters", arguments_.fixed_parameters, text(Say::about_fixed))
        ->group(text(Say::options));
  }

  void add_simulations() {
    CLI::App& compare = leaf(app_, "compare", Say::about_compare);
    argument(compare, "BASE", arguments_.base, Say::about_base);
    argument(compare, "REFORM", arguments_.reforms, Say::about_reforms);
    CLI::App& alone = leaf(app_, "run", Say::about_run);
    argument(alone, "BASE", arguments_.base, Say::about_base);
    for (CLI::App* app : {&compare, &alone}) {
      run(*app);
      option(*app, "--out", arguments_.out, Say::about_out);
      json(*app);
    }
  }

  void add_results() {
    CLI::App& targets = leaf(app_, "targets", Say::about_targets);
    CLI::App& inspect = leaf(app_, "inspect", Say::about_inspect);
    CLI::App& report = leaf(app_, "report", Say::about_report);
    for (CLI::App* app : {&targets, &inspect, &report}) {
      argument(*app, "FILE", arguments_.file, Say::about_file);
    }
    json(targets);
    json(inspect);
    inspect.add_flag("--digest", arguments_.digest, text(Say::about_digest))->group(text(Say::options));
    option(report, "--out", arguments_.out, Say::about_out);
  }

  void add_scenarios() {
    CLI::App& scenario = command(app_, "scenario", Say::about_scenario);
    json(leaf(scenario, "list", Say::about_scenario_list));
    CLI::App& show = leaf(scenario, "show", Say::about_scenario_show);
    json(show);
    argument(show, "NAME", arguments_.name, Say::about_scenario_name);
    argument(leaf(scenario, "check", Say::about_scenario_check), "NAME", arguments_.name,
             Say::about_scenario_name);
  }

  void add_law() {
    CLI::App& law = command(app_, "law", Say::about_law);
    CLI::App& show = leaf(law, "show", Say::about_law_show);
    argument(show, "PATH", arguments_.path, Say::about_path);
    CLI::App& dump = leaf(law, "dump", Say::about_law_dump);
    for (CLI::App* app : {&show, &dump}) {
      option(*app, "--at", arguments_.at, Say::about_at);
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
