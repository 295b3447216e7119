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

// "law-2015", "law-2015+generalisation" or "generalisation": the base, if one is named, and the reforms.
struct NamedLaw {
  Scenario base;
  std::vector<Scenario> reforms;
};

NamedLaw load_named(const Task& task, const std::string& names, const Scenario* usual_base) {
  NamedLaw named;
  bool has_base = false;
  Gathered faults;
  for (const std::string& name : split_names(names)) {
    faults.check([&] {
      Scenario scenario = load_scenario_named(task.home, name).scenario;
      if (scenario.kind == ScenarioKind::base && !has_base) {
        named.base = std::move(scenario);
        has_base = true;
      } else {
        named.reforms.push_back(std::move(scenario));  // a second base is refused when it is composed
      }
    });
  }
  faults.throw_if_any();
  if (!has_base)
    named.base =
        usual_base != nullptr ? *usual_base : load_scenario_named(task.home, default_case_law).scenario;
  return named;
}

std::unique_ptr<CaseLaw> law_for(const CaseFile& file, const Law& law, NamedLaw named) {
  return std::make_unique<CaseLaw>(law, std::move(named.base), std::move(named.reforms), file.region,
                                   file.request.month, file.until + months_of_sanctions);
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
  NamedLaw first;
  Gathered faults;
  faults.check([&] { file = load_case(read_source(arguments.file, arguments.file)); });
  faults.check(
      [&] { first = load_named(task, arguments.base.empty() ? default_case_law : arguments.base, nullptr); });
  NamedLaw second;
  if (!arguments.against.empty())
    faults.check([&] { second = load_named(task, arguments.against, &first.base); });
  faults.throw_if_any();

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
