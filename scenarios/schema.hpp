// The JSON Schema (draft 2020-12) of scenario files, for editors: completion, hints and a first validation
// while one types. Derived from the registry of levers, so that it cannot drift from what the loader takes;
// what a schema cannot say (changes that overlap, months before the reform's date, a name that is not the
// file's) `scenario check` still tells. A copy stands in scenarios/scenario.schema.json.
#pragma once

#include <nlohmann/json_fwd.hpp>

namespace tremplin {

inline constexpr const char* schema_file = "scenarios/scenario.schema.json";

nlohmann::ordered_json scenario_schema();

}  // namespace tremplin
