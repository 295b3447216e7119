#include "outputs/hdf5/file.hpp"

#include <gtest/gtest.h>

#include "outputs/hdf5/sheet.hpp"
#include "tests/outputs/stored_run.hpp"

namespace tremplin::hdf5 {
namespace {

using test::Folder;

// Builds a file, writes it and opens it again.
template <typename Fill>
File reopened(const Folder& folder, Fill fill) {
  File file = File::in_memory();
  fill(file.root());
  test::put(folder / "a.h5", file.bytes());
  return File::open(folder / "a.h5");
}

template <typename Call>
std::string reason_of(Call call) {
  const SilencedErrors silenced;
  try {
    call();
  } catch (const Error& error) {
    return error.what();
  }
  return "no error";
}

TEST(Hdf5File, GivesAttributesBack) {
  const Folder folder;
  const File file = reopened(folder, [](Group& root) {
    root.set_text("text", "Généralisation – ocmw’s");
    root.set_text("empty", "");
    root.set_value("whole", std::int64_t{-5});
    root.set_value("seed", std::uint64_t{0xffffffffffffffff});
    root.set_value("real", 0.1);
  });
  EXPECT_EQ(file.root().text("text"), "Généralisation – ocmw’s");
  EXPECT_EQ(file.root().text("empty"), "");
  EXPECT_EQ(file.root().value<std::int64_t>("whole"), -5);
  EXPECT_EQ(file.root().value<std::uint64_t>("seed"), 0xffffffffffffffff);
  EXPECT_EQ(file.root().value<double>("real"), 0.1);
}

TEST(Hdf5File, NamesTheAttributeThatIsMissingOrOfAnotherKind) {
  const Folder folder;
  const File file = reopened(folder, [](Group& root) {
    root.set_text("text", "x");
    root.set_value("whole", std::int32_t{1});
  });
  EXPECT_EQ(reason_of([&] { (void)file.root().text("none"); }), "no attribute none");
  EXPECT_EQ(reason_of([&] { (void)file.root().text("whole"); }), "attribute whole is not a text");
  EXPECT_EQ(reason_of([&] { (void)file.root().value<double>("text"); }), "attribute text is not a number");
}

TEST(Hdf5File, RefusesATextThatItWouldCut) {
  File file = File::in_memory();
  const std::string cut("a\0b", 3);
  EXPECT_NE(reason_of([&] { file.root().set_text("text", cut); }).find("NUL"), std::string::npos);
  EXPECT_NE(reason_of([&] { (void)file.root().create_texts("texts", {cut}); }).find("NUL"),
            std::string::npos);
}

TEST(Hdf5Dataset, ReadsTheSlabThatWasWritten) {
  const Folder folder;
  const File file = reopened(folder, [](Group& root) {
    Dataset dataset = root.create<std::int32_t>("a", {.shape = {2, 3, 4}, .chunk = {1, 2, 100}});
    const std::vector<std::int64_t> slab = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
    dataset.write_slab(std::span<const std::int64_t>(slab), {1});
  });
  const Dataset dataset = file.root().dataset("a");
  EXPECT_EQ(dataset.shape(), (Shape{2, 3, 4}));
  EXPECT_EQ(dataset.type_name(), "int32");
  std::vector<std::int64_t> row(4);
  dataset.read_slab(std::span<std::int64_t>(row), {1, 2});
  EXPECT_EQ(row, (std::vector<std::int64_t>{9, 10, 11, 12}));
  dataset.read_slab(std::span<std::int64_t>(row), {0, 2});
  EXPECT_EQ(row, (std::vector<std::int64_t>{0, 0, 0, 0}));
}

TEST(Hdf5Dataset, RefusesAnotherShapeOrKind) {
  const Folder folder;
  const File file = reopened(folder, [](Group& root) {
    root.create<double>("numbers", {.shape = {2, 3}})
        .write(std::span<const double>(std::vector<double>(6, 0.5)));
    root.create_texts("texts", {"é", ""});
  });
  std::vector<double> five(5);
  EXPECT_EQ(reason_of([&] { file.root().dataset("numbers").read_slab(std::span<double>(five), {}); }),
            "an array of another shape");
  EXPECT_EQ(reason_of([&] { (void)file.root().dataset("numbers").read_texts(); }),
            "an array that holds no texts");
  EXPECT_EQ(reason_of([&] { (void)file.root().dataset("texts").read<double>(); }),
            "an array that holds no numbers");
  EXPECT_EQ(file.root().dataset("texts").read_texts(), (std::vector<std::string>{"é", ""}));
  EXPECT_EQ(reason_of([&] { (void)file.root().dataset("none"); }), "no array none");
}

TEST(Hdf5Sheet, NamesTheAxesOfItsArrays) {
  const Folder folder;
  const File file = reopened(folder, [](Group& root) {
    Sheet sheet(root.create_group("g"));
    sheet.axis("place", std::vector<std::string>{"a", "b"}, {"a place"});
    sheet.axis("day", std::vector<std::int32_t>{0, 1, 2}, {"a day", "day"});
    sheet.numbers("values", {"place", "day"}, std::vector<double>(6, 1.5), {"values", "euro"});
    sheet.flags("colour", "place", {1, 0}, "red green", {"colour"});
  });
  const Group group = file.root().group("g");
  EXPECT_EQ(group.dataset("values").axes(), (std::vector<std::string>{"place", "day"}));
  EXPECT_EQ(group.dataset("values").text("units"), "euro");
  EXPECT_EQ(group.dataset("colour").text("flag_meanings"), "red green");
  EXPECT_EQ(group.datasets(), (std::vector<std::string>{"colour", "day", "place", "values"}));
}

TEST(Hdf5File, BytesDependOnTheContentAlone) {
  const auto bytes = [] {
    File file = File::in_memory();
    file.root().set_text("a", "b");
    file.root().create_texts("c", {"d"});
    return file.bytes();
  };
  EXPECT_EQ(bytes(), bytes());
}

}  // namespace
}  // namespace tremplin::hdf5
