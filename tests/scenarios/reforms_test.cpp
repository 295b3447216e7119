// The expected outcome of each reform in the tree: every lever that it moves on the law of 2015, in June
// 2017, for a file requested in January 2017. A reform without an entry here fails.
#include <gtest/gtest.h>

#include <array>
#include <map>

#include "engine/law/amounts.hpp"
#include "scenarios/compose.hpp"
#include "scenarios/spheres.hpp"
#include "tests/scenarios/support.hpp"

namespace tremplin {
namespace {

using Moves = std::map<std::string, double>;

const std::map<std::string, Moves> expected = {
    {"alternatives", {{"sanction/alternative_share", 1}}},
    {"broad-exemptions", {{"exemption/breadth", 2}}},
    {"case-by-case", {{"piis/scope/left_to_worker", 1}, {"piis/scope/under_age", 0}}},
    {"caseload-norm-70", {{"staff/files_per_worker_norm", 70}}},
    {"community-service-mandatory", {{"community_service/rule", 2}}},
    {"community-service-sanctionable", {{"community_service/rule", 3}}},
    {"community-service-voluntary", {{"community_service/rule", 1}}},
    {"exemptions-decoupled", {{"piis/scope/exempted_from_work", 1}}},
    {"expert-commission",
     {{"piis/information_document", 1},
      {"piis/electronic_file", 1},
      {"piis/guidance_means_fte_per_1000", 3}}},
    {"exploratory-period", {{"piis/delay/from_grant", 1}, {"subsidy/piis/from_grant", 1}}},
    {"generalisation",
     {{"piis/scope/under_age", 120},
      {"piis/scope/equivalent_income", 1},
      {"piis/scope/exempted_from_work", 1}}},
    {"generalisation-with-means",
     {{"piis/scope/under_age", 120},
      {"piis/scope/equivalent_income", 1},
      {"piis/scope/exempted_from_work", 1},
      {"piis/guidance_means_fte_per_1000", 5},
      {"piis/worker_training", 1},
      {"social_activation/places", 2},
      {"piis/electronic_file", 1}}},
    {"graded-sanctions",
     {{"sanction/start_delay_months", 0},
      {"sanction/partial_withheld", 0.25},
      {"sanction/alternative_share", 0.5},
      {"sanction/days", 7},
      {"sanction/made_partial", 0.5}}},
    {"half-yearly-evaluation",
     {{"piis/evaluations/per_year", 2},
      {"piis/evaluations/face_to_face", 2},
      {"piis/annex_allowed", 1},
      {"piis/signature", 0}}},
    {"harmonised-exemptions", {{"exemption/harmonisation", 1}}},
    {"information-for-all", {{"piis/information_document", 1}}},
    {"law-2016",
     {{"piis/scope/novelty_months", 3},
      {"piis/evaluations/per_year", 3},
      {"piis/evaluations/face_to_face", 2},
      {"subsidy/piis/general", 0.1},
      {"subsidy/piis/training_floor", 0},
      {"subsidy/piis/training_months", 0},
      {"community_service/rule", 1}}},
    {"no-sanctions", {{"sanction/allowed", 0}}},
    {"requests-up-by-a-fifth", {{"inflow/factor", 1.2}}},
    {"piis-bands-2028", {}},  // nothing before 2028: see below
    {"procedural-guard", {{"sanction/procedural_guard", 1}}},
    {"research-team",
     {{"piis/information_document", 1},
      {"piis/delay/from_grant", 1},
      {"piis/annex_allowed", 1},
      {"piis/electronic_file", 1},
      {"sanction/allowed", 0},
      {"piis/coupled_to_grant", 0},
      {"piis/coupled_to_disposition", 0},
      {"piis/guidance_means_fte_per_1000", 3}}},
    {"spi-three-years", {{"spi/window_months", 36}}},
    {"strict-exemptions", {{"exemption/breadth", 0.5}}},
    {"strict-sanctions",
     {{"sanction/max_months", 3},
      {"sanction/max_months_repeated", 6},
      {"sanction/start_delay_months", 0},
      {"sanction/sursis_allowed", 0},
      {"sanction/propensity", 2}}},
    {"unemployment-limit-2026", {}},  // nothing before 2026: see below
    {"thematic-widening",
     {{"sanction/grounds/social_activation", 0},
      {"social_activation/places", 1.5},
      {"piis/guidance_means_fte_per_1000", 3}}},
};

Rules rules_with(const std::vector<Scenario>& reforms) {
  const Scenario base = load_scenario_named(test::root, "law-2015").scenario;
  const RulesTable table = rules_table(test::law(), base, reforms, Month(2017, 1), Month(2018, 1));
  return table.at(Month(2017, 6), {}, table.page_of(Month(2017, 1)));
}

TEST(Reforms, EachMovesExactlyTheLeversThatItNames) {
  const Rules before = rules_with({});
  for (const ScenarioSummary& summary : list_scenarios(test::root)) {
    if (summary.kind == ScenarioKind::base) continue;
    ASSERT_TRUE(expected.contains(summary.name)) << summary.name << " has no expected outcome";
    const Rules after = rules_with({load_scenario_named(test::root, summary.name).scenario});
    Moves moves;
    for (const Lever& lever : all_levers()) {
      if (lever.get(after) != lever.get(before)) moves[std::string(lever.path)] = lever.get(after);
    }
    EXPECT_EQ(moves, expected.at(summary.name)) << summary.name;
  }
}

// news.belgium.be: requests of the first half of 2026 at 100 %, 90 % in 2027, 80 % in 2028, 75 % from 2029;
// later ones 15 points more. uvcw.be: 117,000 people until June 2026, 63 % of all.
TEST(Reforms, TheLimitOf2026CompensatesByTheDateOfTheRequest) {
  const Scenario base = load_scenario_named(test::root, "law-current").scenario;
  const std::vector<Scenario> limit = {load_scenario_named(test::root, "unemployment-limit-2026").scenario};
  const RulesTable table = rules_table(test::law(), base, limit, Month(2025, 1), Month(2030, 1));
  const auto rules = [&](Month month, Month requested) {
    return table.at(month, {Region::wallonia, SizeClass::from_20k}, table.page_of(requested));
  };
  const std::array shares = {1.0, 0.9, 0.8, 0.75};
  for (int year = 2026; year < 2030; ++year) {
    const Rules first = rules(Month(year, 12), Month(2026, 3));
    EXPECT_EQ(first.reimbursement_ended_kind, 1) << year;
    EXPECT_EQ(first.reimbursement_ended_share, shares[static_cast<std::size_t>(year - 2026)]) << year;
    const Rules later = rules(Month(year, 12), Month(2026, 9));
    EXPECT_EQ(later.reimbursement_ended_kind, 2) << year;
    EXPECT_EQ(later.reimbursement_ended_added, 0.15) << year;
    EXPECT_EQ(rules(Month(year, 12), Month(2025, 3)).reimbursement_ended_kind, 0) << year;
  }
  double until_june = 0;
  double all = 0;
  for (Month month(2026, 1); month < Month(2030, 1); ++month) {
    const double ended = rules(month, month).benefits_ended * 98.65;  // thousands of people paid in 2013
    all += ended;
    if (month < Month(2026, 7)) until_june += ended;
  }
  EXPECT_NEAR(until_june, 117'000, 20);  // values have one decimal, in four months and more
  EXPECT_NEAR(until_june / all, 0.63, 0.005);
}

// Published rates, 5 to 15 % by bands of twenty points, against the 10 % of the law of 2016.
TEST(Reforms, TheBandsOf2028GiveTheirPublishedRates) {
  const Scenario base = load_scenario_named(test::root, "law-current").scenario;
  const std::vector<Scenario> bands = {load_scenario_named(test::root, "piis-bands-2028").scenario};
  const RulesTable table = rules_table(test::law(), base, bands, Month(2027, 1), Month(2029, 1));
  const std::array coverages = {0.1, 0.3, 0.5, 0.7, 0.9};
  const std::array rates = {0.05, 0.075, 0.1, 0.125, 0.15};
  for (std::size_t band = 0; band < rates.size(); ++band) {
    const auto subsidy = [&](Month month) {
      const Rules& rules = table.at(month, {}, table.page_of(month));
      return amounts_of(rules, coverages[band]).subsidy_general;
    };
    EXPECT_EQ(subsidy(Month(2027, 12)), millionths_of(0.1));
    EXPECT_EQ(subsidy(Month(2028, 1)), millionths_of(rates[band]));
  }
}

// Practice and shocks are no law: where the law's files say that a lever is law, it is neither.
TEST(Spheres, WhatIsLawIsNeitherPracticeNorWhatHappens) {
  int of_practice = 0;
  for (const Lever& lever : all_levers()) {
    const Sphere sphere = sphere_of(lever.path);
    if (sphere != Sphere::law) {
      EXPECT_NE(test::law().history(lever.path).value_class, ValueClass::law) << lever.path;
    }
    of_practice += sphere == Sphere::practice;
  }
  EXPECT_EQ(of_practice, 28);  // each of the table's names is a lever
}

TEST(Spheres, APracticeOrAShockKeepsToItsOwn) {
  const auto faults = [](const std::string& kind, const std::string& path, const std::string& value) {
    std::string text = test::reform_text("r", test::change(path, "set", value));
    text.replace(text.find("reform"), 6, kind);
    return test::faults_of([&] { load_scenario({"r.yaml", text}); });
  };
  EXPECT_TRUE(faults("practice", "exemption/harmonisation", "1").empty());
  EXPECT_TRUE(faults("shock", "inflow/under_25", "1.5").empty());
  EXPECT_TRUE(faults("reform", "inflow/under_25", "1.5").empty());
  for (const auto& [kind, path] :
       {std::pair("practice", "piis/delay/months"), std::pair("practice", "inflow/factor"),
        std::pair("shock", "exemption/harmonisation")}) {
    const auto found = faults(kind, path, "1");
    ASSERT_EQ(found.size(), 1U) << path;
    EXPECT_EQ(found[0].kind, FaultKind::inconsistent);
    EXPECT_EQ(found[0].line, 10);
    EXPECT_EQ(found[0].expected, "kind: reform");
  }
}

// A habit of councils, a shock and a law stand on one base together, in any order.
TEST(Spheres, KindsCompose) {
  const auto rules = [](const std::string& names) {
    std::vector<Scenario> differences;
    for (const std::string& name : split_names(names))
      differences.push_back(load_scenario_named(test::root, name).scenario);
    return rules_with(differences);
  };
  const Rules all = rules("generalisation+harmonised-exemptions+requests-up-by-a-fifth");
  EXPECT_EQ(all, rules("requests-up-by-a-fifth+generalisation+harmonised-exemptions"));
  EXPECT_EQ(all.piis_under_age, 120);
  EXPECT_EQ(all.exemption_harmonisation, 1);
  EXPECT_EQ(all.inflow_factor, 1.2);
}

TEST(Reforms, EveryExpectedOutcomeHasItsFile) {
  for (const auto& [name, moves] : expected) EXPECT_NO_THROW(load_scenario_named(test::root, name)) << name;
}

// Reforms that move different things can be combined: the first step of a user's own scenario.
TEST(Reforms, CombineWhereTheyDoNotContradict) {
  for (const char* names :
       {"generalisation+caseload-norm-70", "no-sanctions+harmonised-exemptions",
        "law-2016+alternatives+broad-exemptions", "half-yearly-evaluation+procedural-guard"}) {
    std::vector<Scenario> reforms;
    for (const std::string& name : split_names(names)) {
      reforms.push_back(load_scenario_named(test::root, name).scenario);
    }
    EXPECT_NO_THROW(rules_with(reforms)) << names;
  }
}

}  // namespace
}  // namespace tremplin
