#include "calibration/outside/problem_file.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <utility>

#include "calibration/outside/problem_parts.hpp"
#include "engine/base/errors.hpp"

namespace tremplin::outside {

namespace {

using yaml::MapReader;
using yaml::Node;
using yaml::Place;

constexpr yaml::Range seconds{0.01, 1e6};

OutsideProgram read_program(MapReader& map, int& line) {
  OutsideProgram program;
  const Node* node = map.required("program");
  if (node == nullptr) return program;
  line = node->line;
  MapReader parts(*node, map.place_of("program"));
  program.command = parts.texts("command");
  if (const Node* command = parts.optional("command"); command != nullptr && program.command.empty())
    parts.place_of("command").report(FaultKind::wrong_type, *command, {}, std::string(expects::not_empty));
  program.timeout = parts.number("timeout", seconds, program.timeout);
  parts.finish();
  return program;
}

}  // namespace

void check_name(const std::string& name, const Place& place, const Node& node) {
  // What the groups of a posterior call their axes.
  constexpr std::array<std::string_view, 2> taken = {"chain", "draw"};
  const bool plain = std::ranges::all_of(name, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  });
  if (!plain || name.empty() || std::ranges::find(taken, name) != taken.end())
    place.report(FaultKind::wrong_type, node, name, std::string(expects::plain_name));
}

std::vector<std::string> OutsideProblem::summary_names() const {
  std::vector<std::string> names;
  for (const ObservedSummary& summary : summaries) names.push_back(summary.name);
  return names;
}

OutsideProblem load_problem(const SourceText& file, const std::filesystem::path& folder) {
  Faults faults;
  OutsideProblem problem{{}, {}, 0, inference::independent({{"none", inference::Normal{}}}), {}, {}};
  if (const auto root = yaml::read_document(file, faults)) {
    MapReader map(*root, {file.name, &faults, {}});
    problem.title = map.text("title", "");
    problem.program = read_program(map, problem.program_line);
    problem.program.folder = folder;
    if (auto prior = read_prior(map)) problem.prior = std::move(*prior);
    Summaries summaries = read_summaries(map);
    problem.summaries = std::move(summaries.observed);
    problem.observation = std::move(summaries.observation);
    map.finish();
  }
  faults.throw_if_any();
  return problem;
}

}  // namespace tremplin::outside
