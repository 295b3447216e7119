#include "cli/scenario_skeleton.hpp"

#include <gtest/gtest.h>

#include "cli/words.hpp"
#include "scenarios/compose.hpp"
#include "scenarios/library.hpp"

namespace tremplin::cli {
namespace {

const std::filesystem::path root = TREMPLIN_SOURCE_DIR;
constexpr Month until(2031, 1);

// A base with the skeleton of a reform of it.
struct Drafted {
  Law law = load_law_from(root).law;
  Scenario base;
  Month from;
  std::string text;

  Drafted(const std::string& name, Language language)
      : base(load_scenario_named(root, name).scenario), from(first_month_of_reform(base, Month(2027, 1))) {
    const RulesTable table = rules_table(law, base, {}, from, from + 1);
    text = skeleton_text({.name = "mine", .base = name, .from = from, .schema = "there/scenario.schema.json"},
                         table, read_labels(root), language);
  }

  // Throws InputError where the text is no reform of the base.
  [[nodiscard]] Scenario composed(const std::string& of) const {
    const Scenario reform = load_scenario({"mine.yaml", of}, Origin::user);
    rules_table(law, base, std::vector{reform}, Month(2003, 1), until);
    return reform;
  }
};

// The text with the mark of the comment that stands there taken off.
std::string uncommented(std::string text, std::size_t at) { return text.erase(at + 2, 2); }

TEST(Skeleton, IsAReformThatChangesNothing) {
  for (const Language language : {Language::fr, Language::nl, Language::en}) {
    for (const char* base : {"law-2015", "law-current"}) {
      const Drafted draft(base, language);
      const Scenario reform = draft.composed(draft.text);
      EXPECT_EQ(reform.name, "mine");
      EXPECT_EQ(reform.from, draft.from);
      EXPECT_TRUE(reform.changes.empty());
    }
  }
}

TEST(Skeleton, IsValidWithAnyOneOfItsLinesUncommented) {
  for (const char* base : {"law-2015", "law-current"}) {
    const Drafted draft(base, Language::fr);
    std::vector<std::string_view> paths;
    for (std::size_t at = draft.text.find(commented_change); at != std::string::npos;
         at = draft.text.find(commented_change, at + 1)) {
      try {
        const Scenario reform = draft.composed(uncommented(draft.text, at));
        ASSERT_EQ(reform.changes.size(), 1u);
        paths.push_back(reform.changes[0].lever->path);
      } catch (const InputError& error) {
        ADD_FAILURE() << draft.text.substr(at, 100) << ": " << error.faults()[0].expected;
      }
    }
    ASSERT_EQ(paths.size(), all_levers().size() + 1);  // an example with all its limits, then every lever
    for (std::size_t i = 0; i < all_levers().size(); ++i) EXPECT_EQ(paths[i + 1], all_levers()[i].path);
  }
}

TEST(Skeleton, GivesTheValueThatTheBaseHoldsThen) {
  const Drafted draft("law-2015", Language::en);
  EXPECT_EQ(draft.from, Month(2016, 1));  // the month after the last that law-2015 follows throughout
  EXPECT_NE(draft.text.find("  # - {path: piis/evaluations/per_year, op: set, value: 4, "),
            std::string::npos);
  EXPECT_NE(draft.text.find("{path: ris/amount/single, op: set, value: 833.71, "), std::string::npos);
}

TEST(Skeleton, LimitsToNewFilesWhatOlderFilesHaveOtherwise) {
  // The law of 2016 left files requested before it with four evaluations.
  EXPECT_NE(
      Drafted("law-current", Language::en)
          .text.find("piis/evaluations/per_year, op: set, value: 3, unit: per_year, applies_to: new_files"),
      std::string::npos);
}

TEST(Skeleton, SpeaksTheLanguageAsked) {
  EXPECT_NE(Drafted("law-2015", Language::fr).text.find("PIIS obligatoire en dessous"), std::string::npos);
  EXPECT_NE(Drafted("law-2015", Language::nl).text.find("GPMI verplicht"), std::string::npos);
  EXPECT_EQ(Drafted("law-2015", Language::en).text.find("PIIS obligatoire"), std::string::npos);
}

}  // namespace
}  // namespace tremplin::cli
