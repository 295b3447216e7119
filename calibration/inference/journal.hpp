// A simulator that remembers its runs: each is one line of a text file, written as soon as it is done. A
// search that was interrupted is asked again from its beginning, takes from the journal what is there, and so
// goes on where it was, with the same bits as one that never stopped (issue: from surveys to a calibrated
// model, point 9). The file is CSV after one line that says of which problem it is; a line that was cut off
// is dropped.
#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "calibration/inference/problem.hpp"
#include "calibration/inference/team.hpp"

namespace tremplin::inference {

// Thrown out of a simulator whose run was stopped; the runs before it are in the journal.
class Stopped : public std::runtime_error {
 public:
  Stopped() : std::runtime_error("stopped") {}
};

// One run; nullopt if it was stopped. A number that is not finite: the run failed.
using OneRun = std::function<std::optional<Vector>(const Row& parameters, std::uint64_t seed, Index i)>;

// Several runs of a batch: those rows, each told as it ends, in any order. False if stopped. why: empty if
// the run succeeded; else in a few words, without commas or line ends.
using RunEnded = std::function<void(Index i, const Vector& summaries, const std::string& why)>;
using ManyRuns = std::function<bool(const Matrix& parameters, std::uint64_t seed,
                                    const std::vector<Index>& rows, const RunEnded& ended)>;

class Journal {
 public:
  // problem: one line without blanks that names all that runs depend on besides parameters and seed. Reads
  // the file if it is there, else begins it. Throws InputError if it cannot be read or written, is no
  // journal, or of another problem or other summaries.
  // Of a team only the first process has a file: the others remember what they are told.
  // keeps_reasons: each line ends with why its run failed, for remembering_many().
  Journal(std::filesystem::path path, std::string problem, std::vector<std::string> summaries,
          Team* team = nullptr, bool keeps_reasons = false);

  // Runs row by row in order, in a team as many at a time as there are processes; `told` is called with how
  // many rows were asked for so far. The journal must outlive the simulator. The simulator throws Stopped, in
  // all processes of a team where one was.
  [[nodiscard]] Simulator remembering(OneRun run, std::function<void(Index)> told = {});

  // The same for a simulator that runs several at a time, in one process: the journal keeps each run as it
  // ends, so that its lines have no order; results have.
  [[nodiscard]] Simulator remembering_many(ManyRuns run, std::function<void(Index)> told = {});
  // Why runs failed among those that were asked for so far: how often each reason was given.
  [[nodiscard]] const std::map<std::string, Index>& reasons() const { return reasons_; }

  [[nodiscard]] Index n_read() const { return n_read_; }  // runs that were in the file
  [[nodiscard]] Index n_done() const { return n_read_ + n_added_; }

 private:
  struct Line {
    Row parameters;
    Vector summaries;
    std::string why;
  };
  void read(const std::string& text);
  void read_line(std::string_view line, int number);
  void begin();
  [[nodiscard]] const Line* known(const Row& parameters, std::uint64_t seed, Index i) const;
  void keep(const Row& parameters, std::uint64_t seed, Index i, const Row& summaries,
            const std::string& why = {});
  // The rows that are not known: run by the team, kept by its first process.
  void run_rows(const OneRun& run, const Matrix& parameters, std::uint64_t seed,
                const std::vector<Index>& rows, Matrix& summaries);

  Alone alone_;
  Team* team_;
  std::filesystem::path path_;
  std::string problem_;
  std::vector<std::string> summaries_;
  bool keeps_reasons_;
  std::map<std::string, Index> reasons_;
  std::map<std::pair<std::uint64_t, Index>, Line> lines_;  // by the seed of the batch and the row in it
  Index n_read_ = 0;
  Index n_added_ = 0;
  std::ofstream file_;
  std::function<void(Index)> told_;
  Index asked_ = 0;
};

}  // namespace tremplin::inference
