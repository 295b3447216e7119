#include "scenarios/library.hpp"

#include <fstream>

#include "scenarios/indexation.hpp"
#include "tests/scenarios/support.hpp"

namespace tremplin {
namespace {

using test::faults_of;

TEST(Library, HandsBackTheTextsThatItRead) {
  const LoadedLaw loaded = load_law_from(test::root);
  ASSERT_FALSE(loaded.texts.empty());
  for (const SourceText& text : loaded.texts) {
    EXPECT_TRUE(text.name.starts_with("scenarios/law/") || text.name == indexation_file) << text.name;
    EXPECT_FALSE(text.text.empty());
  }
  EXPECT_EQ(loaded.texts.back().name, indexation_file);
  EXPECT_FALSE(loaded.law.index.empty());
}

// Who knows a lever finds its file: piis/scope/under_age stands in scenarios/law/piis/scope.yaml.
TEST(Library, EachLeverStandsInTheFileThatItsPathNames) {
  const Law law = load_law_from(test::root).law;
  for (const Lever& lever : all_levers()) {
    const std::string path(lever.path);
    const std::string two_parts = path.substr(0, path.find('/', path.find('/') + 1));
    EXPECT_EQ(law.history(lever.path).source, "scenarios/law/" + two_parts + ".yaml") << path;
  }
}

TEST(Library, ListsBasesThenReformsThenPracticesThenShocks) {
  const auto list = list_scenarios(test::root);
  ASSERT_GE(list.size(), 5u);
  EXPECT_EQ(list[0].name, "law-2015");
  EXPECT_EQ(list[1].name, "law-current");
  for (std::size_t i = 2; i < list.size(); ++i) {
    EXPECT_NE(list[i].kind, ScenarioKind::base);
    EXPECT_GE(list[i].kind, list[i - 1].kind);
    for (const auto& title : list[i].title.in) EXPECT_FALSE(title.empty());
  }
  EXPECT_EQ(list.back().kind, ScenarioKind::shock);
}

TEST(Library, AnUnknownScenarioIsToldWithTheNearest) {
  const auto faults = faults_of([] { load_scenario_named(test::root, "generalization"); });
  ASSERT_EQ(faults.size(), 1u);
  EXPECT_EQ(faults[0].kind, FaultKind::unknown_name);
  EXPECT_EQ(faults[0].nearest, "generalisation");
}

TEST(Library, TakesAFileOfTheUsersOwn) {
  const auto file = std::filesystem::path(testing::TempDir()) / "my own.yaml";
  std::ofstream(file) << test::reform_text("my own", test::change("sanction/allowed", "set", "0"));
  const LoadedScenario loaded = load_scenario_named(test::root, file.string());
  EXPECT_EQ(loaded.scenario.name, "my own");
  EXPECT_EQ(loaded.text.name, file.string());
}

TEST(Library, AFileThatIsNotThereIsUnreadable) {
  const auto faults = faults_of([] { load_scenario_named(test::root, "not/there.yaml"); });
  ASSERT_EQ(faults.size(), 1u);
  EXPECT_EQ(faults[0].kind, FaultKind::unreadable);
  EXPECT_EQ(faults[0].source, "not/there.yaml");
}

TEST(Library, AFileOfAHundredMegabytesIsRefusedUnread) {
  const auto file = std::filesystem::path(testing::TempDir()) / "large.yaml";
  std::ofstream(file).close();
  std::filesystem::resize_file(file, 100'000'000);
  const auto faults = faults_of([&] { load_scenario_named(test::root, file.string()); });
  std::filesystem::remove(file);
  ASSERT_EQ(faults.size(), 1u);
  EXPECT_EQ(faults[0].kind, FaultKind::too_large);
  EXPECT_EQ(faults[0].found, "100000000");
}

TEST(Library, ADeviceIsNotRead) {
  const auto faults = faults_of([] { load_scenario_named(test::root, "/dev/zero"); });
  ASSERT_EQ(faults.size(), 1u);
  EXPECT_EQ(faults[0].kind, FaultKind::unreadable);
  EXPECT_EQ(faults[0].found, "not a regular file");
}

TEST(Library, AFolderThatIsNotThereIsUnreadable) {
  const auto faults = faults_of([] { load_law_from(test::root / "nowhere"); });
  ASSERT_EQ(faults.size(), 1u);
  EXPECT_EQ(faults[0].kind, FaultKind::unreadable);
}

TEST(Library, SplitsNamesAtPlusSigns) {
  EXPECT_EQ(split_names("a+b"), (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(split_names("a"), (std::vector<std::string>{"a"}));
  EXPECT_EQ(split_names("a+"), (std::vector<std::string>{"a", ""}));
}

}  // namespace
}  // namespace tremplin
