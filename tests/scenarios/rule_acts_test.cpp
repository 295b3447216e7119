// Round trip of the rules: the acts since 2002, applied one after another to the law of 2002, give every
// value of scenarios/law/ that is law, at its date; what leaflets print is compared in indexation_test.cpp.
#include "scenarios/rule_acts.hpp"

#include "scenarios/indexation.hpp"
#include "tests/scenarios/support.hpp"

namespace tremplin {
namespace {

const std::vector<RuleAct>& acts() {
  static const std::vector<RuleAct> loaded =
      load_rule_acts(read_source(test::root / rule_acts_file, rule_acts_file));
  return loaded;
}

// Levers that no legislator decides (`class: assumed` from the start) or whose amount follows the index have
// no act here.
bool follows_acts(const Lever& lever, const Indexation& indexation) {
  return series_of(indexation, lever.path) == nullptr;
}

TEST(RuleActs, AppliedToTheLawOf2002GiveEachLaterValueAtItsDate) {
  const Indexation indexation = load_indexation(read_source(test::root / indexation_file, indexation_file));
  int n_later = 0;
  for (const Lever& lever : all_levers()) {
    if (!follows_acts(lever, indexation)) continue;
    std::vector<DatedValue> legal;
    const LeverHistory& history = test::law().history(lever.path);
    for (const DatedValue& value : history.values) {
      // Steps that only carry a price along with the index are no acts.
      if (history.value_class == ValueClass::law || &value == &history.values.front()) legal.push_back(value);
    }
    const auto by_acts = values_by_acts(acts(), lever.path, legal.front().value);
    ASSERT_EQ(by_acts.size(), legal.size()) << lever.path;
    for (std::size_t i = 1; i < legal.size(); ++i, ++n_later) {
      EXPECT_EQ(by_acts[i].value, legal[i].value) << lever.path;
      EXPECT_EQ(by_acts[i].act->on, legal[i].from) << lever.path;
      EXPECT_EQ(by_acts[i].new_files, legal[i].new_files) << lever.path;
      EXPECT_EQ(by_acts[i].act->value_class, legal[i].value_class) << lever.path;
    }
  }
  EXPECT_EQ(n_later, 16);  // 1 + 3 + 1 + 1 + 7 + 1 + 1 + 1 changes, act by act
}

TEST(RuleActs, BeginWithWhatTheLawOf2002Said) {
  for (const RuleAct& act : acts()) {
    for (const RuleChange& change : act.changes) {
      const auto values = values_by_acts(acts(), change.lever->path, 0);
      const double at_start = test::law().history(change.lever->path).values.front().value;
      if (values[1].act == &act) {
        EXPECT_EQ(change.before, at_start) << change.lever->path;
      }
    }
  }
}

std::vector<Fault> faults_in(const std::string& text) {
  return test::faults_of([&] { load_rule_acts({"rules.yaml", text}); });
}

std::string act(const std::string& on, const std::string& changes) {
  return "- on: " + on + "\n  title: {fr: a, nl: b, en: c}\n  reference: r\n  changes: {" + changes + "}\n";
}

TEST(RuleActs, EachFaultIsToldWithItsLine) {
  const auto expect_one = [](const std::vector<Fault>& faults, FaultKind kind, int line) {
    ASSERT_EQ(faults.size(), 1U);
    EXPECT_EQ(faults[0].kind, kind);
    EXPECT_EQ(faults[0].line, line);
  };
  const std::string good = act("2014-10-01", "spi/window_months: {from: 36, to: 72}");
  EXPECT_TRUE(faults_in(good).empty());
  EXPECT_TRUE(faults_in(good + act("2016-01-01", "spi/window_months: {from: 72, to: 60}")).empty());
  // Another value than the act before left; a change that changes nothing; days out of order.
  expect_one(faults_in(good + act("2016-01-01", "spi/window_months: {from: 36, to: 60}")),
             FaultKind::inconsistent, 8);
  expect_one(faults_in(act("2014-10-01", "spi/window_months: {from: 36, to: 36}")), FaultKind::inconsistent,
             4);
  expect_one(faults_in(good + act("2014-10-01", "piis/lines: {from: 1, to: 2}")), FaultKind::inconsistent, 5);
  // No lever; out of range; no reference; nothing changed.
  expect_one(faults_in(act("2014-10-01", "spi/window_month: {from: 36, to: 72}")), FaultKind::unknown_name,
             4);
  expect_one(faults_in(act("2014-10-01", "spi/window_months: {from: 36, to: -1}")), FaultKind::out_of_range,
             4);
  expect_one(
      faults_in(
          "- {on: 2014-10-01, title: {fr: a, nl: b, en: c}, changes: {piis/lines: {from: 1, to: 2}}}\n"),
      FaultKind::missing_reference, 1);
  expect_one(faults_in(act("2014-10-01", "")), FaultKind::wrong_type, 4);
}

}  // namespace
}  // namespace tremplin
