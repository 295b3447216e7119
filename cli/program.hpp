// The whole program but for the process: words in, exit code out.
#pragma once

#include <iosfwd>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>

namespace tremplin::inference {
class Team;
}

namespace tremplin::cli {

constexpr int exit_ok = 0;
constexpr int exit_failed = 1;
constexpr int exit_input_error = 2;

// What the process knows and the program does not ask for itself.
struct Surroundings {
  std::ostream& out;
  std::ostream& err;
  std::string_view language;  // of the environment, "fr_BE.UTF-8"
  bool err_is_terminal = false;
  std::stop_token stop;
  // Processes that share a calibration; nullptr: this one alone.
  inference::Team* team = nullptr;
};

// words: those after the program's name. Never throws.
int run_program(std::span<const std::string> words, const Surroundings& surroundings) noexcept;

}  // namespace tremplin::cli
