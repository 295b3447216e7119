#include "cli/typed_checks.hpp"

#include <algorithm>
#include <tuple>

#include "scenarios/library.hpp"
#include "scenarios/yaml/faults.hpp"

namespace tremplin::cli {
namespace {

namespace fs = std::filesystem;

Fault misplaced(const Arguments& arguments, std::string key, std::string found, std::string_view expected) {
  return {.kind = FaultKind::bad_option,
          .source = arguments.command,
          .key = std::move(key),
          .found = std::move(found),
          .expected = std::string(expected)};
}

void check_kind(const fs::path& home, const Arguments& arguments, const std::string& name,
                ScenarioKind kind) {
  const bool base = kind == ScenarioKind::base;
  if ((scenario_named(home, arguments, name).kind == ScenarioKind::base) == base) return;
  throw InputError(
      misplaced(arguments, base ? "BASE" : "REFORM", name, base ? expects::base : expects::reform));
}

// A scenario is called as its file is.
std::string name_of(const std::string& typed) { return fs::path(typed).stem().string(); }

// Between the reforms of one run: A+B is B+A.
void check_distinct(const Arguments& arguments) {
  std::vector<Fault> faults;
  std::vector<std::vector<std::string>> seen;
  for (const std::string& reform : arguments.reforms) {
    std::vector<std::string> parts = split_names(reform);
    std::ranges::sort(parts);
    if (std::ranges::find(seen, parts) != seen.end())
      faults.push_back(misplaced(arguments, "REFORM", reform, expects::once));
    for (const auto& others : seen)
      for (const std::string& other : others)
        for (const std::string& part : parts)
          if (part != other && name_of(part) == name_of(other))
            faults.push_back(misplaced(arguments, "REFORM", part, expects::own_name));
    seen.push_back(std::move(parts));
  }
  if (!faults.empty()) throw InputError(std::move(faults));
}

}  // namespace

Scenario scenario_named(const fs::path& home, const Arguments& arguments, const std::string& name) {
  try {
    return load_scenario_named(home, name).scenario;
  } catch (const InputError& error) {
    std::vector<Fault> faults = error.faults();
    for (Fault& fault : faults)
      if (fault.source.empty()) fault.source = arguments.command;
    throw InputError(std::move(faults));
  }
}

void check_parts(const Arguments& arguments, const std::vector<std::string>& parts) {
  for (auto part = parts.begin(); part != parts.end(); ++part) {
    const auto same = std::find_if(
        parts.begin(), part, [&](const std::string& other) { return name_of(other) == name_of(*part); });
    if (same == part) continue;
    throw InputError(
        misplaced(arguments, "REFORM", *part, *same == *part ? expects::once : expects::own_name));
  }
}

Composition composition_named(const fs::path& home, const Arguments& arguments, const std::string& names) {
  Composition composed;
  if (names.empty()) return composed;
  Gathered faults;
  const std::vector<std::string> parts = split_names(names);
  faults.check([&] { check_parts(arguments, parts); });
  for (const std::string& part : parts) {
    faults.check([&] {
      Scenario scenario = scenario_named(home, arguments, part);
      if (scenario.kind != ScenarioKind::base) {
        composed.reforms.push_back(std::move(scenario));
      } else if (composed.base) {
        throw InputError(misplaced(arguments, {}, part, expects::reform));
      } else {
        composed.base = std::move(scenario);
      }
    });
  }
  faults.throw_if_any();
  return composed;
}

bool Gathered::check(const std::function<void()>& check) {
  try {
    check();
    return true;
  } catch (const InputError& error) {
    for (const Fault& fault : error.faults()) {
      const bool told = std::ranges::any_of(faults_, [&](const Fault& other) {
        return std::tie(other.kind, other.source, other.line, other.column, other.key, other.found) ==
               std::tie(fault.kind, fault.source, fault.line, fault.column, fault.key, fault.found);
      });
      if (!told) faults_.push_back(fault);
    }
    return false;
  }
}

void Gathered::throw_if_any() const {
  if (!faults_.empty()) throw InputError(faults_);
}

void check_scenarios(const fs::path& home, const Arguments& arguments) {
  Gathered gathered;
  const auto check_one = [&](const std::string& name, ScenarioKind kind) {
    gathered.check([&] { check_kind(home, arguments, name, kind); });
  };
  const auto check_composition = [&](const std::string& reform) {
    const std::vector<std::string> parts = split_names(reform);
    for (const std::string& part : parts) check_one(part, ScenarioKind::reform);
    gathered.check([&] { check_parts(arguments, parts); });
  };
  if (!arguments.base.empty()) check_one(arguments.base, ScenarioKind::base);
  for (const std::string& reform : arguments.reforms) check_composition(reform);
  if (!arguments.against.empty()) check_composition(arguments.against);
  gathered.check([&] { check_distinct(arguments); });
  gathered.throw_if_any();
}

}  // namespace tremplin::cli
