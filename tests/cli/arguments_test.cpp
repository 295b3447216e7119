#include <gtest/gtest.h>

#include "cli/options.hpp"
#include "engine/base/errors.hpp"

namespace tremplin::cli {
namespace {

using Words = std::vector<std::string>;

Arguments parsed(const Words& words) { return parse_arguments(words, Language::en).arguments; }

std::vector<Fault> faults_of(const Words& words) {
  try {
    parse_arguments(words, Language::en);
  } catch (const InputError& error) {
    return error.faults();
  }
  return {};
}

TEST(Arguments, CompareTakesABaseAndSeveralReforms) {
  const Arguments arguments = parsed(
      {"compare", "law-2015", "generalisation", "no-sanctions+spi-three-years", "--seed", "7", "--json"});
  EXPECT_EQ(arguments.command, "compare");
  EXPECT_EQ(arguments.base, "law-2015");
  EXPECT_EQ(arguments.reforms, (Words{"generalisation", "no-sanctions+spi-three-years"}));
  EXPECT_EQ(arguments.seed, "7");
  EXPECT_TRUE(arguments.json);
  EXPECT_EQ(arguments.out, "results");
}

TEST(Arguments, AReformMayBeNamedInsteadOfPlaced) {
  EXPECT_EQ(parsed({"compare", "law-2015", "--reform", "a+b"}).reforms, Words{"a+b"});
  EXPECT_EQ(parsed({"compare", "law-2015", "--reform=a+b"}).base, "law-2015");
  EXPECT_EQ(parsed({"compare", "law-2015", "a", "--reform", "b"}).reforms, (Words{"a", "b"}));
  EXPECT_EQ(parsed({"winners", "law-2015", "--reform", "a+b"}).reforms, Words{"a+b"});
}

TEST(Arguments, AMissingOneIsCalledAsTheUserWritesIt) {
  const auto missing = [](const Words& words) {
    const auto faults = faults_of(words);
    return faults.empty() ? std::string() : faults[0].key;
  };
  EXPECT_EQ(missing({"compare", "law-2015"}), "REFORM");
  EXPECT_EQ(missing({"run"}), "BASE");
  EXPECT_EQ(missing({"snapshot", "law-2015"}), "--at");
}

TEST(Arguments, OptionsMayComeBeforeTheArgumentsAndWithAnEqualsSign) {
  const Arguments arguments =
      parsed({"compare", "--replicates=3", "law-2015", "--out=a b", "generalisation"});
  EXPECT_EQ(arguments.replicates, "3");
  EXPECT_EQ(arguments.out, "a b");
  EXPECT_EQ(arguments.reforms, Words{"generalisation"});
}

TEST(Arguments, NestedCommandsHaveTheirFullName) {
  EXPECT_EQ(parsed({"scenario", "list"}).command, "scenario list");
  const Arguments law = parsed({"law", "show", "ris/amount/single", "--at", "2013-09-01"});
  EXPECT_EQ(law.command, "law show");
  EXPECT_EQ(law.path, "ris/amount/single");
  EXPECT_EQ(law.at, "2013-09-01");
}

TEST(Arguments, AMisspeltCommandNamesTheNearestOne) {
  const auto faults = faults_of({"compar", "law-2015", "generalisation"});
  ASSERT_FALSE(faults.empty());
  EXPECT_EQ(faults[0].kind, FaultKind::unknown_name);
  EXPECT_EQ(faults[0].found, "compar");
  EXPECT_EQ(faults[0].nearest, "compare");
}

TEST(Arguments, AMisspeltOptionNamesTheNearestOne) {
  const auto faults = faults_of({"compare", "law-2015", "generalisation", "--replicats", "5"});
  ASSERT_FALSE(faults.empty());
  EXPECT_EQ(faults[0].kind, FaultKind::unknown_name);
  EXPECT_EQ(faults[0].found, "--replicats");
  EXPECT_EQ(faults[0].nearest, "--replicates");
}

TEST(Arguments, AMissingReformIsNamed) {
  const auto faults = faults_of({"compare", "law-2015"});
  ASSERT_EQ(faults.size(), 1U);
  EXPECT_EQ(faults[0].kind, FaultKind::missing_option);
  EXPECT_EQ(faults[0].key, "REFORM");
}

TEST(Arguments, ACommandWithinACommandIsNamedInFull) {
  const auto faults = faults_of({"scenario", "show"});
  ASSERT_EQ(faults.size(), 1U);
  EXPECT_EQ(faults[0].source, "scenario show");
  EXPECT_EQ(faults[0].key, "NAME");
}

TEST(Arguments, AnOptionWithoutItsValueIsNamed) {
  const auto faults = faults_of({"compare", "law-2015", "generalisation", "--seed"});
  ASSERT_EQ(faults.size(), 1U);
  EXPECT_EQ(faults[0].kind, FaultKind::missing_option);
  EXPECT_EQ(faults[0].key, "--seed");
}

TEST(Arguments, HelpIsInTheLanguageAndNamesEveryCommand) {
  for (const Language language : {Language::fr, Language::nl, Language::en}) {
    const Parsed help = parse_arguments(Words{"--help"}, language);
    ASSERT_TRUE(help.print.has_value());
    for (const char* command :
         {"compare", "run", "targets", "inspect", "report", "scenario", "law", "bench"}) {
      EXPECT_NE(help.print->find(command), std::string::npos) << command;
    }
  }
  EXPECT_NE(parse_arguments(Words{"--help"}, Language::fr).print->find("Commandes"), std::string::npos);
  EXPECT_NE(parse_arguments(Words{"--help"}, Language::nl).print->find("Opdrachten"), std::string::npos);
}

TEST(Arguments, AFlagWithAValueIsNamedWithIt) {
  const auto faults = faults_of({"compare", "law-2015", "generalisation", "--quiet=maybe"});
  ASSERT_EQ(faults.size(), 1U);
  EXPECT_EQ(faults[0].kind, FaultKind::bad_option);
  EXPECT_EQ(faults[0].key, "--quiet");
  EXPECT_EQ(faults[0].found, "maybe");
}

TEST(Arguments, AfterAnUnknownCommandNothingElseIsJudged) {
  const auto faults = faults_of({"compar", "law-2015", "generalisation"});
  ASSERT_EQ(faults.size(), 1U);
  EXPECT_EQ(faults[0].nearest, "compare");
}

TEST(Arguments, HelpOfACommandIsItsOwnAndTellsDefaults) {
  const Parsed help = parse_arguments(Words{"compare", "--help"}, Language::en);
  ASSERT_TRUE(help.print.has_value());
  for (const char* part :
       {"Usage: tremplin compare [Options] BASE REFORM...", "--fixed-parameters",
        "Number of replicates; default 10", "First month reported; default 2003-01",
        "Last month reported; default 2020-12", "Folder for the results; default results"}) {
    EXPECT_NE(help.print->find(part), std::string::npos) << part << '\n' << *help.print;
  }
  EXPECT_NE(parse_arguments(Words{"law", "show", "--help"}, Language::nl)
                .print->find("tremplin law show [Opties] PATH"),
            std::string::npos);
  EXPECT_NE(parse_arguments(Words{"bench", "--help"}, Language::en).print->find("replicates; default 1\n"),
            std::string::npos);
}

TEST(Arguments, NoHelpHoldsEnglishInAnotherLanguage) {
  for (const Language language : {Language::fr, Language::nl}) {
    for (const char* command : {"compare", "run", "targets", "inspect", "report", "registry", "bench"}) {
      const std::string help = *parse_arguments(Words{command, "--help"}, language).print;
      for (const char* english : {"REQUIRED", "default", " the ", "Usage:", "TEXT"}) {
        EXPECT_EQ(help.find(english), std::string::npos) << help;
      }
    }
  }
}

TEST(Arguments, NothingTypedShowsTheHelp) {
  EXPECT_TRUE(parse_arguments(Words{}, Language::en).print.has_value());
  EXPECT_TRUE(parse_arguments(Words{"law"}, Language::en).print.has_value());
}

TEST(Arguments, TheVersionIsPrinted) {
  EXPECT_EQ(parse_arguments(Words{"--version"}, Language::en).print, "tremplin " TREMPLIN_VERSION "\n");
}

}  // namespace
}  // namespace tremplin::cli
