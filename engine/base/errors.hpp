// Mistakes of a user, reported so that an analyst can mend them: file, line, key, what was found, what was
// expected, the nearest valid name; all faults of one input at once. The words are made where they are
// shown (cli/ and page/), in the user's language; here are only the facts.
#pragma once

#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace tremplin {

enum class FaultKind {
  unknown_key,          // key; nearest
  unknown_name,         // a scenario, lever, parameter, tally or language that does not exist: found; nearest
  missing_key,          // key
  duplicate_key,        // key
  wrong_type,           // found; expected
  out_of_range,         // found; expected "minimum .. maximum"
  missing_reference,    // a law value without a source: key
  bad_date,             // found; expected "YYYY-MM-DD"
  changes_the_past,     // a reform that moves months before its date: found; expected "on or after DATE"
  overlapping_changes,  // two changes of one lever meet: key; found names the other
  repeated_change,      // two changes set one lever to the same value: key; found names the other
  unreadable,           // a file that cannot be read: found = reason
  unwritable,           // a file or folder that cannot be written: found = reason
  other_file_name,      // a name in a file that is not the file's own: found; expected
  other_file,           // a file of this program, but of another kind: found, expected
  not_a_result,         // not an HDF5 file of this program, or truncated: found = reason
  newer_format,         // found; expected
  too_large,            // found; expected
  bad_option,           // a command-line value: key = option; found; expected
  missing_option,       // the command line lacks an option or its value: key = option; expected
  inconsistent,         // values that contradict each other: found; expected
  other_past,           // a snapshot of another run: key = what differs; found; expected
  before_snapshot,      // a reform that changes months already simulated: key = reform; found; expected
};

struct Fault {
  FaultKind kind{};
  std::string source{};  // file name or option
  int line = 0;          // from 1; 0 if there is none
  int column = 0;
  std::string key{};
  std::string found{};
  std::string expected{};
  std::string nearest{};  // nearest valid name, may be empty
};

class InputError : public std::runtime_error {
 public:
  explicit InputError(std::vector<Fault> faults)
      : std::runtime_error("invalid input"), faults_(std::move(faults)) {}
  explicit InputError(Fault fault) : InputError(std::vector<Fault>{std::move(fault)}) {}
  [[nodiscard]] const std::vector<Fault>& faults() const { return faults_; }

 private:
  std::vector<Fault> faults_;
};

}  // namespace tremplin
