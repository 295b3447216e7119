// What is wrong with a command line, all of it at once: its language, its words, its values, and the
// scenarios that it names. Nothing is simulated or written before this has passed.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "cli/options.hpp"
#include "engine/base/errors.hpp"
#include "scenarios/scenario.hpp"

namespace tremplin::cli {

// Runs checks that throw InputError and keeps the faults of each.
class Gathered {
 public:
  // False if the check threw InputError.
  bool check(const std::function<void()>& check);
  void throw_if_any() const;

 private:
  std::vector<Fault> faults_;
};

// The scenario of that name or file; one that does not exist is told with the command that asked for it.
// Throws InputError.
Scenario scenario_named(const std::filesystem::path& home, const Arguments& arguments,
                        const std::string& name);

// Throws InputError if a composition names one part twice, or two files of one name.
void check_parts(const Arguments& arguments, const std::vector<std::string>& parts);

// What "A+B" names: a base among the parts, or none, and what is changed in it; nothing if it is empty.
struct Composition {
  std::optional<Scenario> base;
  std::vector<Scenario> reforms;
};
// Throws InputError with every part that does not exist, comes twice, or is a second base.
Composition composition_named(const std::filesystem::path& home, const Arguments& arguments,
                              const std::string& names);

// Loads each scenario that the arguments name: those that do not exist, faults of their files, a reform for a
// base or a base for a reform, one reform twice, two reforms of one name. Throws InputError with all faults.
void check_scenarios(const std::filesystem::path& home, const Arguments& arguments);

}  // namespace tremplin::cli
