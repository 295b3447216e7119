// Hand-made cases: one household each, with the outcome that its file works out by hand, under a base and
// under reforms. Every file of tests/scenarios/cases/ is run.
#include <algorithm>
#include <array>
#include <cmath>
#include <set>

#include "engine/trajectory/step.hpp"
#include "scenarios/case/outcome.hpp"
#include "tests/scenarios/support.hpp"

namespace tremplin {
namespace {

constexpr std::array<std::string_view, 6> reasons = {"young",        "newcomer", "left_to_worker",
                                                     "out_of_scope", "neither",  "refused"};
constexpr std::array<std::string_view, 8> verdicts = {"no_contract",  "excused",   "tolerated",
                                                      "no_sanctions", "no_ground", "can_be_suspended",
                                                      "too_late",     "no_right"};
constexpr std::array<std::string_view, 4> refusals = {"exempted", "not_by_contract", "refused", "withdrawn"};

const Limits& limits() {
  static const Limits loaded = load_limits(read_source(test::root / limits_file, limits_file));
  return loaded;
}

// "law-2015+generalisation": a base, then reforms.
CaseLaw law_named(const std::string& names, const CaseFile& file) {
  std::vector<Scenario> scenarios;
  for (const std::string& name : split_names(names))
    scenarios.push_back(load_scenario_named(test::root, name).scenario);
  Scenario base = scenarios.front();
  scenarios.erase(scenarios.begin());
  return CaseLaw(test::law(), base, scenarios, file, file.until + months_of_sanctions);
}

void expect_cents(const yaml::Node& node, const yaml::Place& place, const CaseOutcome& outcome,
                  Cents CaseMonth::*member) {
  for (const yaml::Entry& entry : yaml::entries(node, place)) {
    const Month month = parse_date(entry.key)->month;
    const auto found = std::ranges::find(outcome.months, month, &CaseMonth::month);
    ASSERT_NE(found, outcome.months.end()) << entry.key;
    EXPECT_EQ((*found).*member, cents_of(yaml::number(entry.value, place.at(entry.key))))
        << place.path << " " << entry.key;
  }
}

void expect_breach(yaml::MapReader map, const BreachOutcome& breach) {
  if (map.has("verdict")) {
    EXPECT_EQ(verdicts[static_cast<std::size_t>(breach.verdict)], map.text("verdict"));
  }
  if (map.has("repeated")) {
    EXPECT_EQ(breach.repeated, map.truth("repeated"));
  }
  if (map.has("longest")) {
    EXPECT_EQ(breach.longest, map.whole_number("longest"));
  }
  if (map.has("from")) {
    EXPECT_EQ(to_string(date_of(breach.at_most.from)), map.text("from"));
  }
  if (map.has("to")) {
    EXPECT_EQ(to_string(date_of(breach.at_most.until - 1)), map.text("to"));
  }
  if (map.has("costs")) {
    EXPECT_EQ(breach.costs_at_most, cents_of(map.number("costs")));
  }
  if (map.has("appeal_until")) {
    EXPECT_EQ(to_string(breach.appeal_until), map.text("appeal_until"));
  }
  map.finish();
}

void expect_work_refusal(yaml::MapReader map, const WorkRefusalOutcome& refusal) {
  EXPECT_EQ(refusals[static_cast<std::size_t>(refusal.verdict)], map.text("verdict"));
  if (map.has("from")) {
    EXPECT_EQ(to_string(refusal.from), map.text("from"));
  }
  if (map.has("costs")) {
    EXPECT_EQ(refusal.costs, cents_of(map.number("costs")));
  }
  if (map.has("appeal_until")) {
    EXPECT_EQ(to_string(refusal.appeal_until), map.text("appeal_until"));
  }
  if (map.has("decision_by")) {
    EXPECT_EQ(to_string(refusal.decision_by), map.text("decision_by"));
  }
  map.finish();
}

void expect_article_60(yaml::MapReader map, const CaseOutcome& outcome) {
  const Article60Outcome& work = *outcome.article_60;
  EXPECT_EQ(work.months, map.whole_number("months"));
  EXPECT_EQ(to_string(work.rights_from), map.text("rights_from"));
  EXPECT_EQ(work.opens, map.truth("opens", true));
  const Month month = map.date("in").month;
  const auto found = std::ranges::find(outcome.months, month, &CaseMonth::month);
  ASSERT_NE(found, outcome.months.end());
  EXPECT_EQ(found->article_60.wage, cents_of(map.number("wage")));
  EXPECT_EQ(found->article_60.state, cents_of(map.number("state")));
  EXPECT_EQ(found->article_60.cpas().value, std::llround(100 * map.number("cpas")));
  map.finish();
}

void expect_contract(yaml::MapReader& map, const CaseOutcome& outcome) {
  if (map.has("due")) {
    EXPECT_EQ(outcome.duty.due, map.truth("due"));
  }
  if (map.has("reason")) {
    EXPECT_EQ(reasons[static_cast<std::size_t>(outcome.duty.reason)], map.text("reason"));
  }
  if (map.has("due_by")) {
    EXPECT_EQ(to_string(outcome.duty.due_by), map.text("due_by"));
  }
  if (map.has("evaluations")) {
    std::vector<std::string> dates;
    for (const Evaluation& evaluation : outcome.evaluations) dates.push_back(to_string(evaluation.on));
    EXPECT_EQ(dates, map.texts("evaluations"));
  }
  if (map.has("face_to_face")) {
    EXPECT_EQ(std::ranges::count(outcome.evaluations, true, &Evaluation::face_to_face),
              map.whole_number("face_to_face"));
  }
}

void expect_dates(yaml::MapReader& map, const CaseOutcome& outcome) {
  const auto expect = [&](std::string_view key, Date date) {
    if (map.has(key)) {
      EXPECT_EQ(to_string(date), map.text(key)) << key;
    }
  };
  expect("right_from", outcome.right_from);
  expect("decision_by", outcome.decision_by);
  expect("payment_by", outcome.payment_by);
  expect("appeal_until", outcome.appeal_until);
}

void expect_outcome(yaml::MapReader map, const CaseOutcome& outcome) {
  const auto cents = [&](std::string_view key, Cents CaseMonth::*member) {
    if (const yaml::Node* node = map.optional(key)) expect_cents(*node, map.place_of(key), outcome, member);
  };
  cents("paid", &CaseMonth::paid);
  cents("state", &CaseMonth::state);
  cents("subsidy", &CaseMonth::subsidy);
  cents("cpas", &CaseMonth::cpas);
  expect_dates(map, outcome);
  expect_contract(map, outcome);
  if (const yaml::Node* node = map.optional("breach")) {
    ASSERT_FALSE(outcome.breaches.empty());
    expect_breach(yaml::MapReader(*node, map.place_of("breach")), outcome.breaches.back());
  }
  if (const yaml::Node* node = map.optional("work_refusal")) {
    ASSERT_TRUE(outcome.work_refusal.has_value());
    expect_work_refusal(yaml::MapReader(*node, map.place_of("work_refusal")), *outcome.work_refusal);
  }
  if (const yaml::Node* node = map.optional("article_60")) {
    ASSERT_TRUE(outcome.article_60.has_value());
    expect_article_60(yaml::MapReader(*node, map.place_of("article_60")), outcome);
  }
  if (map.has("verdicts")) {
    std::vector<std::string> found;
    for (const BreachOutcome& breach : outcome.breaches)
      found.emplace_back(verdicts[static_cast<std::size_t>(breach.verdict)]);
    EXPECT_EQ(found, map.texts("verdicts"));
  }
  if (map.has("transitions")) {
    std::set<std::string> found;
    for (const Transition& transition : outcome.transitions) found.emplace(transition.lever->path);
    const auto expected = map.optional_texts("transitions");
    EXPECT_EQ(found, std::set<std::string>(expected.begin(), expected.end()));
  }
  map.finish();
}

// What is paid is what the State, its subsidy and the CPAS bear, and never more than the category.
void expect_sound(const CaseOutcome& outcome) {
  for (const CaseMonth& month : outcome.months) {
    EXPECT_EQ(month.paid, month.state + month.subsidy + month.cpas);
    EXPECT_GE(month.paid, Cents{0});
    int days = 0;
    for (const MonthLine& line : month.lines) {
      days += line.days;
      EXPECT_LE(line.full, line.income);
    }
    EXPECT_LE(days, days_in(month.month));
  }
}

std::vector<std::filesystem::path> case_files() {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(test::root / "tests/scenarios/cases"))
    files.push_back(entry.path());
  std::ranges::sort(files);
  return files;
}

TEST(Cases, TurnOutAsWorkedOutByHand) {
  EXPECT_GE(case_files().size(), 20U);
  for (const auto& path : case_files()) {
    SCOPED_TRACE(path.stem().string());
    Faults faults;
    const auto root = yaml::read_document(read_source(path, path.filename().string()), faults);
    faults.throw_if_any();
    yaml::MapReader map(*root, {path.filename().string(), &faults, {}});
    const CaseFile file = read_case(*map.required("case"), map.place_of("case"));
    faults.throw_if_any();
    const yaml::Place place = map.place_of("expect");
    const auto expected = yaml::entries(*map.required("expect"), place);
    std::size_t n_reforms = 0;
    for (const yaml::Entry& entry : expected) {
      SCOPED_TRACE(entry.key);
      n_reforms += entry.key.find('+') != std::string::npos;
      const CaseLaw law = law_named(entry.key, file);
      const CaseOutcome outcome = outcome_of(file, law, limits());
      expect_outcome(yaml::MapReader(entry.value, place.at(entry.key)), outcome);
      if (file.people_paid) expect_sound(outcome);
    }
    EXPECT_GE(n_reforms, 2U) << "each case is worked out under at least two reforms";
    faults.throw_if_any();
  }
}

// What decides on a person in the month loop decides on a case too.
TEST(Cases, ADutyIsTheEnginesDuty) {
  for (const char* name : {"law-2015", "law-current", "law-2015+generalisation", "law-2015+case-by-case"}) {
    for (int n = 0; n < 3 * 2 * 2 * 4 * 3; ++n) {
      CaseFile file;
      file.request = file.decision = {Month(2017, 1), 1};
      file.decision_stated = true;
      file.until = Month(2017, 1);
      Person person;
      person.category = static_cast<Category>(n % 3);
      person.comes_for_equivalent = file.equivalent = n / 3 % 2 != 0;
      person.disposition = n / 6 % 2 != 0 ? Disposition::exempted_health : Disposition::required;
      file.exempted = n / 6 % 2 != 0 ? Exempted::health : Exempted::none;
      file.households = {{file.request, person.category, false}};
      const int years = 19 + 2 * (n / 12 % 4);  // 19 to 25
      file.born = {Month(2017 - years, 1), 1};
      person.born = static_cast<MonthIndex>(file.born.month.index);
      const int out = n / 48 % 3;  // never paid, two months out, three months out
      if (out > 0) {
        file.last_paid = Date{file.request.month - (out + 1), 5};
        person.last_left_in = static_cast<MonthIndex>(file.last_paid->month.index);
      }
      const CaseLaw law = law_named(name, file);
      const Amounts amounts = amounts_of(law.rules(file.request.month), 0);
      const unsigned group = duty_group(static_cast<unsigned>(person.category), person.comes_for_equivalent,
                                        person.disposition != Disposition::required);
      const bool engine = contract_is_due(
          amounts, group, file.request.month.index - person.born,
          person.last_left_in == no_month ? never_paid : file.request.month.index - person.last_left_in);
      EXPECT_EQ(outcome_of(file, law, limits()).duty.due, engine) << name << " " << n;
    }
  }
}

std::vector<Fault> faults_in(const std::string& text) {
  return test::faults_of([&] { load_case({"case.yaml", text}); });
}

const std::string sound = "region: wallonia\nborn: 1993-05-20\ncategory: single\nrequest: 2017-03-10\n";

TEST(CaseFileText, EachFaultIsToldWithItsLine) {
  const auto expect_one = [](const std::vector<Fault>& faults, FaultKind kind, int line) {
    ASSERT_EQ(faults.size(), 1U);
    EXPECT_EQ(faults[0].kind, kind);
    EXPECT_EQ(faults[0].line, line);
  };
  EXPECT_TRUE(faults_in(sound).empty());
  expect_one(faults_in(sound + "until: 2016-12\n"), FaultKind::out_of_range, 5);
  expect_one(faults_in(sound + "until: 2030-12\n"), FaultKind::out_of_range, 5);  // more than ten years
  expect_one(faults_in(sound + "decision: 2017-03-01\n"), FaultKind::out_of_range, 5);
  expect_one(faults_in(sound + "last_paid: 2017-03-10\n"), FaultKind::out_of_range, 5);
  expect_one(faults_in(sound + "household: [{minor_children: 1}]\n"), FaultKind::inconsistent, 5);
  expect_one(faults_in(sound + "contract: {signed: 2017-05-30, type: study}\n"), FaultKind::unknown_name, 5);
  expect_one(faults_in(sound + "income: [{kind: means, monthly: 10, shortage: true}]\n"),
             FaultKind::inconsistent, 5);
  expect_one(faults_in(sound + "breaches: [{on: 2017-05-01, decided: 2017-04-01}]\n"),
             FaultKind::out_of_range, 5);
  expect_one(faults_in(sound + "undeclared: [{on: 2017-05-01, excused: true}]\n"), FaultKind::unknown_key, 5);
  expect_one(faults_in(sound + "relatives: [{relation: other_debtor, monthly: 10, counted: true}]\n"),
             FaultKind::inconsistent, 5);
  expect_one(faults_in(sound + "article_60: {from: 2017-09-01, wage: 1350, increased_subsidy: true}\n"),
             FaultKind::missing_key, 5);
  expect_one(faults_in(sound + "work_refusal: {on: 2017-05-01, new_request: 2017-04-01}\n"),
             FaultKind::out_of_range, 5);
  expect_one(faults_in("region: wallonia\nborn: 1993-05-20\ncategory: single\nrequest: 2002-09-30\n"),
             FaultKind::out_of_range, 4);
}

TEST(CaseFileText, ARuleBySizeNeedsThePopulation) {
  const Scenario small =
      test::reform("small", test::change("ris/amount/single", "scale", "1.1", ", sizes: [under_10k]"));
  const auto amount = [&](const std::string& more) {
    const CaseFile file = load_case({"case.yaml", sound + more});
    const CaseLaw law(test::law(), test::base(), {small}, file, file.until);
    return law.rules(Month(2017, 3)).ris_single;
  };
  EXPECT_DOUBLE_EQ(amount("population: 9000\n"), 867.40 * 1.1);
  EXPECT_EQ(amount("population: 10000\n"), 867.40);
  const auto faults = test::faults_of([&] { amount(""); });
  ASSERT_EQ(faults.size(), 1U);
  EXPECT_EQ(faults[0].kind, FaultKind::missing_key);
  EXPECT_EQ(faults[0].source, "case.yaml");
  EXPECT_EQ(faults[0].key, "population");
  EXPECT_EQ(faults[0].expected, "small.yaml:10: sizes");
}

// Born on 20 May 1993: 25 from May 2018 on, as the engine counts months.
TEST(CaseFileText, ARuleForAGroupHoldsWhileThePersonIsInIt) {
  const Scenario young =
      test::reform("young", test::change("ris/amount/single", "set", "1000", ", groups: [under_25]") +
                                test::change("spi/amount", "set", "500", ", cpas: [412]"));
  const CaseFile file = load_case({"case.yaml", sound + "until: 2018-12\ncpas: 412\n"});
  const CaseLaw law(test::law(), test::base(), {young}, file, file.until);
  EXPECT_EQ(law.rules(Month(2018, 4)).ris_single, 1000);
  EXPECT_EQ(law.rules(Month(2018, 5)).ris_single, 892.70);
  EXPECT_EQ(law.cite("ris/amount/single", Month(2018, 4)).changes.size(), 1U);
  EXPECT_TRUE(law.cite("ris/amount/single", Month(2018, 5)).changes.empty());
  EXPECT_EQ(law.rules(Month(2018, 5)).spi_amount, 500);
}

TEST(CaseFileText, TheGroupsFollowFromTheFile) {
  const auto groups = [](const std::string& more) {
    return groups_of(
        load_case({"case.yaml", "region: wallonia\nborn: 1980-05-20\nrequest: 2017-03-10\n" + more}),
        Month(2017, 3));
  };
  EXPECT_EQ(groups("category: single\n"),
            (GroupSet{TargetGroup::single, TargetGroup::from_25, TargetGroup::first_time}));
  EXPECT_EQ(groups("household: [{minor_children: 2}]\nlast_paid: 2016-01-31\nbenefit_ended: true\n"),
            (GroupSet{TargetGroup::family, TargetGroup::from_25, TargetGroup::lone_parent,
                      TargetGroup::insured, TargetGroup::benefit_ended}));
  EXPECT_FALSE(groups("household: [{minor_children: 2, partner: true}]\n").has(TargetGroup::lone_parent));
}

TEST(CaseFileText, TheCategoryFollowsFromWhoLivesThere) {
  const auto category = [](const std::string& people) {
    return load_case({"case.yaml", "region: wallonia\nborn: 1993-05-20\nrequest: 2017-03-10\nhousehold: [{" +
                                       people + "}]\n"})
        .households.front()
        .category;
  };
  EXPECT_EQ(category("partner: false"), Category::single);
  EXPECT_EQ(category("partner: true"), Category::cohabitant);
  EXPECT_EQ(category("other_adults: 2"), Category::cohabitant);
  EXPECT_EQ(category("partner: true, minor_children: 1"), Category::family);
}

TEST(CaseDates, GoForthAndBack) {
  for (Day day = day_of({Month(1999, 12), 1}); day < day_of({Month(2005, 1), 1}); ++day)
    EXPECT_EQ(day_of(date_of(day)), day);
  EXPECT_EQ(to_string(months_after({Month(2017, 11), 30}, 3)), "2018-02-28");
}

}  // namespace
}  // namespace tremplin
