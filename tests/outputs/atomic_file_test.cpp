#include "outputs/atomic_file.hpp"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

#include "engine/base/errors.hpp"
#include "tests/outputs/stored_run.hpp"

namespace tremplin {
namespace {

using test::content_of;
using test::Folder;
using test::put;

// The one fault of a call that must fail.
template <typename Call>
Fault fault_of(Call call) {
  try {
    call();
  } catch (const InputError& error) {
    EXPECT_EQ(error.faults().size(), 1U);
    return error.faults().front();
  }
  ADD_FAILURE() << "no InputError";
  return {};
}

// No file of this process may grow beyond a size, while this lives: what a full disk does, for any user.
class SmallDisk {
 public:
  explicit SmallDisk(rlim_t bytes) : handler_(std::signal(SIGXFSZ, SIG_IGN)) {
    ::getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit limit{bytes, before_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~SmallDisk() {
    ::setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, handler_);
  }
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;

 private:
  rlimit before_{};
  void (*handler_)(int);
};

TEST(AtomicFile, WritesTheContentAndNothingElse) {
  const Folder folder;
  write_file(folder / "a.txt", "first");
  write_file(folder / "a.txt", "second, longer");
  EXPECT_EQ(content_of(folder / "a.txt"), "second, longer");
  EXPECT_EQ(folder.n_files(), 1U);
}

TEST(AtomicFile, AMissingFolderIsAnUnwritableFault) {
  const Folder folder;
  const Fault fault = fault_of([&] { write_file(folder / "none/a.txt", "x"); });
  EXPECT_EQ(fault.kind, FaultKind::unwritable);
  EXPECT_EQ(fault.source, (folder / "none/a.txt").string());
  EXPECT_EQ(fault.found, "No such file or directory");
}

TEST(AtomicFile, APathThroughAFileIsAnUnwritableFault) {
  const Folder folder;
  put(folder / "file", "x");
  EXPECT_EQ(fault_of([&] { write_file(folder / "file/a.txt", "x"); }).found, "Not a directory");
}

TEST(AtomicFile, AFolderInThePlaceOfTheFileIsAnUnwritableFault) {
  const Folder folder;
  std::filesystem::create_directory(folder / "a.txt");
  EXPECT_EQ(fault_of([&] { write_file(folder / "a.txt", "x"); }).found, "Is a directory");
  EXPECT_EQ(folder.n_files(), 1U);
}

TEST(AtomicFile, AFullDiskLeavesTheOlderFileAndNothingElse) {
  const Folder folder;
  put(folder / "a.txt", "older");
  const Fault fault = fault_of([&] {
    const SmallDisk disk(1000);
    write_file(folder / "a.txt", std::string(100'000, 'x'));
  });
  EXPECT_EQ(fault.kind, FaultKind::unwritable);
  EXPECT_EQ(content_of(folder / "a.txt"), "older");
  EXPECT_EQ(folder.n_files(), 1U);
}

TEST(AtomicFile, AProgramKilledWhileWritingLeavesTheOlderFile) {
  const Folder folder;
  put(folder / "a.txt", "older");
  const pid_t child = ::fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    const rlimit limit{1000, 1000};
    const rlimit no_core{0, 0};
    ::setrlimit(RLIMIT_CORE, &no_core);
    ::setrlimit(RLIMIT_FSIZE, &limit);  // the signal SIGXFSZ ends the child in the middle of the write
    std::signal(SIGXFSZ, SIG_DFL);
    write_file(folder / "a.txt", std::string(100'000, 'x'));
    ::_exit(0);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  ASSERT_TRUE(WIFSIGNALED(status));
  EXPECT_EQ(content_of(folder / "a.txt"), "older");
  // A later write is not hindered by what the dead program left.
  write_file(folder / "a.txt", "newer");
  EXPECT_EQ(content_of(folder / "a.txt"), "newer");
}

TEST(AtomicFile, AskingWhetherAFileCanBeWrittenChangesNothing) {
  const Folder folder;
  check_writable(folder / "new.txt");
  EXPECT_EQ(folder.n_files(), 0U);
  put(folder / "a.txt", "older");
  check_writable(folder / "a.txt");
  EXPECT_EQ(content_of(folder / "a.txt"), "older");
  EXPECT_EQ(fault_of([&] { check_writable(folder / "none/a.txt"); }).kind, FaultKind::unwritable);
}

}  // namespace
}  // namespace tremplin
