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
constexpr std::array<std::string_view, 5> refusals = {"exempted", "not_by_contract", "not_by_refusal",
                                                      "refused", "withdrawn"};

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

// "law-2015+generalisation, generalisation-with-means": the same outcome under each reform of that base.
std::vector<std::string> laws_in(const std::string& key) {
  std::vector<std::string> laws;
  std::string base;
  for (std::size_t from = 0; from < key.size();) {
    const std::size_t end = std::min(key.find(", ", from), key.size());
    const std::string names = key.substr(from, end - from);
    if (laws.empty()) base = names.substr(0, names.find('+') + 1);
    laws.push_back(laws.empty() ? names : base + names);
    from = end + 2;
  }
  return laws;
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
  if (map.has("guard")) {
    EXPECT_EQ(breach.guard != Guard::none, map.truth("guard"));
  }
  if (map.has("first_days")) {
    EXPECT_EQ(breach.first_days, map.whole_number("first_days"));
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

// All differences of the library: reforms, practices and shocks.
const std::vector<std::string>& differences() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> found;
    for (const ScenarioSummary& summary : list_scenarios(test::root))
      if (summary.kind != ScenarioKind::base) found.push_back(summary.name);
    return found;
  }();
  return names;
}

// What the household, its CPAS and who pays notice: amounts and days, not by which rule a contract is due or
// not, nor the rates behind the amounts.
CaseOutcome felt(CaseOutcome outcome) {
  outcome.duty.reason = {};
  if (!outcome.duty.due) outcome.duty = {};
  for (CaseMonth& month : outcome.months) month.state_rate = month.subsidy_rate = 0;
  outcome.transitions.clear();
  return outcome;
}

// `others: law-2015`: every difference that the file does not name leaves all of the case, to the last cent
// and day, as it is under that base.
void expect_others_as_under(const std::string& base, const std::set<std::string>& named,
                            const CaseFile& file) {
  const CaseOutcome as_base = felt(outcome_of(file, law_named(base, file), limits()));
  std::size_t n_named = 0;
  for (const std::string& difference : differences()) {
    const std::string names = base + "+" + difference;
    if (named.contains(names)) {
      ++n_named;
      continue;
    }
    EXPECT_TRUE(felt(outcome_of(file, law_named(names, file), limits())) == as_base)
        << names << " changes the case: its outcome has to be worked out in the file";
  }
  EXPECT_GE(n_named, 1U) << "no reform is worked out on " << base;
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
    std::set<std::string> named;
    for (const yaml::Entry& entry : expected) {
      SCOPED_TRACE(entry.key);
      for (const std::string& names : laws_in(entry.key)) {
        EXPECT_TRUE(named.insert(names).second) << names << " stands twice";
        const CaseOutcome outcome = outcome_of(file, law_named(names, file), limits());
        expect_outcome(yaml::MapReader(entry.value, place.at(entry.key)), outcome);
        if (file.people_paid) expect_sound(outcome);
      }
    }
    const auto n_reforms =
        std::ranges::count_if(named, [](const auto& names) { return names.find('+') != std::string::npos; });
    EXPECT_GE(n_reforms, 2) << "each case is worked out under at least two reforms";
    expect_others_as_under(map.text("others"), named, file);
    map.finish();
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

}  // namespace
}  // namespace tremplin
