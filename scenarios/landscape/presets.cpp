#include "scenarios/landscape/presets.hpp"

#include <array>

#include "scenarios/yaml/reader.hpp"

namespace tremplin {

namespace {

struct Setting {
  std::string_view name;
  double Practice::*field;
  yaml::Range range;
};
constexpr yaml::Range attitude{-4, 4};
constexpr yaml::Range share{0, 1};
constexpr std::array settings = {
    Setting{"formalism", &Practice::formalism, attitude},
    Setting{"contractual", &Practice::contractual, attitude},
    Setting{"guidance", &Practice::guidance, attitude},
    Setting{"strictness", &Practice::strictness, attitude},
    Setting{"p_case_by_case", &Practice::p_case_by_case, share},
    Setting{"contract_compliance", &Practice::contract_compliance, attitude},
    Setting{"p_young_exempted", &Practice::p_young_exempted, share},
    Setting{"p_exempt_health", &Practice::p_exempt_health, share},
    Setting{"p_exempt_over_50", &Practice::p_exempt_over_50, share},
    Setting{"p_exempt_lone_parent", &Practice::p_exempt_lone_parent, share},
    Setting{"p_exempt_homeless", &Practice::p_exempt_homeless, share},
    Setting{"p_exempt_student", &Practice::p_exempt_student, share},
    Setting{"evaluation_regularity", &Practice::evaluation_regularity, share},
    Setting{"trained_share", &Practice::trained_share, share},
    Setting{"hours_factor", &Practice::hours_factor, {0.2, 5}},
};

constexpr std::array<std::string_view, 3> offers = {"basic", "pathway", "all_round"};
constexpr std::array<std::string_view, 4> policies = {"law_only", "categories", "case_by_case", "everyone"};
constexpr std::array<std::string_view, 3> habits = {"never", "rarely", "often"};

void read_practice(yaml::MapReader& map, Preset& preset) {
  for (const Setting& setting : settings) {
    if (map.has(setting.name))
      preset.numbers.push_back({setting.field, map.number(setting.name, setting.range)});
  }
  if (map.has("offer")) preset.offer = static_cast<Offer>(map.one_of("offer", offers));
  if (map.has("policy")) preset.policy = static_cast<ContractPolicy>(map.one_of("policy", policies));
  if (map.has("sanctions")) preset.sanctions = static_cast<SanctionHabit>(map.one_of("sanctions", habits));
  if (map.has("parallel_contracts")) preset.parallel_contracts = map.truth("parallel_contracts");
  if (map.has("students_summer")) preset.students_summer = map.whole_number("students_summer", {1, 3});
  map.finish();
}

}  // namespace

std::vector<Preset> load_presets(const SourceText& file) {
  Faults faults;
  std::vector<Preset> presets;
  if (const auto root = yaml::read_document(file, faults)) {
    const yaml::Place place{file.name, &faults, {}};
    for (const yaml::Entry& entry : yaml::entries(*root, place)) {
      yaml::MapReader map(entry.value, place.at(entry.key));
      Preset& preset = presets.emplace_back();
      preset.name = entry.key;
      preset.title = map.in_three_languages("title");
      preset.evidence = static_cast<Evidence>(map.one_of("class", evidence_names));
      preset.source = map.text("source");
      if (const yaml::Node* node = map.required("practice")) {
        yaml::MapReader practice(*node, map.place_of("practice"));
        read_practice(practice, preset);
      }
      map.finish();
    }
  }
  faults.throw_if_any();
  return presets;
}

void apply(const Preset& preset, Practice& practice) {
  for (const Preset::Number& number : preset.numbers) practice.*number.field = number.value;
  practice.offer = preset.offer.value_or(practice.offer);
  practice.policy = preset.policy.value_or(practice.policy);
  practice.sanctions = preset.sanctions.value_or(practice.sanctions);
  practice.parallel_contracts = preset.parallel_contracts.value_or(practice.parallel_contracts);
  practice.students_summer = preset.students_summer.value_or(practice.students_summer);
}

}  // namespace tremplin
