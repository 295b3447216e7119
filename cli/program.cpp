#include "cli/program.hpp"
#include "calibration/priors.hpp"

#include <array>
#include <ostream>

#include "cli/commands.hpp"
#include "cli/home.hpp"
#include "cli/texts.hpp"
#include "cli/typed_checks.hpp"
#include "engine/base/errors.hpp"
#include "scenarios/fault_text.hpp"

namespace tremplin::cli {
namespace {

struct Command {
  std::string_view name;
  int (*run)(const Task&);
};
constexpr std::array commands = {
    Command{"compare", compare_command},
    Command{"run", compare_command},
    Command{"snapshot", snapshot_command},
    Command{"cpas list", cpas_list_command},
    Command{"cpas show", cpas_show_command},
    Command{"cpas run", cpas_run_command},
    Command{"cpas new", cpas_new_command},
    Command{"cpas presets", cpas_presets_command},
    Command{"targets", targets_command},
    Command{"inspect", inspect_command},
    Command{"report", report_command},
    Command{"verify", verify_command},
    Command{"rerun", rerun_command},
    Command{"scenario list", scenario_list_command},
    Command{"scenario show", scenario_show_command},
    Command{"scenario check", scenario_check_command},
    Command{"scenario diff", scenario_diff_command},
    Command{"scenario new", scenario_new_command},
    Command{"scenario schema", scenario_schema_command},
    Command{"law show", law_show_command},
    Command{"law dump", law_dump_command},
    Command{"law acts", law_acts_command},
    Command{"registry", registry_command},
    Command{"bench", bench_command},
    Command{"life", life_command},
    Command{"winners", winners_command},
    Command{"uncertainty", uncertainty_command},
    Command{"lives", lives_command},
    Command{"case", case_command},
    Command{"case new", case_new_command},
    Command{"survey weigh", survey_weigh_command},
    Command{"survey synthetic", survey_synthetic_command},
    Command{"calibrate", calibrate_command},
    Command{"infer", infer_command},
};

// The values typed and the scenarios named, as far as the command takes them.
void check_typed(const Arguments& arguments, Gathered& faults) {
  faults.check([&] { run_options(arguments); });
  faults.check([&] { effects_in(arguments.without); });
  // A case names laws, each a base with or without reforms, and loads them itself.
  const bool names_scenarios =
      arguments.command != "case" &&
      (!arguments.base.empty() || !arguments.reforms.empty() || !arguments.against.empty());
  if (names_scenarios) faults.check([&] { check_scenarios(home(), arguments); });
}

int dispatch(std::span<const std::string> words, const Surroundings& surroundings, Language language,
             Gathered& faults) {
  Parsed parsed;
  if (faults.check([&] { parsed = parse_arguments(words, language); }) && !parsed.print)
    check_typed(parsed.arguments, faults);
  faults.throw_if_any();
  if (parsed.print) {
    surroundings.out << *parsed.print;
    return exit_ok;
  }
  const Screen screen{surroundings.out, surroundings.err, language,
                      surroundings.err_is_terminal && !parsed.arguments.quiet};
  const Task task{parsed.arguments, screen, home(), surroundings.stop, surroundings.team};
  for (const Command& command : commands) {
    if (command.name == parsed.arguments.command) return command.run(task);
  }
  return exit_failed;
}

}  // namespace

int run_program(std::span<const std::string> words, const Surroundings& surroundings) noexcept {
  Language language = Language::en;
  try {
    // A wrong --lang is told in the environment's language, together with all else that is wrong.
    language = choose_language({}, surroundings.language);
    Gathered faults;
    faults.check([&] { language = choose_language(words, surroundings.language); });
    const int code = dispatch(words, surroundings, language, faults);
    surroundings.out.flush();
    return surroundings.out.good() ? code : exit_failed;
  } catch (const InputError& error) {
    surroundings.err << describe_all(error, language);
    return exit_input_error;
  } catch (const std::exception& error) {
    surroundings.err << say(language, Phrase::failed, error.what()) << '\n';
    return exit_failed;
  }
}

}  // namespace tremplin::cli
