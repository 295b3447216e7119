// scenario new NAME: a reform to be filled in, in the language asked.
#include <algorithm>
#include <chrono>
#include <ostream>

#include "cli/commands.hpp"
#include "cli/scenario_skeleton.hpp"
#include "cli/texts.hpp"
#include "cli/typed_checks.hpp"
#include "cli/words.hpp"
#include "outputs/atomic_file.hpp"
#include "scenarios/compose.hpp"
#include "scenarios/library.hpp"
#include "scenarios/schema.hpp"
#include "scenarios/yaml/faults.hpp"

namespace tremplin::cli {
namespace {

namespace fs = std::filesystem;

Fault bad(const Task& task, std::string option, std::string found, std::string expected) {
  return {.kind = FaultKind::bad_option,
          .source = task.arguments.command,
          .key = std::move(option),
          .found = std::move(found),
          .expected = std::move(expected)};
}

// A name that a file, a composition A+B and a YAML text can all hold. Throws InputError.
void check_name(const Task& task) {
  const std::string& name = task.arguments.name;
  const bool plain = !name.empty() && name.front() != '-' && std::ranges::all_of(name, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  });
  if (!plain) throw InputError(bad(task, "NAME", name, std::string(expects::plain_name)));
}

// The month of --at; without it, where the base stops following the law, or else the next January.
Month month_asked(const Task& task, const Scenario& base) {
  const std::string& typed = task.arguments.at;
  if (typed.empty()) {
    const auto now = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
    const std::chrono::year_month_day today(now);
    return first_month_of_reform(base, Month(int{today.year()} + 1, 1));
  }
  const auto date = typed.size() == 7 ? parse_date(typed) : std::nullopt;
  if (!date) throw InputError(bad(task, "--at", typed, std::string(expects::month)));
  if (date->month < first_reform_month || date->month > last_reform_month) {
    throw InputError(
        bad(task, "--at", typed, to_string(first_reform_month) + " .. " + to_string(last_reform_month)));
  }
  return date->month;
}

// The file of --out, or NAME.yaml here; empty: standard output. A reform is called as its file is, and no
// file is ever overwritten. Throws InputError.
fs::path file_asked(const Task& task) {
  if (task.arguments.file == "-") return {};
  const fs::path file = task.arguments.file.empty() ? task.arguments.name + ".yaml" : task.arguments.file;
  const bool named =
      file.stem() == task.arguments.name && (file.extension() == ".yaml" || file.extension() == ".yml");
  if (!named) throw InputError(bad(task, "--out", file.string(), task.arguments.name + ".yaml"));
  std::error_code error;
  if (fs::exists(fs::symlink_status(file, error))) {
    throw InputError(Fault{.kind = FaultKind::unwritable,
                           .source = file.string(),
                           .found = std::make_error_code(std::errc::file_exists).message()});
  }
  return file;
}

// The schema of the tree as seen from the new file's folder.
std::string schema_from(const Task& task, const fs::path& file) {
  std::error_code error;
  const fs::path folder = file.has_parent_path() ? file.parent_path() : fs::path(".");
  return fs::relative(task.home / schema_file, folder, error).generic_string();
}

}  // namespace

int scenario_new_command(const Task& task) {
  const Screen& screen = task.screen;
  Gathered faults;
  fs::path file;
  faults.check([&] { check_name(task); });
  faults.check([&] { file = file_asked(task); });
  const std::string& typed = task.arguments.base;
  const Scenario base = load_scenario_named(task.home, typed.empty() ? default_own_base : typed).scenario;
  Skeleton skeleton{.name = task.arguments.name, .base = base.name, .from = {}, .schema = {}};
  faults.check([&] { skeleton.from = month_asked(task, base); });
  faults.throw_if_any();
  if (!file.empty()) skeleton.schema = schema_from(task, file);

  const RulesTable table =
      rules_table(load_law_from(task.home).law, base, {}, skeleton.from, skeleton.from + 1);
  const std::string text = skeleton_text(skeleton, table, read_labels(task.home), screen.language);
  if (file.empty()) {
    screen.out << text;
    return 0;
  }
  write_file(file, text);
  screen.out << say(screen.language, Phrase::reform_written, file.string(), base.name) << '\n';
  return 0;
}

}  // namespace tremplin::cli
