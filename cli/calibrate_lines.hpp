// What a calibration found, for people and for programs.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "calibration/model/calibrate.hpp"
#include "scenarios/language.hpp"

namespace tremplin::cli {

// Verdict, parameters and figures, in lines for a screen.
std::string calibration_lines(const Calibration& found, const ModelExperiment& experiment, Language language);

nlohmann::ordered_json calibration_json(const Calibration& found, const ModelExperiment& experiment);

}  // namespace tremplin::cli
