#include "cli/options.hpp"

#include <gtest/gtest.h>

#include "engine/base/errors.hpp"

namespace tremplin::cli {
namespace {

using Words = std::vector<std::string>;

std::vector<Fault> faults_of(const Arguments& arguments) {
  try {
    run_options(arguments);
  } catch (const InputError& error) {
    return error.faults();
  }
  return {};
}

TEST(RunOptions, DefaultsAreTenReplicatesOfTheWholeCountryTo2020) {
  const RunOptions options = run_options({});
  EXPECT_EQ(options.n_replicates, 10);
  EXPECT_EQ(options.sample, 1.0);
  EXPECT_EQ(options.plan.report_from, Month(2003, 1));
  EXPECT_EQ(options.plan.report_until, Month(2021, 1));
  EXPECT_EQ(options.plan.luck.seed, 1U);
  EXPECT_FALSE(options.fixed_parameters);
}

TEST(RunOptions, TheLastMonthIsReportedToo) {
  Arguments arguments;
  arguments.from = "2014-06";
  arguments.to = "2014-06";
  const RunOptions options = run_options(arguments);
  EXPECT_EQ(options.plan.report_until - options.plan.report_from, 1);
}

TEST(RunOptions, ReadsEverySeed) {
  Arguments arguments;
  arguments.seed = "18446744073709551615";
  EXPECT_EQ(run_options(arguments).plan.luck.seed, UINT64_MAX);
}

TEST(RunOptions, AllFaultsAreToldAtOnce) {
  Arguments arguments;
  arguments.replicates = "0";
  arguments.seed = "-1";
  arguments.threads = "four";
  arguments.sample = "1.5";
  arguments.from = "2014-13";
  arguments.to = "2014";
  const auto faults = faults_of(arguments);
  ASSERT_EQ(faults.size(), 6U);
  for (const Fault& fault : faults) {
    EXPECT_EQ(fault.kind, FaultKind::bad_option);
    EXPECT_FALSE(fault.expected.empty());
  }
}

TEST(RunOptions, NumbersAreReadWhole) {
  for (const char* text : {"10x", "1e1", " 10", "0x10", "10.0", ""}) {
    Arguments arguments;
    arguments.replicates = text;
    EXPECT_EQ(faults_of(arguments).size(), *text == '\0' ? 0U : 1U) << text;
  }
  for (const char* text : {"nan", "inf", "0", "-0.5"}) {
    Arguments arguments;
    arguments.sample = text;
    EXPECT_EQ(faults_of(arguments).size(), 1U) << text;
  }
}

TEST(RunOptions, TheEndIsNotBeforeTheStart) {
  Arguments arguments;
  arguments.from = "2015-02";
  arguments.to = "2015-01";
  const auto faults = faults_of(arguments);
  ASSERT_EQ(faults.size(), 1U);
  EXPECT_EQ(faults[0].key, "--to");
  EXPECT_EQ(faults[0].expected, ">= 2015-02 (--from)");
}

TEST(ReproducingCommand, LeavesOutWhatDoesNotMoveResults) {
  Arguments arguments;
  arguments.command = "compare";
  arguments.base = "law-2015";
  arguments.reforms = {"generalisation"};
  arguments.replicates = "3";
  arguments.threads = "2";
  arguments.out = "elsewhere";
  arguments.lang = "nl";
  arguments.fixed_parameters = true;
  EXPECT_EQ(reproducing_command(arguments),
            "./tremplin compare law-2015 generalisation --replicates 3 --fixed-parameters");
}

TEST(RunOptions, ASnapshotStandsWithinThePlan) {
  Arguments arguments;
  arguments.command = "snapshot";
  arguments.base = "law-2015";
  arguments.at = "2016-11";
  EXPECT_EQ(run_options(arguments).snapshot_at, Month(2016, 11));
  EXPECT_EQ(reproducing_command(arguments), "./tremplin snapshot law-2015 --at 2016-11");
  arguments.to = "2016-10";
  const auto faults = faults_of(arguments);
  ASSERT_EQ(faults.size(), 1U);
  EXPECT_EQ(faults[0].key, "--at");
}

TEST(ChooseLanguage, TheOptionWinsOverTheEnvironment) {
  EXPECT_EQ(choose_language(Words{"run", "--lang", "nl"}, "fr_BE.UTF-8"), Language::nl);
  EXPECT_EQ(choose_language(Words{"run", "--lang=fr"}, ""), Language::fr);
  EXPECT_EQ(choose_language(Words{"run"}, "nl_BE.UTF-8"), Language::nl);
  EXPECT_EQ(choose_language(Words{"run"}, "C.UTF-8"), Language::en);
  EXPECT_EQ(choose_language(Words{}, "de_BE"), Language::en);
}

TEST(ChooseLanguage, AnUnknownLanguageIsRefused) {
  try {
    choose_language(Words{"--lang", "de"}, "");
    FAIL();
  } catch (const InputError& error) {
    EXPECT_EQ(error.faults().at(0).found, "de");
    EXPECT_EQ(error.faults().at(0).expected, "fr | nl | en");
  }
}

TEST(ReproducingCommand, OfOnesOwnCpasNamesItsFileAndItsBase) {
  Arguments arguments;
  arguments.command = "cpas run";
  arguments.file = "mine.yaml";
  arguments.base = "law-2015";
  arguments.reforms = {"generalisation"};
  arguments.replicates = "40";
  EXPECT_EQ(reproducing_command(arguments),
            "./tremplin cpas run mine.yaml generalisation --base law-2015 --replicates 40");
}

}  // namespace
}  // namespace tremplin::cli
