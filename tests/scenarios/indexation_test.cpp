// Round trip: the acts since 2002, applied one after another, give the amounts of scenarios/law/ and those
// that leaflets print (published_amounts.yaml, typed from them).
#include "scenarios/indexation.hpp"

#include <algorithm>
#include <array>

#include "scenarios/law_query.hpp"
#include "scenarios/yaml/reader.hpp"
#include "tests/scenarios/support.hpp"

namespace tremplin {
namespace {

constexpr std::array categories = {"ris/amount/cohabitant", "ris/amount/single", "ris/amount/family"};
constexpr const char* published_file = "tests/scenarios/published_amounts.yaml";

const Indexation& acts() {
  static const Indexation loaded =
      load_indexation(read_source(test::root / indexation_file, indexation_file));
  return loaded;
}

Date day(std::string_view text) { return *parse_date(text); }

double in_law(std::string_view path, Date date) { return law_value_at(test::law(), path, date).value; }

const Departure* departure(std::string_view path, Date date) {
  const auto found = std::ranges::find_if(
      acts().departures, [&](const Departure& other) { return other.path == path && other.from == date; });
  return found == acts().departures.end() ? nullptr : &*found;
}

// Entries of one list of the file of published amounts, each with its own reader.
template <class Visit>
void each_published(const std::string& list, Visit visit) {
  Faults faults;
  const SourceText file = read_source(test::root / published_file, published_file);
  const auto root = yaml::read_document(file, faults);
  ASSERT_TRUE(root);
  const yaml::Node* node = root->find(list);
  ASSERT_NE(node, nullptr) << list;
  for (const yaml::Node& item : node->items) {
    yaml::MapReader map(item, {file.name, &faults, list});
    EXPECT_FALSE(map.text("source").empty());
    map.text("note", {});
    visit(map);
    map.finish();
  }
  faults.throw_if_any();
}

// Three amounts, in the order of the categories.
std::array<double, 3> three(yaml::MapReader& map, std::string_view key) {
  std::array<double, 3> amounts{};
  const yaml::Node* node = map.required(key);
  if (node == nullptr || node->items.size() != 3) {
    ADD_FAILURE() << key;
    return amounts;
  }
  for (std::size_t c = 0; c < 3; ++c) amounts[c] = yaml::number(node->items[c], map.place_of(key));
  return amounts;
}

TEST(Acts, LandOnEveryAmountOfTheLaw) {
  for (const IndexedSeries& series : acts().series) {
    for (const auto& [path, base] : series.bases) {
      for (const IndexedAmount& amount : amounts_by_acts(acts(), path)) {
        const Departure* apart = departure(path, amount.from);
        EXPECT_EQ(cents_of(in_law(path, amount.from)), apart ? apart->published : amount.amount)
            << path << " " << to_string(amount.from);
      }
    }
  }
}

TEST(Acts, LeaveNoAmountOfTheLawUnexplained) {
  for (const IndexedSeries& series : acts().series) {
    for (const auto& [path, base] : series.bases) {
      for (const DatedValue& value : test::law().history(path).values) {
        if (value.from < series.from) continue;
        const auto amount = amount_by_acts(acts(), path, value.from);
        const Departure* apart = departure(path, value.from);
        ASSERT_TRUE(amount) << path << " " << to_string(value.from);
        EXPECT_EQ(cents_of(value.value), apart ? apart->published : amount->amount)
            << path << " " << to_string(value.from);
      }
    }
  }
}

TEST(Acts, DepartFromWhatIsPublishedByOneCentAtMost) {
  ASSERT_EQ(acts().departures.size(), 1U);
  for (const Departure& apart : acts().departures) {
    const auto amount = amount_by_acts(acts(), apart.path, apart.from);
    ASSERT_TRUE(amount);
    EXPECT_NE(amount->amount, apart.published) << "no departure any more";
    EXPECT_EQ(std::abs(amount->amount.value - apart.published.value), 1);
  }
}

TEST(Acts, AProjectedAmountSaysSoInTheLaw) {
  for (const char* path : {"ris/amount/cohabitant", "ris/amount/single", "ris/amount/family", "spi/amount",
                           "spi/shortage/amount"}) {
    for (const IndexedAmount& amount : amounts_by_acts(acts(), path)) {
      if (amount.from <= day("2025-02-01")) continue;
      EXPECT_TRUE(amount.assumed);
      const DatedValue& value =
          value_in_force(test::law().history(path), amount.from.month, amount.from.month);
      EXPECT_TRUE(value.projected) << path << " " << to_string(amount.from);
    }
    EXPECT_FALSE(value_in_force(test::law().history(path), Month(2026, 1), Month(2026, 1)).projected);
  }
}

TEST(Acts, ShowTheArithmeticOfTheReportOf2013) {
  // 004:1540-1564: 7,433.40 x 1.3195 = 9,808.37; / 12 = 817.36.
  const auto amount = amount_by_acts(acts(), "ris/amount/single", day("2014-01-01"));
  ASSERT_TRUE(amount);
  EXPECT_EQ(amount->base, Cents{743'340});
  EXPECT_EQ(amount->step->coefficient, 13'195);
  EXPECT_EQ(amount->indexed, Cents{980'837});
  EXPECT_EQ(amount->amount, Cents{81'736});
  EXPECT_EQ(to_string(amount->from), "2013-09-01");
}

TEST(Published, AmountsOfTheLeafletsAreThoseOfTheLawAndOfTheActs) {
  int n_checked = 0;
  each_published("integration_income", [&](yaml::MapReader& map) {
    const Date on = map.date("on");
    const auto monthly = three(map, "monthly");
    const bool has_yearly = map.has("yearly");
    const bool has_base = map.has("base");
    for (std::size_t c = 0; c < 3; ++c) {
      EXPECT_EQ(in_law(categories[c], on), monthly[c]) << categories[c] << " " << to_string(on);
      const auto amount = amount_by_acts(acts(), categories[c], on);
      ASSERT_TRUE(amount);
      EXPECT_EQ(amount->amount, cents_of(monthly[c])) << categories[c] << " " << to_string(on);
      if (has_yearly) {
        EXPECT_EQ(amount->indexed, cents_of(three(map, "yearly")[c])) << to_string(on);
      }
      if (has_base) {
        EXPECT_EQ(amount->base, cents_of(three(map, "base")[c])) << to_string(on);
      }
      ++n_checked;
    }
  });
  EXPECT_GE(n_checked, 3 * 14);
}

TEST(Published, BasesAreThoseOfTheActs) {
  each_published("integration_income_base", [](yaml::MapReader& map) {
    const Date on = map.date("on");
    const auto base = three(map, "base");
    for (std::size_t c = 0; c < 3; ++c)
      EXPECT_EQ(amount_by_acts(acts(), categories[c], on)->base, cents_of(base[c])) << to_string(on);
  });
}

// Twelve amounts rounded to the cent: at most 0.06 off, and 0.05 for the rounding of the sum.
TEST(Published, SumsOfAYearAreThoseOfTheLaw) {
  each_published("integration_income_of_year", [](yaml::MapReader& map) {
    const int year = map.whole_number("year");
    const auto published = three(map, "sum");
    for (std::size_t c = 0; c < 3; ++c) {
      double sum = 0;
      for (int m = 1; m <= 12; ++m) sum += in_law(categories[c], {Month(year, m), 1});
      EXPECT_NEAR(sum, published[c], 0.11) << categories[c] << " " << year;
    }
  });
}

TEST(Published, RulesAreThoseOfTheLaw) {
  int n_checked = 0;
  each_published("rules", [&](yaml::MapReader& map) {
    const std::string path = map.text("path");
    const Date on = map.date("on");
    const double value = map.number("value");
    EXPECT_EQ(in_law(path, on), value) << path << " " << to_string(on);
    ++n_checked;
  });
  EXPECT_GE(n_checked, 40);
}

std::vector<Fault> faults_in(const std::string& steps, const std::string& amounts) {
  const std::string text =
      "index:\n  percent: 2\n  steps:\n" + steps + "amounts:\n" + amounts + "departures: []\n";
  return test::faults_of([&] { load_indexation({"acts.yaml", text}); });
}

const std::string step = "    2002-02-01: {number: 3, reference: r}\n";
const std::string series =
    "  - bases: {ris/amount/single: 6600}\n    per: year\n    from: 2002-10-01\n    reference: r\n    "
    "acts:\n";

TEST(ActsFile, EachFaultIsToldWithItsLine) {
  const auto expect_one = [](const std::vector<Fault>& faults, FaultKind kind, int line) {
    ASSERT_EQ(faults.size(), 1U);
    EXPECT_EQ(faults[0].kind, kind);
    EXPECT_EQ(faults[0].line, line);
  };
  const std::string good = series + "      - {from: 2004-10-01, raise: [1], reference: r}\n";
  EXPECT_TRUE(faults_in(step, good).empty());
  expect_one(faults_in(step + "    2003-06-01: {number: 5, reference: r}\n", good), FaultKind::inconsistent,
             5);
  expect_one(faults_in(step, series + "      - {from: 2002-01-01, raise: [1], reference: r}\n"),
             FaultKind::inconsistent, 11);
  expect_one(faults_in(step, series + "      - {from: 2004-10-01, reference: r}\n"), FaultKind::inconsistent,
             11);
  expect_one(faults_in(step, series + "      - {from: 2004-10-01, raise: [1]}\n"), FaultKind::missing_key,
             11);
  expect_one(faults_in(step, series + "      - {from: 2004-10-01, raise: [1, 2, 3], reference: r}\n"),
             FaultKind::out_of_range, 11);
  expect_one(
      faults_in(step, series + "      - {from: 2004-10-01, raise: [1], of: 2005-01-01, reference: r}\n"),
      FaultKind::inconsistent, 11);
  expect_one(faults_in(step, series + "      - {from: 2004-10-01, raise: [1], only: [ris/amount/singel], "
                                      "reference: r}\n"),
             FaultKind::unknown_name, 11);
}

TEST(ActsFile, APathMustBeALeverOfEurosAMonth) {
  const auto faults = faults_in(step,
                                "  - bases: {ris/amount/singel: 6600}\n    per: year\n    from: 2002-10-01\n"
                                "    reference: r\n    acts: []\n");
  ASSERT_EQ(faults.size(), 1U);
  EXPECT_EQ(faults[0].nearest, "ris/amount/single");
}

}  // namespace
}  // namespace tremplin
