#include "outputs/store.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <stdexcept>

#include "engine/base/errors.hpp"
#include "outputs/hdf5/file.hpp"
#include "outputs/registries.hpp"
#include "tests/outputs/stored_run.hpp"

namespace tremplin {
namespace {

using namespace std::string_literals;
using test::content_of;
using test::Folder;
using test::put;
using test::stored_run;

Fault fault_of_reading(const std::filesystem::path& path) {
  try {
    read_run(path);
  } catch (const InputError& error) {
    return error.faults().front();
  }
  ADD_FAILURE() << path << " was read without an InputError";
  return {};
}

// A file of the format whose root is changed by hand before it is written.
void write_changed(const std::filesystem::path& path, const std::function<void(hdf5::Group&)>& fill) {
  hdf5::File file = hdf5::File::in_memory();
  fill(file.root());
  put(path, file.bytes());
}

TEST(Store, GivesEveryValueBackBitForBit) {
  const Folder folder;
  const auto run = stored_run();
  write_run(run, folder / "run.h5");
  const auto back = read_run(folder / "run.h5");
  EXPECT_EQ(back.inputs, run.inputs);
  EXPECT_EQ(back.scenarios, run.scenarios);
  EXPECT_EQ(back.offices, run.offices);
  EXPECT_EQ(back.parameters, run.parameters);
  EXPECT_EQ(back.plan, run.plan);
  EXPECT_EQ(back.stratum_weights, run.stratum_weights);
  EXPECT_TRUE(back == run);
}

TEST(Store, KeepsTheExtremesOfEveryWidth) {
  const Folder folder;
  auto run = stored_run();
  const std::array extremes = {std::numeric_limits<std::int64_t>::max(),
                               std::numeric_limits<std::int64_t>::min(), std::int64_t{1} << 31,
                               -(std::int64_t{1} << 31) - 1};
  std::ranges::copy(extremes, run.results[0][0].tallies.begin());
  std::ranges::copy(extremes, run.results[1][2].paid_days.begin());
  run.results[0][1].workload[0] = std::numeric_limits<std::int32_t>::max();
  run.results[0][1].workload[1] = std::numeric_limits<std::int32_t>::min();
  run.parameters[0].frailty_sd = 5e-324;
  write_run(run, folder / "run.h5");
  EXPECT_TRUE(read_run(folder / "run.h5") == run);
}

TEST(Store, KeepsWhatARunOfOnesOwnCpasStatedDrewAndAligned) {
  const Folder folder;
  tremplin::Run run = test::own_run();
  write_run(run, folder / "run.h5");
  EXPECT_TRUE(read_run(folder / "run.h5") == run);
  run.own->stated = {150, {}, {}};  // what is not stated comes back as not stated
  run.own->left_out.clear();
  run.own->reference = {2019, 0};
  write_run(run, folder / "run.h5");
  EXPECT_TRUE(read_run(folder / "run.h5") == run);
}

TEST(Store, KeepsARunWithoutReplicates) {
  const Folder folder;
  auto run = stored_run();
  run.parameters.clear();
  for (auto& replicates : run.results) replicates.clear();
  run.inputs.clear();
  write_run(run, folder / "run.h5");
  EXPECT_TRUE(read_run(folder / "run.h5") == run);
}

TEST(Store, TheSameRunGivesTheSameBytes) {
  const Folder folder;
  write_run(stored_run(), folder / "a.h5");
  write_run(stored_run(), folder / "b.h5");
  EXPECT_EQ(content_of(folder / "a.h5"), content_of(folder / "b.h5"));
  EXPECT_EQ(folder.n_files(), 2U);
}

TEST(Store, LosesTheTextOfConfidentialInputs) {
  const Folder folder;
  auto run = stored_run();
  run.inputs[1].text = "nobody may read this";
  write_run(run, folder / "run.h5");
  EXPECT_EQ(content_of(folder / "run.h5").find("nobody may"), std::string::npos);
  EXPECT_EQ(read_run(folder / "run.h5").inputs[1].text, "");
  EXPECT_EQ(read_run(folder / "run.h5").inputs[1].sha256, run.inputs[1].sha256);
}

TEST(Store, RefusesToWriteAHashThatIsNotThatOfItsText) {
  const Folder folder;
  auto run = stored_run();
  run.inputs[0].text += " ";
  EXPECT_THROW(write_run(run, folder / "run.h5"), std::invalid_argument);
  EXPECT_EQ(folder.n_files(), 0U);
}

TEST(Store, AMissingOrUnusableFolderIsAnUnwritableFaultAndLeavesNothing) {
  const Folder folder;
  put(folder / "file", "x");
  for (const char* name : {"none/run.h5", "file/run.h5"}) {
    try {
      write_run(stored_run(), folder / name);
      ADD_FAILURE() << name << " was written";
    } catch (const InputError& error) {
      EXPECT_EQ(error.faults().front().kind, FaultKind::unwritable);
      EXPECT_EQ(error.faults().front().source, (folder / name).string());
      EXPECT_FALSE(error.faults().front().found.empty());
    }
  }
  EXPECT_EQ(folder.n_files(), 1U);
}

TEST(Store, AMissingFileAFolderAndADeviceAreUnreadable) {
  const Folder folder;
  EXPECT_EQ(fault_of_reading(folder / "none.h5").kind, FaultKind::unreadable);
  EXPECT_EQ(fault_of_reading(folder / "none.h5").found, "No such file or directory");
  EXPECT_EQ(fault_of_reading(folder.path()).kind, FaultKind::unreadable);
  EXPECT_EQ(fault_of_reading("/dev/null").kind, FaultKind::unreadable);
}

constexpr std::size_t seal_size = 82;  // FORMAT.md: a line break, "tremplin sha256 ", 64 digits, a line break

TEST(Store, AFileCutAnywhereIsNotAResult) {
  const Folder folder;
  write_run(stored_run(), folder / "run.h5");
  const std::string whole = content_of(folder / "run.h5");
  // About 200 lengths, and the first bytes and those of the seal one by one.
  std::vector<std::size_t> lengths;
  for (std::size_t n = 0; n < whole.size(); n += whole.size() / 200) lengths.push_back(n);
  for (std::size_t n = 1; n < 2 * seal_size; ++n) {
    if (n != seal_size) lengths.insert(lengths.end(), {n, whole.size() - n});
  }
  for (const std::size_t length : lengths) {
    put(folder / "cut.h5", whole.substr(0, length));
    ASSERT_EQ(fault_of_reading(folder / "cut.h5").kind, FaultKind::not_a_result) << "cut at " << length;
  }
}

TEST(Store, AFlippedBitIsNoticedWhereverItIs) {
  const Folder folder;
  write_run(stored_run(), folder / "run.h5");
  std::string content = content_of(folder / "run.h5");
  std::vector<std::size_t> places;
  for (std::size_t at = 3; at < content.size(); at += content.size() / 300) places.push_back(at);
  for (std::size_t n = 1; n <= seal_size; ++n) places.push_back(content.size() - n);
  for (const std::size_t at : places) {
    content[at] = static_cast<char>(content[at] ^ 0x20);
    put(folder / "damaged.h5", content);
    ASSERT_EQ(fault_of_reading(folder / "damaged.h5").kind, FaultKind::not_a_result) << "byte " << at;
    content[at] = static_cast<char>(content[at] ^ 0x20);
  }
}

TEST(Store, BytesAddedAtTheEndAreNoticed) {
  const Folder folder;
  write_run(stored_run(), folder / "run.h5");
  put(folder / "longer.h5", content_of(folder / "run.h5") + "x");
  EXPECT_EQ(fault_of_reading(folder / "longer.h5").kind, FaultKind::not_a_result);
}

// Another program's rewriting drops the seal; the results still carry their digest.
TEST(Store, AFileWithoutSealIsReadIfItsResultsMatchTheirDigest) {
  const Folder folder;
  const auto run = stored_run();
  write_run(run, folder / "run.h5");
  const std::string content = content_of(folder / "run.h5");
  put(folder / "bare.h5", content.substr(0, content.size() - seal_size));
  EXPECT_TRUE(read_run(folder / "bare.h5") == run);
}

TEST(Store, OtherFilesAreNotResults) {
  const Folder folder;
  put(folder / "text.h5", "scenario,paid\nlaw-2015,1\n");
  put(folder / "empty.h5", "");
  put(folder / "signature.h5", "\x89HDF\r\n\x1a\n" + std::string(5000, '\x7f'));
  write_changed(folder / "foreign.h5", [](hdf5::Group& root) { root.create_texts("names", {"a", "b"}); });
  write_changed(folder / "other.h5", [](hdf5::Group& root) { root.set_text("format", "another-format"); });
  write_changed(folder / "number.h5", [](hdf5::Group& root) { root.set_value("format", 1.0); });
  write_changed(folder / "hollow.h5", [](hdf5::Group& root) {
    root.set_text("format", std::string(format_name));
    root.set_value("format_version", format_version);
  });
  for (const char* name :
       {"text.h5", "empty.h5", "signature.h5", "foreign.h5", "other.h5", "number.h5", "hollow.h5"}) {
    const Fault fault = fault_of_reading(folder / name);
    EXPECT_EQ(fault.kind, FaultKind::not_a_result) << name;
    EXPECT_EQ(fault.source, (folder / name).string());
    EXPECT_FALSE(fault.found.empty());
  }
}

TEST(Store, ALaterFormatIsNamedWithBothVersions) {
  const Folder folder;
  write_changed(folder / "later.h5", [](hdf5::Group& root) {
    root.set_text("format", std::string(format_name));
    root.set_value("format_version", std::int32_t{format_version + 1});
  });
  const Fault fault = fault_of_reading(folder / "later.h5");
  EXPECT_EQ(fault.kind, FaultKind::newer_format);
  EXPECT_EQ(fault.found, std::to_string(format_version + 1));
  EXPECT_EQ(fault.expected, std::to_string(format_version));
}

// Replaces a word of one tally's name, everywhere: as another version of the program would write it.
std::string renamed(std::string content, const std::string& from, const std::string& to) {
  EXPECT_EQ(from.size(), to.size());
  content.resize(content.size() - seal_size);
  for (std::size_t at = content.find(from); at != std::string::npos; at = content.find(from, at + 1)) {
    content.replace(at, to.size(), to);
  }
  return content;
}

TEST(Store, ATallyUnknownToThisProgramIsNamed) {
  const Folder folder;
  write_run(stored_run(), folder / "run.h5");
  // Texts lie in the file as they are; a name of the same length keeps every place.
  put(folder / "other.h5", renamed(content_of(folder / "run.h5"), "places_refused", "places_planned"));
  const Fault fault = fault_of_reading(folder / "other.h5");
  EXPECT_EQ(fault.kind, FaultKind::newer_format);
  EXPECT_EQ(fault.found, "places_planned");
}

TEST(Store, ATallyMissingFromAnOlderFileIsNotReadAsZero) {
  const Folder folder;
  write_run(stored_run(), folder / "run.h5");
  // "places" then stands there twice and "notices" not at all; the first of both is named.
  put(folder / "other.h5", renamed(content_of(folder / "run.h5"), "notices", "places\0"s));
  const Fault fault = fault_of_reading(folder / "other.h5");
  EXPECT_EQ(fault.kind, FaultKind::inconsistent);
  EXPECT_EQ(fault.expected, "places");
}

TEST(OfficeColumns, ReachEveryFieldAndOnlyTheirOwn) {
  Office office;
  const Office untouched = office;
  for (const OfficeColumn& column : office_columns()) {
    Office changed = untouched;
    const double other = column.get(untouched) == 1 ? 0 : 1;
    column.set(changed, other);
    EXPECT_EQ(column.get(changed), other) << column.name;
    EXPECT_FALSE(changed == untouched) << column.name;
    column.set(changed, column.get(untouched));
    EXPECT_EQ(changed, untouched) << column.name;
  }
}

}  // namespace
}  // namespace tremplin
