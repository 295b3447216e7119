#include "scenarios/fault_text.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "scenarios/yaml/faults.hpp"

namespace tremplin {
namespace {

constexpr int n_kinds = static_cast<int>(FaultKind::before_snapshot) + 1;
constexpr std::array languages = {Language::fr, Language::nl, Language::en};

Fault full(FaultKind kind) {
  return {kind, "reforms/mine.yaml", 12, 5, "changes[0].value", "1.5", "0 .. 1", "scale"};
}

TEST(FaultText, EveryKindHasItsOwnSentenceInThreeLanguages) {
  std::set<std::string> sentences;
  for (int kind = 0; kind < n_kinds; ++kind) {
    for (const Language language : languages) {
      const std::string text = describe(full(static_cast<FaultKind>(kind)), language);
      EXPECT_TRUE(sentences.insert(text).second) << text;
      EXPECT_EQ(text.find("{}"), std::string::npos) << text;
      EXPECT_TRUE(text.starts_with("reforms/mine.yaml:12:5: ")) << text;
      EXPECT_NE(text.find("0 .. 1"), std::string::npos) << text;
      EXPECT_NE(text.find("scale"), std::string::npos) << text;
      EXPECT_TRUE(text.ends_with('.')) << text;
    }
  }
  EXPECT_EQ(sentences.size(), static_cast<std::size_t>(n_kinds) * languages.size());
}

TEST(FaultText, EveryExpectationInWordsIsTranslated) {
  for (const std::string_view fact : expects::all) {
    std::set<std::string> texts;
    for (const Language language : languages) {
      Fault fault = full(FaultKind::wrong_type);
      fault.expected = fact;
      texts.insert(describe(fault, language));
    }
    EXPECT_EQ(texts.size(), languages.size()) << fact;
  }
}

TEST(FaultText, SaysWhereWhatAndWhatInstead) {
  EXPECT_EQ(describe(full(FaultKind::out_of_range), Language::en),
            "reforms/mine.yaml:12:5: changes[0].value: “1.5” is out of range. Expected: 0 .. 1. "
            "The nearest name is “scale”.");
  EXPECT_EQ(describe(full(FaultKind::out_of_range), Language::fr),
            "reforms/mine.yaml:12:5: changes[0].value: « 1.5 » est hors des limites. Attendu : 0 .. 1. "
            "Le nom le plus proche est « scale ».");
}

TEST(FaultText, PutsTheSystemsReasonsIntoTheLanguage) {
  const Fault fault{.kind = FaultKind::unreadable, .source = "run.h5", .found = "No such file or directory"};
  EXPECT_EQ(describe(fault, Language::fr),
            "run.h5: lecture impossible : ce fichier ou ce dossier n’existe pas.");
  EXPECT_EQ(describe(fault, Language::nl),
            "run.h5: kan niet worden gelezen: dit bestand of deze map bestaat niet.");
  EXPECT_EQ(describe(fault, Language::en), "run.h5: cannot be read: no such file or folder.");
}

TEST(FaultText, PutsTheUnitOfARangeIntoTheLanguage) {
  Fault fault = full(FaultKind::out_of_range);
  fault.expected = "0 .. 120 years";
  EXPECT_NE(describe(fault, Language::fr).find("Attendu : 0 .. 120 ans."), std::string::npos);
  EXPECT_NE(describe(fault, Language::nl).find("Verwacht: 0 .. 120 jaar."), std::string::npos);
}

TEST(FaultText, SaysThatALibrarySpeaksEnglish) {
  Fault fault{
      .kind = FaultKind::unreadable, .source = "mine.yaml", .found = "end of sequence flow not found"};
  EXPECT_EQ(describe(fault, Language::fr),
            "mine.yaml: lecture impossible : une liste entre crochets n’est pas fermée par ].");
  fault.found = "bad character found while scanning hex number";
  EXPECT_NE(describe(fault, Language::nl).find("melding van een bibliotheek, in het Engels"),
            std::string::npos);
}

TEST(FaultText, ASnapshotOfAnotherPastSaysWhatTheUserCanDo) {
  const Fault fault{
      .kind = FaultKind::other_past, .source = "past.h5", .key = "--sample", .found = "0.1", .expected = "1"};
  EXPECT_EQ(
      describe(fault, Language::en),
      "past.h5: --sample: this snapshot was made with “0.1”. Here it is “1”. Give --sample 0.1, or make "
      "another snapshot.");
}

TEST(FaultText, LeavesOutWhatIsNotKnown) {
  Fault fault;
  fault.kind = FaultKind::unknown_name;
  fault.found = "generalization";
  fault.nearest = "generalisation";
  EXPECT_EQ(describe(fault, Language::en),
            "there is no name “generalization”. The nearest name is “generalisation”.");
}

TEST(FaultText, ShowsBracesOfTheUserAsTheyAre) {
  Fault fault = full(FaultKind::wrong_type);
  fault.found = "{0} {name}";
  EXPECT_NE(describe(fault, Language::en).find("{0} {name}"), std::string::npos);
}

TEST(FaultText, PutsEachFaultOnItsLine) {
  const InputError error({full(FaultKind::bad_date), full(FaultKind::unknown_key)});
  const std::string text = describe_all(error, Language::nl);
  EXPECT_EQ(std::ranges::count(text, '\n'), 2);
}

}  // namespace
}  // namespace tremplin
