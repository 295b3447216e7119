#include "calibration/outside/child_process.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <ctime>
#include <system_error>
#include <utility>

namespace tremplin::outside {

namespace {
constexpr std::size_t kept_messages = 4096;
constexpr int farewell_ms = 500;  // for a program that ends when its input does

[[noreturn]] void fail(int error, const std::string& what) {
  throw std::system_error(error, std::generic_category(), what);
}

void close_and_forget(int& descriptor) {
  if (descriptor >= 0) ::close(descriptor);
  descriptor = -1;
}

// A pipe above the standard descriptors, which the child's own are made of, and closed in every child that
// does not ask for it.
struct Pipe {
  int read = -1;
  int write = -1;

  Pipe() {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) fail(errno, "pipe");
    read = above(ends[0]);
    write = above(ends[1]);
  }
  ~Pipe() {
    close_and_forget(read);
    close_and_forget(write);
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;

  static int above(int descriptor) {
    if (descriptor > STDERR_FILENO) return descriptor;
    const int moved = ::fcntl(descriptor, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    ::close(descriptor);
    if (moved < 0) fail(errno, "pipe");
    return moved;
  }
  // The parent's end: never waits.
  static int taken(int& end) {
    ::fcntl(end, F_SETFL, ::fcntl(end, F_GETFL) | O_NONBLOCK);
    const int descriptor = end;
    end = -1;
    return descriptor;
  }
};

// How the child begins: its pipes, its folder, a group of its own, and signals as any program expects them
// (ours are blocked for the thread that answers Ctrl-C).
class Beginning {
 public:
  Beginning(const Pipe& in, const Pipe& out, const Pipe& err, const std::filesystem::path& folder) {
    posix_spawn_file_actions_init(&actions_);
    posix_spawnattr_init(&attributes_);
    posix_spawn_file_actions_adddup2(&actions_, in.read, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions_, out.write, STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions_, err.write, STDERR_FILENO);
    if (!folder.empty()) posix_spawn_file_actions_addchdir_np(&actions_, folder.c_str());
    sigset_t none;
    sigemptyset(&none);
    sigset_t usual;
    sigemptyset(&usual);
    for (const int signal : {SIGINT, SIGTERM, SIGPIPE}) sigaddset(&usual, signal);
    posix_spawnattr_setsigmask(&attributes_, &none);
    posix_spawnattr_setsigdefault(&attributes_, &usual);
    posix_spawnattr_setpgroup(&attributes_, 0);
    posix_spawnattr_setflags(&attributes_,
                             POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
  }
  ~Beginning() {
    posix_spawn_file_actions_destroy(&actions_);
    posix_spawnattr_destroy(&attributes_);
  }
  Beginning(const Beginning&) = delete;
  Beginning& operator=(const Beginning&) = delete;

  pid_t start(const std::vector<std::string>& words) const {
    std::vector<std::string> copies = words;
    std::vector<char*> arguments;
    for (std::string& word : copies) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    pid_t pid = -1;
    if (const int error =
            posix_spawnp(&pid, arguments.front(), &actions_, &attributes_, arguments.data(), environ);
        error != 0)
      fail(error, words.front());
    return pid;
  }

 private:
  posix_spawn_file_actions_t actions_{};
  posix_spawnattr_t attributes_{};
};

// While it lives, writing to a pipe that nobody reads gives EPIPE and no signal to this thread.
class NoPipeSignal {
 public:
  NoPipeSignal() {
    sigemptyset(&pipe_);
    sigaddset(&pipe_, SIGPIPE);
    sigset_t pending;
    sigpending(&pending);
    was_pending_ = sigismember(&pending, SIGPIPE) == 1;
    pthread_sigmask(SIG_BLOCK, &pipe_, &before_);
  }
  ~NoPipeSignal() {
    const timespec at_once{0, 0};
    if (!was_pending_) {
      while (sigtimedwait(&pipe_, nullptr, &at_once) < 0 && errno == EINTR) {
      }
    }
    pthread_sigmask(SIG_SETMASK, &before_, nullptr);
  }
  NoPipeSignal(const NoPipeSignal&) = delete;
  NoPipeSignal& operator=(const NoPipeSignal&) = delete;

 private:
  sigset_t pipe_{};
  sigset_t before_{};
  bool was_pending_ = false;
};

// Appends what there is; closes the descriptor at its end.
void drain(int& descriptor, std::string& into) {
  std::array<char, 65536> bytes{};
  while (descriptor >= 0) {
    const ssize_t n = ::read(descriptor, bytes.data(), bytes.size());
    if (n > 0) {
      into.append(bytes.data(), static_cast<std::size_t>(n));
      if (static_cast<std::size_t>(n) < bytes.size()) return;
      if (into.size() > bytes.size()) return;  // others wait too
    } else if (n == 0) {
      close_and_forget(descriptor);
    } else if (errno != EINTR) {
      if (errno != EAGAIN) close_and_forget(descriptor);
      return;
    }
  }
}

std::string last_line(std::string text) {
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.pop_back();
  const std::size_t from = text.rfind('\n');
  return from == std::string::npos ? text : text.substr(from + 1);
}
}  // namespace

ChildProcess::ChildProcess(const std::vector<std::string>& words, const std::filesystem::path& folder) {
  Pipe in;
  Pipe out;
  Pipe err;
  pid_ = Beginning(in, out, err, folder).start(words);
  closed_in_ = Pipe::taken(in.write);
  out_ = Pipe::taken(out.read);
  err_ = Pipe::taken(err.read);
}

ChildProcess::~ChildProcess() { end(); }

void ChildProcess::say(const std::string& text) {
  waiting_ += text;
  if (in_ < 0) std::swap(in_, closed_in_);
  go_on_writing();
}

void ChildProcess::go_on_writing() {
  const NoPipeSignal quiet;
  while (in_ >= 0 && !waiting_.empty()) {
    const ssize_t n = ::write(in_, waiting_.data(), waiting_.size());
    if (n >= 0) {
      waiting_.erase(0, static_cast<std::size_t>(n));
    } else if (errno == EPIPE) {
      close_and_forget(in_);  // its end is read from its output
    } else if (errno != EINTR) {
      return;
    }
  }
  if (in_ >= 0) std::swap(in_, closed_in_);
}

void ChildProcess::read() { drain(out_, received_); }

void ChildProcess::hear() {
  drain(err_, messages_);
  if (messages_.size() > kept_messages) messages_.erase(0, messages_.size() - kept_messages);
}

std::optional<std::string> ChildProcess::take_line() {
  const std::size_t end = received_.find('\n');
  if (end == std::string::npos) return std::nullopt;
  std::string line = received_.substr(0, end);
  received_.erase(0, end + 1);
  if (line.ends_with('\r')) line.pop_back();
  return line;
}

// Without taking its status away: its number stays its own until end().
bool ChildProcess::over_within(int patience_ms) {
  constexpr int look_ms = 5;
  for (int waited = 0;; waited += look_ms) {
    siginfo_t info{};
    if (::waitid(P_PID, static_cast<id_t>(pid_), &info, WEXITED | WNOHANG | WNOWAIT) == 0 &&
        info.si_pid == pid_)
      return true;
    if (waited >= patience_ms) return false;
    ::poll(nullptr, 0, look_ms);
    hear();
    read();
    received_.clear();
  }
}

std::string ChildProcess::end() {
  if (pid_ < 0) return {};
  // A child that closed its output is about to end: its status says more than a kill would.
  const bool by_itself = over_within(out_ < 0 ? farewell_ms : 0);
  ::kill(-pid_, SIGKILL);  // with what it started
  int status = 0;
  while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
  }
  pid_ = -1;
  constexpr int most_reads = 16;  // of what a full pipe holds
  for (int i = 0; i < most_reads && err_ >= 0; ++i) hear();
  for (int* descriptor : {&in_, &closed_in_, &out_, &err_}) close_and_forget(*descriptor);
  if (!by_itself) return {};
  std::string text = WIFSIGNALED(status) ? fmt::format("signal {}", WTERMSIG(status))
                                         : fmt::format("exit status {}", WEXITSTATUS(status));
  if (const std::string line = last_line(messages_); !line.empty()) text += ": " + line;
  return text;
}

void ChildProcess::dismiss() {
  if (pid_ < 0) return;
  close_and_forget(in_);
  close_and_forget(closed_in_);
  over_within(farewell_ms);
  end();
}

}  // namespace tremplin::outside
