#include "scenarios/law.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "scenarios/law_query.hpp"
#include "tests/scenarios/support.hpp"

namespace tremplin {
namespace {

using test::faults_of;

double value(std::string_view path, Month month, Month request) {
  return value_in_force(test::law().history(path), month, request).value;
}
double value(std::string_view path, Month month) { return value(path, month, month); }

TEST(Law, HoldsTheAmountsOfThe2013Report) {
  // 004:1535-1564: base 7,433.40 a year for a single person, index 1.3195.
  EXPECT_NEAR(7433.40 * 1.3195 / 12, 817.36, 0.01);  // two roundings to the cent
  EXPECT_EQ(value("ris/amount/cohabitant", Month(2013, 9)), 544.91);
  EXPECT_EQ(value("ris/amount/single", Month(2013, 9)), 817.36);
  EXPECT_EQ(value("ris/amount/family", Month(2013, 9)), 1089.82);
  EXPECT_EQ(value("ris/amount/single", Month(2013, 8)), 801.34);
}

// Published: 4,723.7 / 7,085.5 / 9,447.4 in 2003 and 6,849.1 / 10,273.7 / 13,698.3 in 2016
// (indicators.be). Twelve amounts rounded to the cent: at most 0.06 off, and 0.05 for its own rounding.
TEST(Law, AmountsGiveTheYearlyAveragesOf2003And2016) {
  const auto year = [](std::string_view path, int year_number) {
    double sum = 0;
    for (int m = 1; m <= 12; ++m) sum += value(path, Month(year_number, m));
    return sum;
  };
  EXPECT_NEAR(year("ris/amount/cohabitant", 2003), 4723.7, 0.11);
  EXPECT_NEAR(year("ris/amount/single", 2003), 7085.5, 0.11);
  EXPECT_NEAR(year("ris/amount/family", 2003), 9447.4, 0.11);
  EXPECT_NEAR(year("ris/amount/cohabitant", 2016), 6849.1, 0.11);
  EXPECT_NEAR(year("ris/amount/single", 2016), 10273.7, 0.11);
  EXPECT_NEAR(year("ris/amount/family", 2016), 13698.3, 0.11);
}

TEST(Law, HoldsTheAmountsOfThePublicRecord) {
  EXPECT_EQ(value("ris/amount/single", Month(2017, 6)), 884.74);
  EXPECT_EQ(value("ris/amount/family", Month(2018, 9)), 1254.82);
  EXPECT_EQ(value("ris/amount/cohabitant", Month(2021, 1)), 656.45);
  EXPECT_EQ(value("spi/amount", Month(2010, 6)), 216.69);  // 177.76 x 1.2190
  EXPECT_EQ(value("spi/amount", Month(2022, 1)), 264.13);
  EXPECT_EQ(value("subsidy/staff", Month(2015, 12)), 320);
  EXPECT_EQ(value("subsidy/staff", Month(2016, 1)), 470);
}

TEST(Law, AmountsNeverFallAndKeepTheirOrder) {
  for (Month month(1993, 1); month < Month(2026, 1); ++month) {
    EXPECT_LT(value("ris/amount/cohabitant", month), value("ris/amount/single", month));
    EXPECT_LT(value("ris/amount/single", month), value("ris/amount/family", month));
    for (const char* path :
         {"ris/amount/cohabitant", "ris/amount/single", "ris/amount/family", "spi/amount"}) {
      EXPECT_LE(value(path, month), value(path, month + 1)) << path << to_string(month);
    }
  }
}

TEST(Law, TheReformOf2016IsForNewFiles) {
  const Month now(2017, 1);
  EXPECT_EQ(value("piis/evaluations/per_year", now, Month(2016, 10)), 4);
  EXPECT_EQ(value("piis/evaluations/per_year", now, Month(2016, 11)), 3);
  EXPECT_EQ(value("piis/scope/novelty_months", now, Month(2016, 10)), 0);
  EXPECT_EQ(value("piis/scope/novelty_months", now, Month(2016, 11)), 3);
}

TEST(Law, TheFirstValueHoldsForTheBurnIn) {
  EXPECT_EQ(value("piis/scope/under_age", Month(1993, 1)), 25);
  EXPECT_EQ(value("reimbursement/rate/small", Month(1993, 1)), 0.5);
  EXPECT_EQ(value("reimbursement/rate/small", Month(2014, 6)), 0.5);
  EXPECT_EQ(value("reimbursement/rate/small", Month(2014, 7)), 0.55);
}

TEST(Law, SaysWhatHoldsSinceWhenAndWhy) {
  const LawValue found = law_value_at(test::law(), "ris/amount/single", *parse_date("2014-05-20"));
  EXPECT_EQ(found.value, 817.36);
  EXPECT_EQ(to_string(found.in_force_since), "2013-09-01");
  EXPECT_EQ(found.value_class, ValueClass::law);
  EXPECT_NE(found.reference.find("004:1535"), std::string::npos);
}

TEST(Law, AQuestionUsesTheExactDay) {
  EXPECT_EQ(law_value_at(test::law(), "community_service/rule", *parse_date("2018-07-04")).value, 1);
  EXPECT_EQ(law_value_at(test::law(), "community_service/rule", *parse_date("2018-07-05")).value, 0);
}

TEST(Law, AnUnknownLeverIsToldWithTheNearest) {
  const auto faults = faults_of([] { law_value_at(test::law(), "ris/amount/singel", Date{}); });
  ASSERT_EQ(faults.size(), 1u);
  EXPECT_EQ(faults[0].kind, FaultKind::unknown_name);
  EXPECT_EQ(faults[0].nearest, "ris/amount/single");
}

TEST(Law, DumpsEveryLever) {
  const auto json = dump_law(test::law(), *parse_date("2015-01-01"));
  EXPECT_EQ(json["levers"].size(), all_levers().size());
  for (const auto& lever : json["levers"]) EXPECT_FALSE(lever["reference"].get<std::string>().empty());
}

// Faults of a file that replaces nothing: its own, without those for the levers that it does not hold.
std::vector<Fault> faults_in(const std::string& text) {
  auto faults = faults_of([&] { load_law(std::vector<SourceText>{{"law.yaml", text}}); });
  std::erase_if(faults, [](const Fault& fault) { return fault.source != "law.yaml"; });
  return faults;
}

std::string lever(const std::string& values) {
  return "sanction/max_months:\n  description: d\n  unit: months\n  class: law\n  values:\n" + values;
}

void expect_one(const std::string& text, FaultKind kind, int line) {
  const auto faults = faults_in(text);
  ASSERT_EQ(faults.size(), 1u) << text;
  EXPECT_EQ(faults[0].kind, kind);
  EXPECT_EQ(faults[0].line, line);
}

TEST(LawFile, EachFaultIsToldWithItsLine) {
  EXPECT_TRUE(faults_in(lever("    2002-10-01: {value: 1, reference: r}\n")).empty());
  expect_one(lever("    2002-10-01: {value: 1}\n"), FaultKind::missing_reference, 6);
  expect_one(lever("    2002-10-01: {value: 1.5, reference: r}\n"), FaultKind::wrong_type, 6);
  expect_one(lever("    2002-10-01: {value: 13, reference: r}\n"), FaultKind::out_of_range, 6);
  expect_one(lever("    2002-10-32: {value: 1, reference: r}\n"), FaultKind::bad_date, 6);
  expect_one(lever("    2002-10-01: {value: 1, refrence: r, reference: r}\n"), FaultKind::unknown_key, 6);
  expect_one(lever("    2002-10-01: {value: 1, class: laws, reference: r}\n"), FaultKind::unknown_name, 6);
  expect_one(lever("    2002-10-01: {value: 1, reference: r}\n    2002-09-20: {value: 2, reference: r}\n"),
             FaultKind::overlapping_changes, 6);  // both count from October
  expect_one(lever("    {}\n"), FaultKind::wrong_type, 6);
  expect_one(lever("    2030-10-01: {value: 1, projected: true, reference: r}\n"), FaultKind::inconsistent,
             6);
  expect_one("sanction/max_month:\n  description: d\n", FaultKind::unknown_name, 1);
}

TEST(LawFile, TheUnitMustBeTheRegistrys) {
  const auto faults = faults_in(
      "sanction/max_months:\n  description: d\n  unit: days\n  class: law\n  values: {2002-10: {value: 1, "
      "reference: r}}\n");
  ASSERT_EQ(faults.size(), 1u);
  EXPECT_EQ(faults[0].kind, FaultKind::unknown_name);
  EXPECT_EQ(faults[0].line, 3);
  EXPECT_EQ(faults[0].expected, "months");
}

TEST(LawFile, EveryLeverMustHaveValues) {
  const auto faults = faults_of([] { load_law({}); });
  EXPECT_EQ(faults.size(), all_levers().size());
  EXPECT_EQ(faults[0].kind, FaultKind::missing_key);
}

TEST(LawFile, ALeverStandsInOneFile) {
  const std::string text = lever("    2002-10-01: {value: 1, reference: r}\n");
  const auto faults = faults_of([&] {
    load_law(std::vector<SourceText>{{"a.yaml", text}, {"b.yaml", text}});
  });
  ASSERT_EQ(std::ranges::count(faults, FaultKind::duplicate_key, &Fault::kind), 1);
  EXPECT_EQ(std::ranges::find(faults, FaultKind::duplicate_key, &Fault::kind)->source, "b.yaml");
}

}  // namespace
}  // namespace tremplin
