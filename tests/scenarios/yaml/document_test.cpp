#include "scenarios/yaml/document.hpp"

#include <gtest/gtest.h>

#include <chrono>

namespace tremplin::yaml {
namespace {

std::vector<Fault> faults_of(const std::string& text) {
  Faults faults;
  read_document({"test.yaml", text}, faults);
  try {
    faults.throw_if_any();
  } catch (const InputError& error) {
    return error.faults();
  }
  return {};
}

void expect_one(const std::string& text, FaultKind kind, int line) {
  const auto faults = faults_of(text);
  ASSERT_EQ(faults.size(), 1u) << text;
  EXPECT_EQ(faults[0].kind, kind) << text;
  EXPECT_EQ(faults[0].line, line) << text;
  EXPECT_EQ(faults[0].source, "test.yaml");
}

TEST(Document, KeepsOrderLinesAndColumns) {
  Faults faults;
  const auto root = read_document({"test.yaml", "# comment\nb: 1\na:\n  - x\n  - 'y'\n"}, faults);
  ASSERT_TRUE(root && faults.empty());
  ASSERT_EQ(root->entries.size(), 2u);
  EXPECT_EQ(root->entries[0].key, "b");
  EXPECT_EQ(root->entries[0].line, 2);
  EXPECT_EQ(root->entries[0].value.column, 4);
  const Node* list = root->find("a");
  ASSERT_NE(list, nullptr);
  ASSERT_EQ(list->items.size(), 2u);
  EXPECT_EQ(list->items[1].line, 5);
  EXPECT_FALSE(list->items[0].quoted);
  EXPECT_TRUE(list->items[1].quoted);
}

TEST(Document, BlockTextsAreQuotedTexts) {
  Faults faults;
  const auto root = read_document({"test.yaml", "a: >\n  12\n"}, faults);
  ASSERT_TRUE(root && faults.empty());
  EXPECT_TRUE(root->find("a")->quoted);
}

TEST(Document, RefusesDuplicateKeys) {
  const auto faults = faults_of("a: 1\nb: 2\na: 3\n");
  ASSERT_EQ(faults.size(), 1u);
  EXPECT_EQ(faults[0].kind, FaultKind::duplicate_key);
  EXPECT_EQ(faults[0].line, 3);
  EXPECT_EQ(faults[0].key, "a");
  EXPECT_EQ(faults[0].found, "test.yaml:1");  // where the first stands
}

TEST(Document, RefusesWhatAnAnalystWouldNotMean) {
  expect_one("a: &x 1\n", FaultKind::wrong_type, 1);
  expect_one("a: 1\nb: !!int 2\n", FaultKind::wrong_type, 2);
  expect_one("? [a, b]\n: 1\n", FaultKind::wrong_type, 1);
  expect_one("a: 1\n---\nb: 2\n", FaultKind::unreadable, 3);
  EXPECT_EQ(faults_of("a: &x 1\nb: *x\n").size(), 2u);  // the anchor and its alias
}

TEST(Document, RefusesBrokenYamlWithItsLine) {
  expect_one("a: 1\nb: [1, 2\n", FaultKind::unreadable, 3);
  expect_one("a: 1\n b: 2\n", FaultKind::unreadable, 2);
  expect_one("a: 1\nb: \"open\n", FaultKind::unreadable, 2);
  expect_one("é: 'ça'\nb: 'it''\n", FaultKind::unreadable, 2);
  expect_one("b: \"open \\\"\nc: 1\n", FaultKind::unreadable, 1);
  EXPECT_TRUE(faults_of("é: 'it''s'\nb: \"a \\\" b\"\n").empty());
  EXPECT_TRUE(faults_of("\xef\xbb\xbf"
                        "a: 'x'\r\nb: 2\r\n")
                  .empty());
  expect_one("\ta: 1\n", FaultKind::unreadable, 1);
}

TEST(Document, RefusesTextThatIsNotUtf8) {
  expect_one("a: 1\nb: \xff\n", FaultKind::unreadable, 2);
  expect_one("a: \xc0\xaf\n", FaultKind::unreadable, 1);      // overlong
  expect_one("a: \xed\xa0\x80\n", FaultKind::unreadable, 1);  // surrogate
  expect_one(std::string("a: \0b", 5), FaultKind::unreadable, 1);
  EXPECT_TRUE(faults_of("a: é€𝄞\n").empty());
}

TEST(Document, NamesTheByteAndTheEncodingThatTheFileSeemsToHave) {
  const Fault latin = faults_of("name: mine\ntitle: caf\xe9\n").at(0);
  EXPECT_EQ(latin.line, 2);
  EXPECT_EQ(latin.column, 11);
  EXPECT_EQ(latin.found, "0xE9 (é, Latin-1)");
  EXPECT_EQ(faults_of("a: \x80 12\n").at(0).found, "0x80 (Windows-1252)");  // its euro sign
  EXPECT_EQ(faults_of(std::string("\xff\xfe"
                                  "a\0:\0",
                                  6))
                .at(0)
                .found,
            "0xFF (UTF-16)");
}

TEST(Document, CapsSizeAndDepth) {
  expect_one(std::string(max_bytes + 1, ' '), FaultKind::too_large, 0);
  expect_one(std::string(40, '[') + std::string(40, ']'), FaultKind::too_large, 0);
  expect_one(std::string(500'000, '['), FaultKind::too_large, 0);
  EXPECT_TRUE(faults_of(std::string(max_depth, '[') + std::string(max_depth, ']')).empty());
}

// The largest file that is read must take linear time, whatever it holds. It takes some three seconds; a
// minute leaves room for sanitizers, and a quadratic reader would need an hour.
TEST(Document, HostileTextsTakeLinearTime) {
  const auto start = std::chrono::steady_clock::now();
  std::string keys;
  for (int i = 0; keys.size() < max_bytes - 20; ++i) keys += std::to_string(i) + ": 1\n";
  EXPECT_TRUE(faults_of(keys).empty());
  for (const std::string piece :
       {"- ", "? ", "{", "[a, ", "!!a ", "&a ", "*a\n", "a: ", "- [\n", "'", "\"\n", "|\n", "# \n"}) {
    std::string text;
    while (text.size() + piece.size() <= max_bytes) text += piece;
    faults_of(text);
  }
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(60));
}

TEST(Document, AnEmptyTextIsANullNode) {
  Faults faults;
  const auto root = read_document({"test.yaml", "# nothing\n"}, faults);
  ASSERT_TRUE(root && faults.empty());
  EXPECT_EQ(root->kind, Node::Kind::null);
}

}  // namespace
}  // namespace tremplin::yaml
