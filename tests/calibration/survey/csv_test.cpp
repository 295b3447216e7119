#include "calibration/survey/csv.hpp"

#include <gtest/gtest.h>

#include "engine/base/errors.hpp"

namespace tremplin::survey {
namespace {

struct Read {
  std::vector<std::vector<std::string>> rows;
  std::vector<Fault> faults;
  char separator = 0;
};

Read read(const std::string& text) {
  const SourceText file{"file.csv", text};
  Faults faults;
  CsvReader reader(file, faults);
  Read read;
  read.separator = reader.separator();
  std::vector<Cell> row;
  while (reader.next(row)) {
    read.rows.emplace_back();
    for (const Cell& cell : row) read.rows.back().push_back(cell.text);
  }
  try {
    faults.throw_if_any();
  } catch (const InputError& error) {
    read.faults = error.faults();
  }
  return read;
}

using Rows = std::vector<std::vector<std::string>>;

TEST(Csv, QuotesHoldSeparatorsLineBreaksAndDoubledQuotes) {
  const Read file = read("a,b\n\"x,y\",\"he said \"\"no\"\"\"\n\"two\nlines\",z\n");
  EXPECT_EQ(file.rows, (Rows{{"a", "b"}, {"x,y", "he said \"no\""}, {"two\nlines", "z"}}));
  EXPECT_TRUE(file.faults.empty());
}

TEST(Csv, MarkOfByteOrderWindowsLineEndsAndEmptyLinesMakeNoDifference) {
  const Read plain = read("a,b\n1,2\n3,4\n");
  EXPECT_EQ(read("\xef\xbb\xbf"
                 "a,b\r\n1,2\r\n\r\n3,4")
                .rows,
            plain.rows);
  EXPECT_EQ(plain.rows, (Rows{{"a", "b"}, {"1", "2"}, {"3", "4"}}));
}

TEST(Csv, TheFirstSeparatorOfTheHeaderOutsideQuotesHolds) {
  EXPECT_EQ(read("a;b\n1,5;2\n").rows, (Rows{{"a", "b"}, {"1,5", "2"}}));
  EXPECT_EQ(read("\"a;b\",c\n1,2\n").separator, ',');
  EXPECT_EQ(read("alone\n").separator, ',');
}

TEST(Csv, BlanksAroundCellsAreLeftOutAndEmptyCellsStay) {
  EXPECT_EQ(read("a , b,c\n 1 ,\"2\" ,\n").rows, (Rows{{"a", "b", "c"}, {"1", "2", ""}}));
}

TEST(Csv, EachCellKnowsItsLineAndColumn) {
  const SourceText file{"file.csv", "a,b\n\"x\ny\",z\n1,22,333\n"};
  Faults faults;
  CsvReader reader(file, faults);
  std::vector<Cell> row;
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(reader.next(row));
  EXPECT_EQ(row[2].line, 4);    // the second row takes lines 2 and 3
  EXPECT_EQ(row[2].column, 6);  // after "1,22,"
  EXPECT_FALSE(reader.next(row));
}

TEST(Csv, WrongQuotesAreToldWhereTheyStandAndReadingGoesOn) {
  const Read file = read("a,b\n1,x\"y\n\"1\"2,3\n4,\"never closed\n");
  ASSERT_EQ(file.faults.size(), 3U);
  EXPECT_EQ(file.faults[0].line, 2);
  EXPECT_EQ(file.faults[0].column, 3);
  EXPECT_EQ(file.faults[0].found, "x\"y");
  EXPECT_EQ(file.faults[1].found, "\"1\"2");
  EXPECT_EQ(file.faults[2].line, 4);
  for (const Fault& fault : file.faults) EXPECT_EQ(fault.expected, expects::plain_quotes);
}

TEST(Csv, NulBytesAndOtherEncodingsAreRefused) {
  const Read nul = read(std::string("a,b\n1,\0002\n", 9));
  ASSERT_EQ(nul.faults.size(), 1U);
  EXPECT_EQ(nul.faults[0].line, 2);
  EXPECT_EQ(nul.faults[0].expected, expects::utf8);
  EXPECT_TRUE(nul.rows.empty());
  EXPECT_EQ(read("a,b\nLi\xe8ge,1\n").faults.at(0).found, "0xE8 (è, Latin-1)");
}

TEST(Csv, MoreThanAHundredMegabytesAreRefused) {
  const Read file = read(std::string(max_csv_bytes + 1, 'a'));
  ASSERT_EQ(file.faults.size(), 1U);
  EXPECT_EQ(file.faults[0].kind, FaultKind::too_large);
  EXPECT_EQ(file.faults[0].found, "100000001");
}

}  // namespace
}  // namespace tremplin::survey
