// law show PATH --at DATE, law dump --at DATE: what holds on a day, since when, by which text.
#include <ostream>

#include "cli/commands.hpp"
#include "cli/plain.hpp"
#include "cli/texts.hpp"
#include "engine/base/errors.hpp"
#include "scenarios/law_query.hpp"
#include "scenarios/library.hpp"
#include "scenarios/yaml/faults.hpp"

namespace tremplin::cli {
namespace {

Date date_asked(const Arguments& arguments) {
  const bool given = !arguments.at.empty();
  if (const auto date = given ? parse_date(arguments.at) : std::nullopt) return *date;
  throw InputError(Fault{.kind = given ? FaultKind::bad_option : FaultKind::missing_key,
                         .source = arguments.command,
                         .key = "--at",
                         .found = arguments.at,
                         .expected = std::string(expects::date)});
}

}  // namespace

int law_show_command(const Task& task) {
  const Screen& screen = task.screen;
  const Date date = date_asked(task.arguments);
  const LoadedLaw loaded = load_law_from(task.home);
  const LawValue value = law_value_at(loaded.law, task.arguments.path, date);
  if (task.arguments.json) {
    nlohmann::json json = dump_law(loaded.law, date)["levers"][value.path];
    json["path"] = value.path;
    print_json(screen.out, json);
    return 0;
  }
  screen.out << fmt::format("{} = {} ({})\n", value.path, number_text(value.value, screen.language),
                            name_of(value.unit));
  screen.out << "  " << value.description << '\n';
  screen.out << "  " << say(screen.language, Phrase::in_force_since, to_string(value.in_force_since));
  if (value.new_files) screen.out << ", " << say(screen.language, Phrase::new_files_only);
  screen.out << fmt::format("\n  {}: {} [{}]\n", say(screen.language, Phrase::source), value.reference,
                            name_of(value.value_class));
  if (!value.note.empty()) screen.out << "  " << value.note << '\n';
  return 0;
}

int law_dump_command(const Task& task) {
  const Screen& screen = task.screen;
  const Date date = date_asked(task.arguments);
  const LoadedLaw loaded = load_law_from(task.home);
  if (task.arguments.json) {
    print_json(screen.out, dump_law(loaded.law, date));
    return 0;
  }
  for (const Lever& lever : all_levers()) {
    const LawValue value = law_value_at(loaded.law, lever.path, date);
    screen.out << fmt::format("{:<38} {:>10} {:<15} {}  {}\n", value.path,
                              number_text(value.value, screen.language), name_of(value.unit),
                              to_string(value.in_force_since), name_of(value.value_class));
  }
  return 0;
}

}  // namespace tremplin::cli
