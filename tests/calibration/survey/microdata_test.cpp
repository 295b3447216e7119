#include "calibration/survey/microdata.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "scenarios/yaml/expects_cells.hpp"
#include "tests/calibration/survey/books.hpp"

namespace tremplin::survey {
namespace {

Microdata read(const std::string& text) { return read_microdata({"file.csv", text}, small_book()); }
std::vector<Fault> faults(const std::string& text) {
  return faults_of([&] { read(text); });
}

TEST(Microdata, ReadsAnswersOfEveryKind) {
  const Microdata data = read(
      "cpas,region,useful,why_time,why_none,agree,staff,files\n"
      "a,flanders,yes,1,0,3,2.5,40\n"
      "b,wallonia,no,,NA,,NA,\n"
      "a,flanders,,,,1,0,0\n");
  EXPECT_EQ(data.cpas, (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(data.cpas_of, (std::vector<int>{0, 1, 0}));
  EXPECT_EQ(data.line, (std::vector<int>{2, 3, 4}));
  EXPECT_EQ(data.respondents(), (std::vector<int>{2, 1}));
  EXPECT_EQ(data.groups[0], (std::vector<int>{0, 1}));
  EXPECT_FALSE(data.synthetic);
  // useful, why_time, why_money, why_none, agree, staff, files
  EXPECT_EQ(data.answers[0][0], 0);
  EXPECT_EQ(data.answers[0][1], 1);
  EXPECT_TRUE(std::isnan(data.answers[0][2]));
  EXPECT_EQ(data.answers[1][0], 1);
  EXPECT_TRUE(data.answers[2].empty());  // the file lacks that column
  EXPECT_EQ(data.answers[4][0], 3);
  EXPECT_EQ(data.answers[5][0], 2.5);
  EXPECT_TRUE(std::isnan(data.answers[6][1]));
}

TEST(Microdata, TellsEveryBadCellAtOnce) {
  const auto found = faults(
      "cpas,region,useful,why_time,agree,staff,files\n"
      "a,flandres,yess,2,4,\"2,5\",1.5\n"
      "b,wallonia,no,1,2,60,-1\n"
      "c,wallonia,yes\n"
      "a,wallonia,no,,1,x,1001\n");
  struct Told {
    int line;
    std::string key, found, expected, nearest;
  };
  const std::vector<Told> expected = {
      {2, "region", "flandres", "flanders | wallonia", "flanders"},
      {2, "useful", "yess", "yes | no", "yes"},
      {2, "why_time", "2", "0 | 1", ""},
      {2, "agree", "4", "1 | 2 | 3", ""},
      {2, "staff", "2,5", std::string(expects::number), ""},
      {2, "files", "1.5", std::string(expects::whole_number), ""},
      {3, "why_time", "1", std::string(expects::not_asked), ""},
      {3, "staff", "60", "0 .. 50", ""},
      {3, "files", "-1", "0 .. 1000", ""},
      {4, "", "3", "7 cells", ""},
      {5, "staff", "x", std::string(expects::number), ""},
      {5, "files", "1001", "0 .. 1000", ""},
  };
  ASSERT_EQ(found.size(), expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i) {
    EXPECT_EQ(found[i].source, "file.csv");
    EXPECT_EQ(found[i].line, expected[i].line) << i;
    EXPECT_EQ(found[i].key, expected[i].key) << i;
    EXPECT_EQ(found[i].found, expected[i].found) << i;
    EXPECT_EQ(found[i].expected, expected[i].expected) << i;
    EXPECT_EQ(found[i].nearest, expected[i].nearest) << i;
  }
  EXPECT_EQ(found[1].column, 12);  // after "a,flandres,"
}

TEST(Microdata, ACpasInTwoRegionsIsToldWithTheFirst) {
  const auto found = faults("cpas,region,staff\na,flanders,1\na,wallonia,1\n");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].kind, FaultKind::inconsistent);
  EXPECT_EQ(found[0].found, "wallonia");
  EXPECT_EQ(found[0].expected, "flanders");
}

TEST(Microdata, ColumnsThatAreUnknownTwiceOrMissingAreTold) {
  const auto found = faults("cpas,usefull,staff,staff\na,yes,1,1\n");
  ASSERT_EQ(found.size(), 3U);
  EXPECT_EQ(found[0].kind, FaultKind::missing_key);
  EXPECT_EQ(found[0].key, "region");
  EXPECT_EQ(found[1].kind, FaultKind::unknown_name);
  EXPECT_EQ(found[1].nearest, "useful");
  EXPECT_EQ(found[2].kind, FaultKind::duplicate_key);
}

TEST(Microdata, NoneBesideAnotherTickContradicts) {
  const auto found = faults("cpas,region,useful,why_time,why_none\na,flanders,yes,1,1\nb,wallonia,yes,0,1\n");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].line, 2);
  EXPECT_EQ(found[0].key, "why_none");
  EXPECT_EQ(found[0].expected, "why_time = 0");
}

TEST(Microdata, ACommaIsADecimalMarkOnlyWhereSemicolonsSeparate) {
  EXPECT_EQ(read("cpas;region;staff\na;flanders;2,5\n").answers[5][0], 2.5);
  EXPECT_EQ(faults("cpas,region,staff\na,flanders,\"2,5\"\n").size(), 1U);
}

TEST(Microdata, AFileWithoutRespondentsIsRefused) {
  EXPECT_EQ(faults("").size(), 1U);
  EXPECT_EQ(faults("cpas,region,staff\n").size(), 1U);
  EXPECT_EQ(faults(std::string("cpas\0", 5)).at(0).expected, expects::utf8);
}

}  // namespace
}  // namespace tremplin::survey
