#include "scenarios/yaml/reader.hpp"

#include <gtest/gtest.h>

namespace tremplin::yaml {
namespace {

std::vector<Fault> faults_in(const Faults& faults) {
  try {
    faults.throw_if_any();
  } catch (const InputError& error) {
    return error.faults();
  }
  return {};
}

// Reads `text` as a map and hands it to `read`; returns the faults.
template <class Read>
std::vector<Fault> faults_of(const std::string& text, Read read) {
  Faults faults;
  const auto root = read_document({"test.yaml", text}, faults);
  if (root) {
    MapReader map(*root, {"test.yaml", &faults, {}});
    read(map);
    map.finish();
  }
  return faults_in(faults);
}

TEST(Reader, NumbersArePlainDecimals) {
  EXPECT_EQ(parse_number("12"), 12.0);
  EXPECT_EQ(parse_number("-0.50"), -0.5);
  EXPECT_EQ(parse_number("0"), 0.0);
  for (const char* refused : {"010", "0x1f", "1_000", ".5", "5.", "+5", "1e3", "nan", "inf",   ".inf",
                              "1,5", "--1",  "-",     "",   " 1", "1 ", "0b1", "0o7", "1.2.3", "١"}) {
    EXPECT_FALSE(parse_number(refused)) << refused;
  }
  EXPECT_FALSE(parse_number(std::string(400, '9')));  // more than a double holds
}

TEST(Reader, OnlyTrueAndFalseAreTruths) {
  EXPECT_EQ(parse_truth("true"), true);
  EXPECT_EQ(parse_truth("false"), false);
  for (const char* refused : {"yes", "no", "on", "off", "True", "y", "1"}) EXPECT_FALSE(parse_truth(refused));
}

TEST(Reader, DatesMustExist) {
  EXPECT_EQ(parse_date("2016-11-01"), (Date{Month(2016, 11), 1}));
  EXPECT_EQ(parse_date("2016-02-29"), (Date{Month(2016, 2), 29}));
  EXPECT_EQ(parse_date("2016-11"), (Date{Month(2016, 11), 1}));
  for (const char* refused : {"2015-02-29", "2015-13-01", "2015-00", "2015-1-1", "2015/01/01", "01-01-2015",
                              "2015-01-01T00", "1899-12", "2101-01", "2015-04-31", "20150101", "2015--1"}) {
    EXPECT_FALSE(parse_date(refused)) << refused;
  }
}

TEST(Reader, ADayInTheSecondHalfCountsFromTheNextMonth) {
  EXPECT_EQ(parse_date("2016-11-15")->counts_from(), Month(2016, 11));
  EXPECT_EQ(parse_date("2016-12-16")->counts_from(), Month(2017, 1));
}

TEST(Reader, ReadsEachKindOfScalar) {
  const auto faults =
      faults_of("n: 0.25\nw: 3\nt: true\ns: no\nd: 2013-09-01\nl: [a, 'b']\n", [](MapReader& map) {
        EXPECT_EQ(map.number("n", {0, 1}), 0.25);
        EXPECT_EQ(map.whole_number("w"), 3);
        EXPECT_TRUE(map.truth("t"));
        EXPECT_EQ(map.text("s"), "no");
        EXPECT_EQ(map.date("d").month, Month(2013, 9));
        EXPECT_EQ(map.texts("l"), (std::vector<std::string>{"a", "b"}));
        EXPECT_EQ(map.number("absent", {}, 7), 7);
      });
  EXPECT_TRUE(faults.empty());
}

TEST(Reader, TellsEveryFaultOfAFileAtOnceInTheOrderOfItsLines) {
  const std::string text =
      "share: 1.5\n"
      "count: 2.5\n"
      "quoted: '12'\n"
      "yes_or_no: yes\n"
      "when: 2015-02-29\n"
      "kind: refrom\n"
      "nmae: x\n";
  const auto faults = faults_of(text, [](MapReader& map) {
    constexpr std::array<std::string_view, 2> kinds = {"base", "reform"};
    map.text("name");
    map.one_of("kind", kinds);
    map.date("when");
    map.truth("yes_or_no");
    map.number("quoted");
    map.whole_number("count");
    map.number("share", {0, 1});
  });
  ASSERT_EQ(faults.size(), 8u);
  EXPECT_EQ(faults[0].kind, FaultKind::missing_key);  // at the start of the map
  EXPECT_EQ(faults[0].key, "name");
  EXPECT_EQ(faults[1].kind, FaultKind::out_of_range);
  EXPECT_EQ(faults[1].expected, "0 .. 1");
  EXPECT_EQ(faults[2].expected, expects::whole_number);
  EXPECT_EQ(faults[3].found, "\"12\"");
  EXPECT_EQ(faults[4].expected, expects::truth);
  EXPECT_EQ(faults[5].kind, FaultKind::bad_date);
  EXPECT_EQ(faults[6].nearest, "reform");
  EXPECT_EQ(faults[7].kind, FaultKind::unknown_key);
  EXPECT_EQ(faults[7].nearest, "name");
  EXPECT_EQ(faults[7].line, 7);
}

TEST(Reader, NamesThePathOfANestedFault) {
  const auto faults = faults_of("changes:\n  - {value: x}\n", [](MapReader& map) {
    const Node* list = map.required("changes");
    const auto place = map.place_of("changes");
    MapReader change(items(*list, place)[0], place.at(std::size_t{0}));
    change.number("value");
  });
  ASSERT_EQ(faults.size(), 1u);
  EXPECT_EQ(faults[0].key, "changes[0].value");
  EXPECT_EQ(faults[0].line, 2);
  EXPECT_EQ(faults[0].column, 13);
}

TEST(Reader, AMapIsAskedOfEveryKindOfNode) {
  for (const char* text : {"", "x\n", "[1]\n"}) {
    const auto faults = faults_of(text, [](MapReader& map) { map.text("name"); });
    ASSERT_EQ(faults.size(), 1u) << text;
    EXPECT_EQ(faults[0].kind, FaultKind::wrong_type);
    EXPECT_EQ(faults[0].expected, expects::map);
  }
}

TEST(Reader, WantsAllThreeLanguages) {
  const auto faults =
      faults_of("title: {fr: a, nl: b}\n", [](MapReader& map) { map.in_three_languages("title"); });
  ASSERT_EQ(faults.size(), 1u);
  EXPECT_EQ(faults[0].kind, FaultKind::missing_key);
  EXPECT_EQ(faults[0].key, "title.en");
}

TEST(Reader, FindsTheNearestName) {
  constexpr std::array<std::string_view, 3> names = {"generalisation", "case-by-case", "law-2015"};
  EXPECT_EQ(nearest_name("generalization", names), "generalisation");
  EXPECT_EQ(nearest_name("Law-2051", names), "law-2015");
  EXPECT_EQ(nearest_name("entirely different", names), "");
  EXPECT_EQ(nearest_name(std::string(100'000, 'x'), names), "");
}

TEST(Reader, WritesNumbersAsOneWouldTypeThem) {
  EXPECT_EQ(to_string(0.1), "0.1");
  EXPECT_EQ(to_string(1089.82), "1089.82");
  EXPECT_EQ(to_string(-0.0), "0");
  EXPECT_EQ(to_string(Range{0, 120}), "0 .. 120");
}

}  // namespace
}  // namespace tremplin::yaml
