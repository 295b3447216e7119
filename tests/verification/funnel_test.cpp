// From the request to the suspension, each step takes its share of those who reach it. Oracle: the binomial
// law of every conditional share. A step that asked another step's word would still take its share of all
// people, but not of those who come through the steps before it: this is where two decisions on one word are
// seen.
#include <gtest/gtest.h>

#include <cmath>

#include "tests/verification/bounds.hpp"
#include "tests/verification/worlds.hpp"

namespace tremplin {
namespace {

constexpr int n_steps = 11;

void expect_share(std::int64_t part, std::int64_t whole, double p, const char* what) {
  const auto n = static_cast<double>(whole);
  ASSERT_GT(whole, 300) << what;
  EXPECT_NEAR(static_cast<double>(part) / n, p, test::normal_bound(n_steps) * std::sqrt(p * (1 - p) / n))
      << what;
}

// Homeless people of 25 to 39, single, with a contract for everybody; nobody leaves; hours for everything.
struct Funnel {
  World world = test::without_scarcity(test::small_world(9, 1));
  Parameters parameters = test::bare_parameters();
  Rules rules = test::rules_of_2002();
  Plan plan = test::small_plan();

  Funnel() {
    world.margins.age = {0, 1, 0, 0, 0};
    world.margins.category = {{{0, 1, 0}, {0, 1, 0}}};
    world.margins.homeless = 1;
    for (Office& office : world.offices) {
      office.caseload_2013 = 1200;
      office.equivalent_2013 = 0;
      office.practice.policy = ContractPolicy::law_only;
      office.practice.p_exempt_homeless = 0.5;
      office.practice.sanctions = SanctionHabit::often;
      office.practice.sanction_kinds = {0.3, 0.7, 0, 0};
      office.practice.evaluation_regularity = 1;
    }
    Parameters& p = parameters;
    p.entry_rate = p.take_up = 1;
    p.grant_share = 0.8;
    p.refusal_disposition_share = 0.25;
    p.health_limited = 0;
    p.breach = 0.1;
    p.contract_compliance = 1;
    rules.piis_under_age = 120;
    rules.piis_exempted = 1;
    rules.sanction_guard = 1;
    rules.sanction_alternative_share = 0.25;
    plan.report_from = plan.burn_in_from;
    plan.report_until = plan.burn_in_from + 18;
    test::only_inflow_in(world, plan.burn_in_from);
  }
};

TEST(Funnel, EveryStepTakesItsShareOfThoseWhoReachIt) {
  const Funnel funnel;
  const Parameters& p = funnel.parameters;
  const RulesTable table = test::table_of(funnel.rules);
  const RunResult r = test::run(funnel.world, p, {&table}, funnel.plan)[0];
  const auto count = [&](Tally tally) { return test::total(r, tally); };

  expect_share(count(Tally::grants), count(Tally::requests), p.grant_share, "granted");
  expect_share(count(Tally::refusals_disposition), count(Tally::refusals), p.refusal_disposition_share,
               "refused for want of disposition");
  expect_share(count(Tally::exemptions_proposed), count(Tally::grants) + count(Tally::exemptions_reviewed),
               0.5, "proposed for an exemption, at the grant and at reviews");
  expect_share(count(Tally::exemptions_overruled), count(Tally::exemptions_proposed), p.council_overrules,
               "overruled by the council");
  expect_share(count(Tally::exemptions_as_health), count(Tally::exemptions_overruled),
               p.equity_returns_as_health, "back as a health ground");
  expect_share(count(Tally::breaches_excused), count(Tally::breaches), p.breach_excused, "excused");
  // A notice is heard in the next month unless it settles the matter: those of the last month are not yet.
  const std::int64_t last = test::in_month(r, r.n_months - 1, Tally::notices);
  expect_share(count(Tally::hearings), count(Tally::notices) - last, 1 - p.notice_suffices, "heard");
  const std::int64_t sanctioned = count(Tally::hearings) - count(Tally::sanctions_dropped);
  expect_share(sanctioned, count(Tally::hearings),
               p.sanction_rate * (1 - p.unjustified_share * p.guard_halts), "sanctioned");
  expect_share(count(Tally::sanctions_alternative), sanctioned, 0.25, "alternative");
  const std::int64_t suspended = count(Tally::sanctions_partial) + count(Tally::sanctions_full);
  expect_share(count(Tally::sanctions_sursis), count(Tally::sanctions_sursis) + suspended, p.sursis_share,
               "execution suspended");
  expect_share(count(Tally::sanctions_partial), suspended, 0.3, "partial");
  // Of the unjustified, the guard lets some through.
  const double let_through = p.unjustified_share * (1 - p.guard_halts);
  const double unjustified = let_through / (1 - p.unjustified_share + let_through);
  expect_share(count(Tally::sanctions_unjustified), suspended, unjustified, "unjustified");
  expect_share(count(Tally::appeals), suspended,
               unjustified * p.appeals_unjustified + (1 - unjustified) * p.appeals_justified, "appealed");
}

}  // namespace
}  // namespace tremplin
