// Progress on standard error: done, total, percentage, time left; only on a terminal and not with --quiet.
#pragma once

#include <chrono>
#include <iosfwd>
#include <mutex>
#include <string>

#include "cli/texts.hpp"
#include "engine/simulate/simulate.hpp"
#include "scenarios/language.hpp"

namespace tremplin::cli {

// A duration as people say it: "42 s", "3 min 07 s".
std::string duration_text(std::chrono::seconds duration, Language language);

class Progress : public Observer {
 public:
  // stream: where to draw; nullptr draws nothing. An office counts once for each replicate. what: the words
  // for "replicate N of M".
  Progress(std::ostream* stream, Language language, std::size_t n_offices, int n_replicates,
           Phrase what = Phrase::replicates_of);
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  ~Progress() override { clear(); }

  void office_done(const Office& office) override;  // from any thread
  void clear();                                     // takes the line away

  // The line after `elapsed`, without colours or control characters.
  [[nodiscard]] std::string line(std::chrono::duration<double> elapsed) const;

 private:
  using Clock = std::chrono::steady_clock;

  std::ostream* stream_;
  Language language_;
  Phrase what_;
  std::size_t n_offices_;
  std::size_t total_;
  std::size_t done_ = 0;
  Clock::time_point start_ = Clock::now();
  Clock::time_point drawn_ = start_;
  bool on_screen_ = false;
  std::mutex mutex_;
};

}  // namespace tremplin::cli
