// What an inference on a researcher's own problem found, for people and for programs.
#pragma once

#include <map>
#include <nlohmann/json_fwd.hpp>
#include <string>

#include "calibration/inference/infer.hpp"
#include "calibration/outside/answer.hpp"
#include "scenarios/language.hpp"

namespace tremplin::cli {

// Failed runs of one kind: how many, and the reason that one of them gave.
struct FailedRuns {
  inference::Index n = 0;
  std::string example;
};

struct InferenceFound {
  std::string title;
  inference::Method method{};
  std::vector<std::string> parameters;
  inference::Inferred inferred;
  std::map<outside::RunFault, FailedRuns> failures;
  inference::Index n_restarts = 0;  // of the program
};

// Failed runs, verdict, parameters, point fits and profiles, in lines for a screen.
std::string inference_lines(const InferenceFound& found, Language language);

nlohmann::ordered_json inference_json(const InferenceFound& found);

}  // namespace tremplin::cli
