// A life and its counterfactual on the screen, month by month, and the same as JSON.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>

#include "engine/cpas/office.hpp"
#include "outputs/chronicle.hpp"
#include "outputs/labels.hpp"
#include "outputs/person_name.hpp"
#include "outputs/run.hpp"

namespace tremplin::cli {

struct TwoLives {
  PersonName name;
  const Office& office;
  const ScenarioInfo& first_scenario;
  const ScenarioInfo& second_scenario;
  const Life& first;
  const Life& second;
  LivedUnder under;
  std::optional<Parting> parting;
};

// At most 100 columns: one text while the lives agree, side by side in the months in which they differ.
std::string chronicle_text(const TwoLives& lives, const Labels& labels, Language language);

// Every month in which anything was told or drawn, with every draw.
nlohmann::ordered_json chronicle_json(const TwoLives& lives);

}  // namespace tremplin::cli
