// A program started as a child, spoken to line by line through pipes. Whoever asks must poll its descriptors:
// nothing here waits, but for the end of a child that was killed. No child is left as a zombie, none outlives
// the object, and writing to one that is gone is no signal.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace tremplin::outside {

class ChildProcess {
 public:
  // Starts the first of `words` (found as a shell finds it) with the others as its arguments, in this
  // folder, in a process group of its own. Throws std::system_error if it cannot be started.
  ChildProcess(const std::vector<std::string>& words, const std::filesystem::path& folder);
  ~ChildProcess();
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;

  [[nodiscard]] int to_write() const { return in_; }  // -1 while there is nothing to write, or nobody to read
  [[nodiscard]] int to_read() const { return out_; }  // -1 once the child closed it
  [[nodiscard]] int to_hear() const { return err_; }  // its messages; -1 once closed

  void say(const std::string& text);  // as far as the pipe takes it; the rest waits for go_on_writing()
  void go_on_writing();
  void read();  // what there is
  void hear();
  // The next line that was read, without its end.
  std::optional<std::string> take_line();
  [[nodiscard]] std::size_t unread() const { return received_.size(); }  // bytes

  // Kills the child and all that it started, waits for its end, and says how it ended, if by itself: "exit
  // status 1: last line of its messages", "signal 11"; empty if it had to be killed.
  std::string end();
  // Closes its input, gives it a moment to end by itself, then as end().
  void dismiss();

 private:
  bool over_within(int patience_ms);

  pid_t pid_ = -1;
  int in_ = -1;
  int out_ = -1;
  int err_ = -1;
  int closed_in_ = -1;  // the input while nothing waits to be written
  std::string waiting_;
  std::string received_;
  std::string messages_;  // the last of them
};

}  // namespace tremplin::outside
