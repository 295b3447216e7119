#include "calibration/priors.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "engine/base/errors.hpp"
#include "tests/calibration/files.hpp"
#include "tests/faults.hpp"

namespace tremplin {
namespace {

constexpr int n_draws = 20'000;

const PriorTable& shipped_priors() {
  static const PriorTable priors = load_priors(test::shipped("calibration/parameters.yaml"));
  return priors;
}

// The shipped table with the prior of `take_up` replaced; its bounds are 0 and 1.
PriorTable with_take_up(Distribution distribution, std::optional<Spike> spike = {}) {
  PriorTable priors = shipped_priors();
  const auto found =
      std::ranges::find_if(priors, [](const Prior& prior) { return prior.parameter->name == "take_up"; });
  found->distribution = distribution;
  found->spike = spike;
  return priors;
}

struct Moments {
  double mean = 0;
  double sd = 0;
  double share_at_half = 0;  // exactly 0.5
};

Moments draw_take_up(const PriorTable& priors) {
  double sum = 0;
  double squares = 0;
  int at_half = 0;
  for (int replicate = 0; replicate < n_draws; ++replicate) {
    const double value = draw_parameters(priors, {17, static_cast<std::uint32_t>(replicate)}).take_up;
    sum += value;
    squares += value * value;
    at_half += value == 0.5 ? 1 : 0;
  }
  const double mean = sum / n_draws;
  return {mean, std::sqrt(squares / n_draws - mean * mean), static_cast<double>(at_half) / n_draws};
}

// Four standard errors of the mean, sd / sqrt(n), and of the sd, sd sqrt((k - 1) / 4n) with kurtosis k
// (k <= 4 for all laws below).
void expect_moments(const Moments& drawn, double mean, double sd) {
  EXPECT_NEAR(drawn.mean, mean, 4 * sd / std::sqrt(n_draws));
  EXPECT_NEAR(drawn.sd, sd, 4 * sd * std::sqrt(3.0 / (4 * n_draws)));
}

TEST(Priors, CoverEveryParameterOfTheRegistry) {
  const PriorTable& priors = shipped_priors();
  ASSERT_EQ(priors.size(), all_parameters().size());
  for (std::size_t i = 0; i < priors.size(); ++i) {
    EXPECT_EQ(priors[i].parameter, &all_parameters()[i]);
    EXPECT_FALSE(priors[i].source.empty()) << priors[i].parameter->name;
  }
}

TEST(Priors, OfEffectsAllAllowNoEffect) {
  for (const Prior& prior : shipped_priors()) {
    if (!prior.effect) {
      EXPECT_FALSE(prior.parameter->name.starts_with("effect_")) << prior.parameter->name;
      continue;
    }
    ASSERT_TRUE(prior.spike) << prior.parameter->name;
    EXPECT_GT(prior.spike->probability, 0);
    EXPECT_EQ(prior.spike->no_effect, prior.effect->without) << prior.parameter->name;
    if (prior.parameter->unit == Unit::hazard_ratio) {
      EXPECT_EQ(prior.spike->no_effect, 1) << prior.parameter->name;
    }
  }
}

TEST(Priors, PutTheValueOfAnEffectAtItsMedianSpikeIncluded) {
  constexpr int n = 4'000;
  std::vector<Parameters> draws;
  for (std::uint32_t replicate = 0; replicate < n; ++replicate) {
    draws.push_back(draw_parameters(shipped_priors(), {3, replicate}));
  }
  for (const Prior& prior : shipped_priors()) {
    if (!prior.effect) continue;
    int below = 0;
    int at_or_below = 0;
    for (const Parameters& parameters : draws) {
      // Values are printed with three decimals.
      below += parameters.*prior.parameter->field < prior.value - 0.0005 ? 1 : 0;
      at_or_below += parameters.*prior.parameter->field <= prior.value + 0.0005 ? 1 : 0;
    }
    // Four standard errors of a share of one half: 4 x 0.5 / sqrt(n), 126 draws.
    EXPECT_LT(below, n / 2 + 127) << prior.parameter->name;
    EXPECT_GT(at_or_below, n / 2 - 127) << prior.parameter->name;
  }
}

TEST(Priors, CentralIsTheValueOfTheFile) {
  const Parameters parameters = central(shipped_priors());
  EXPECT_EQ(parameters.frailty_sd, 1.26);
  EXPECT_EQ(parameters.hours_per_fte, 929);  // facts/workload.md §2
}

TEST(Priors, DrawTheNormalLaw) {
  // Bounds 0 and 1 are ten standard deviations away.
  expect_moments(draw_take_up(with_take_up(NormalPrior{0.5, 0.05})), 0.5, 0.05);
}

TEST(Priors, DrawTheLognormalLaw) {
  // Mean m exp(s^2 / 2), sd mean sqrt(exp(s^2) - 1).
  const double mean = 0.2 * std::exp(0.02);
  expect_moments(draw_take_up(with_take_up(LognormalPrior{0.2, 0.2})), mean,
                 mean * std::sqrt(std::exp(0.04) - 1));
}

TEST(Priors, DrawTheBetaLaw) {
  // Mean a / (a + b) = 0.15; variance ab / ((a + b)^2 (a + b + 1)) = 204 / (1600 x 41).
  expect_moments(draw_take_up(with_take_up(BetaPrior{6, 34})), 0.15, std::sqrt(204.0 / (1600 * 41)));
}

TEST(Priors, DrawTheUniformLaw) {
  expect_moments(draw_take_up(with_take_up(UniformPrior{0.2, 0.8})), 0.5, 0.6 / std::sqrt(12.0));
}

TEST(Priors, DrawExactlyNoEffectAsOftenAsTheSpikeSays) {
  const Moments drawn = draw_take_up(with_take_up(UniformPrior{0.6, 0.8}, Spike{0.4, 0.5}));
  // Four standard errors of a share of 0.4: 4 sqrt(0.24 / 20,000) = 0.0139.
  EXPECT_NEAR(drawn.share_at_half, 0.4, 0.0139);
}

TEST(Priors, KeepDrawsInsideTheBoundsOfTheRegistry) {
  const Moments drawn = draw_take_up(with_take_up(NormalPrior{5, 0.1}));
  EXPECT_EQ(drawn.mean, 1);
}

TEST(Priors, DrawTheSameForTheSameReplicateWhateverTheOtherParametersDo) {
  const Luck luck{4, 2};
  const Parameters a = draw_parameters(shipped_priors(), luck);
  EXPECT_EQ(a, draw_parameters(shipped_priors(), luck));
  Parameters b = draw_parameters(with_take_up(NormalPrior{0.1, 0.01}), luck);
  EXPECT_NE(a.take_up, b.take_up);
  b.take_up = a.take_up;
  EXPECT_EQ(a, b);
}

TEST(Priors, GiveTheSameBitsOnAnyProcessor) {
  // Recorded once, printed to the last bit; a change here means that draws have moved.
  const Luck luck{17, 0};
  EXPECT_EQ(draw_parameters(with_take_up(BetaPrior{6, 34}), luck).take_up, 0x1.935f2fb3881c1p-4);
  EXPECT_EQ(draw_parameters(with_take_up(LognormalPrior{0.2, 0.2}), luck).take_up, 0x1.050d716bf51f2p-2);
}

double log_of(const Parameters& drawn, double Parameters::*hours, double median, double log_sd) {
  return std::log(drawn.*hours / median) / log_sd;
}

// The correlation of the file (0.5) between any two members, none with another parameter. The mean of
// products of n normal pairs has a standard error of sqrt((1 + r^2) / n); four of them.
TEST(Priors, MembersOfACommonErrorGoTogether) {
  constexpr int n = 4'000;
  double members = 0;
  double strangers = 0;
  double squares = 0;
  for (std::uint32_t replicate = 0; replicate < n; ++replicate) {
    const Parameters drawn = draw_parameters(shipped_priors(), {5, replicate});
    const double contract = log_of(drawn, &Parameters::hours_contract, 2.5, 0.411);
    const double hearing = log_of(drawn, &Parameters::hours_hearing, 1.0, 0.354);
    const double frailty = log_of(drawn, &Parameters::frailty_sd, 1.26, 0.05);
    members += contract * hearing / n;
    strangers += contract * frailty / n;
    squares += contract * contract / n;
  }
  EXPECT_NEAR(members, 0.5, 4 * std::sqrt(1 + 0.25) / std::sqrt(n));
  EXPECT_NEAR(strangers, 0, 4 / std::sqrt(n));
  EXPECT_NEAR(squares, 1, 4 * std::sqrt(2.0 / n)) << "the prior of one member is that of the file";
}

TEST(Priors, WhatIsGivenIsTakenAndMembersFollowTheirCommonError) {
  const PriorTable& priors = shipped_priors();
  const Luck luck{5, 2};
  const Parameters free = draw_parameters(priors, luck);
  const std::vector<std::size_t> places = {priors.find("take_up").value(),
                                           priors.find("hours_contract").value(),
                                           priors.find("working_times").value()};
  const std::vector<double> low = {0.25, 9.0, -1.0};
  const std::vector<double> high = {0.25, 9.0, 1.0};
  const Parameters a = draw_parameters(priors, luck, {places, low});
  const Parameters b = draw_parameters(priors, luck, {places, high});
  EXPECT_EQ(a.take_up, 0.25);
  EXPECT_EQ(a.hours_contract, 9);
  EXPECT_EQ(b.hours_contract, 9);
  EXPECT_EQ(a.frailty_sd, free.frailty_sd);
  // Two standard deviations of the common part: log sd .354 x sqrt(.5) x 2.
  EXPECT_NEAR(std::log(b.hours_hearing / a.hours_hearing), 0.354 * std::sqrt(0.5) * 2, 1e-12);
}

// As files of before had none.
TEST(Priors, WithoutCommonErrorsParametersAreDrawnByThemselves) {
  SourceText file = test::shipped("calibration/parameters.yaml");
  file.text.resize(file.text.rfind("common_errors:"));
  const PriorTable priors = load_priors(file);
  EXPECT_TRUE(priors.common.empty());
  EXPECT_FALSE(shipped_priors().common.empty());
  EXPECT_NE(draw_parameters(priors, {5, 2}), draw_parameters(shipped_priors(), {5, 2}));
}

TEST(Priors, NamesOfPlacesAreFoundAgain) {
  const PriorTable& priors = shipped_priors();
  EXPECT_EQ(priors.n_places(), priors.size() + common_error_names().size());
  for (std::size_t place = 0; place < priors.n_places(); ++place)
    EXPECT_EQ(priors.find(priors.name_of(place)), place);
  EXPECT_FALSE(priors.find("hours_of_nothing").has_value());
  EXPECT_EQ(priors.common_of(priors.find("hours_review").value()), priors.find("working_times"));
  EXPECT_FALSE(priors.common_of(priors.find("take_up").value()).has_value());
}

// The members are the last list of the file.
std::vector<Fault> faults_with_members(const std::string& members) {
  SourceText file = test::shipped("calibration/parameters.yaml");
  file.text.resize(file.text.rfind("members:"));
  file.text += "members: " + members + "\n";
  return test::faults_of([&] { load_priors(file); });
}

TEST(Priors, ACommonErrorIsOfNormalPriorsWithoutSpike) {
  EXPECT_TRUE(faults_with_members("[hours_review, hours_hearing]").empty());
  const auto faults = faults_with_members("[hours_revue, take_up, effect_trust_unknown]");
  ASSERT_EQ(faults.size(), 3U);
  EXPECT_EQ(faults[0].kind, FaultKind::unknown_name);
  EXPECT_EQ(faults[0].found, "hours_revue");
  EXPECT_EQ(faults[1].kind, FaultKind::inconsistent);
  EXPECT_EQ(faults[1].found, "take_up");
  EXPECT_EQ(faults[2].found, "effect_trust_unknown");
  EXPECT_EQ(faults_with_members("[hours_review]").size(), 1U);
  EXPECT_EQ(faults_with_members("[hours_review, hours_hearing, hours_review]").size(), 1U) << "twice";
}

TEST(Priors, HashNamesByFnv1a) {
  EXPECT_EQ(stable_hash(""), 0xcbf29ce484222325U);
  EXPECT_EQ(stable_hash("a"), 0xaf63dc4c8601ec8cU);  // the published test vector
}

TEST(Priors, EffectsSwitchedOffTakeTheValueOfNoneAndMoveNothingElse) {
  PriorTable priors = shipped_priors();
  const Luck luck{3, 5};
  const Parameters before = draw_parameters(priors, luck);
  switch_off(priors, effects_in("sanction,caseload"));
  Parameters after = draw_parameters(priors, luck);
  EXPECT_EQ(after.effect_sanction_job, 1);
  EXPECT_EQ(after.effect_sanction_unknown, 1);
  EXPECT_EQ(after.trust_loss_sanction, 0);
  EXPECT_EQ(after.quality_hours, 0);
  EXPECT_EQ(after.drop_out_unguided, 1);
  EXPECT_EQ(central(priors).quality_hours, 0);
  for (const Prior& prior : shipped_priors()) {
    const auto off = effects_in("sanction,caseload");
    const bool is_off =
        prior.effect && std::ranges::find(off, effect_names()[prior.effect->number]) != off.end();
    const auto field = prior.parameter->field;
    if (is_off) {
      EXPECT_EQ(after.*field, prior.effect->without) << prior.parameter->name;
      after.*field = before.*field;
    }
  }
  EXPECT_EQ(after, before);
}

TEST(Priors, EveryEffectOfTheRegistryHasAParameterAndEverySpikeAnEffect) {
  std::set<std::size_t> found;
  for (const Prior& prior : shipped_priors()) {
    if (prior.effect) found.insert(prior.effect->number);
    EXPECT_EQ(prior.spike.has_value() && !prior.effect, false) << prior.parameter->name;
  }
  EXPECT_EQ(found.size(), effect_names().size());
}

TEST(Priors, ListsOfEffectsAreReadOnceInTheOrderOfTheRegistry) {
  EXPECT_EQ(effects_in(""), std::vector<std::string>{});
  EXPECT_EQ(effects_in("contract,sanction,contract"), (std::vector<std::string>{"sanction", "contract"}));
  EXPECT_EQ(effects_in("all").size(), effect_names().size());
  EXPECT_THROW(effects_in("sanctoin"), InputError);
  EXPECT_THROW(effects_in("sanction,,contract"), InputError);
}

TEST(Priors, TellEveryFaultOfAFile) {
  const std::string text =
      "take_upp:\n  value: 1\n  class: data\n  prior: {fixed: true}\n  source: x\n"
      "grant_share:\n  value: 2\n  class: guess\n  prior: {gamma: [1, 2]}\n";
  std::vector<Fault> faults;
  try {
    load_priors({"p.yaml", text});
  } catch (const InputError& error) {
    faults = error.faults();
  }
  const auto told = [&](FaultKind kind, std::string_view key) {
    return std::ranges::any_of(
        faults, [&](const Fault& fault) { return fault.kind == kind && fault.key.starts_with(key); });
  };
  EXPECT_TRUE(told(FaultKind::unknown_key, "take_upp"));
  EXPECT_TRUE(told(FaultKind::missing_key, "take_up"));
  EXPECT_TRUE(told(FaultKind::out_of_range, "grant_share.value"));
  EXPECT_TRUE(told(FaultKind::missing_key, "grant_share.prior"));
  EXPECT_TRUE(told(FaultKind::missing_key, "grant_share.source"));
}

}  // namespace
}  // namespace tremplin
