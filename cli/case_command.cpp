// case FILE: what the law gives one described household, month by month, under one law or beside another.
#include <algorithm>
#include <memory>
#include <ostream>

#include "cli/case_page.hpp"
#include "cli/commands.hpp"
#include "cli/plain.hpp"
#include "cli/typed_checks.hpp"
#include "cli/words.hpp"
#include "scenarios/library.hpp"

namespace tremplin::cli {
namespace {

std::unique_ptr<CaseLaw> law_for(const CaseFile& file, const Law& law, Composition named) {
  return std::make_unique<CaseLaw>(law, *std::move(named.base), std::move(named.reforms), file,
                                   file.until + months_of_sanctions);
}

void require_file(const Task& task) {
  if (!task.arguments.file.empty()) return;
  throw InputError(Fault{.kind = FaultKind::missing_option, .source = "case", .key = "FILE"});
}

}  // namespace

int case_command(const Task& task) {
  require_file(task);
  const Arguments& arguments = task.arguments;
  CaseFile file;
  Composition first;
  Composition second;
  Gathered faults;
  faults.check([&] { file = load_case(read_source(arguments.file, arguments.file)); });
  faults.check([&] { first = composition_named(task.home, arguments, arguments.base); });
  faults.check([&] { second = composition_named(task.home, arguments, arguments.against); });
  faults.throw_if_any();
  // Reforms alone stand on the law in force, or on the base that they are set against.
  if (!first.base) first.base = scenario_named(task.home, arguments, default_case_law);
  if (!second.base) second.base = first.base;

  const Law law = load_law_from(task.home).law;
  const Limits limits = load_limits(read_source(task.home / limits_file, limits_file));
  const Indexation indexation = load_indexation(read_source(task.home / indexation_file, indexation_file));
  const Labels labels = read_labels(task.home);
  std::vector<std::unique_ptr<CaseLaw>> laws;
  laws.push_back(law_for(file, law, std::move(first)));
  if (!arguments.against.empty()) laws.push_back(law_for(file, law, std::move(second)));
  std::vector<CaseOutcome> outcomes;
  for (const auto& one : laws) outcomes.push_back(outcome_of(file, *one, limits));
  std::vector<CaseReading> readings;
  for (std::size_t i = 0; i < laws.size(); ++i) readings.push_back({*laws[i], outcomes[i]});

  const CaseContext context{limits, indexation, labels};
  const Screen& screen = task.screen;
  if (arguments.json) {
    print_json(screen.out, case_json(file, readings, context, screen.language));
  } else {
    screen.out << case_page(file, readings, context, screen.language);
  }
  return 0;
}

}  // namespace tremplin::cli
