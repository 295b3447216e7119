#include "scenarios/schema.hpp"

#include <nlohmann/json.hpp>

#include "tests/scenarios/support.hpp"

namespace tremplin {
namespace {

TEST(Schema, TheCopyInTheTreeIsTheOneThatTheRegistryGives) {
  const std::string copy = read_source(test::root / schema_file, schema_file).text;
  EXPECT_EQ(copy, scenario_schema().dump(2) + "\n")
      << "write it again: tremplin scenario schema > " << schema_file;
}

TEST(Schema, NamesEveryLeverOnce) {
  const auto schema = scenario_schema();
  const auto& change = schema["$defs"]["change"];
  EXPECT_EQ(change["properties"]["path"]["oneOf"].size(), all_levers().size());
  std::size_t in_ranges = 0;
  for (const auto& rule : change["allOf"])
    if (rule["then"]["properties"].contains("value") && rule["if"]["properties"].contains("path"))
      in_ranges += rule["if"]["properties"]["path"]["enum"].size();
  EXPECT_EQ(in_ranges, all_levers().size());
}

}  // namespace
}  // namespace tremplin
