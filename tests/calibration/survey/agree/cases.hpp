// The designs under which this program and R's survey package are compared.
#pragma once

#include <array>
#include <string>

#include "calibration/survey/weigh.hpp"

namespace tremplin::survey {

struct AgreementCase {
  const char* name;
  WeighOptions options;
};

inline const std::array<AgreementCase, 6> agreement_cases = {{
    {"raking", {.distance = Distance::raking, .bounds = {.lower = 0}, .strata = {}}},
    {"held", {.distance = Distance::raking, .bounds = {.lower = 0, .upper = 1.25}, .strata = {}}},  // active
    {"linear", {.distance = Distance::linear, .bounds = {.lower = 0.05, .upper = 10}, .strata = {}}},
    {"line_held", {.distance = Distance::linear, .bounds = {.lower = 0.05, .upper = 1.25}, .strata = {}}},
    {"logit", {.distance = Distance::logit, .bounds = {.lower = 0.05, .upper = 3}, .strata = {}}},
    {"strata", {.distance = Distance::raking, .bounds = {.lower = 0}, .strata = "region"}},
}};

}  // namespace tremplin::survey
