#include "cli/progress.hpp"

#include <algorithm>
#include <ostream>

namespace tremplin::cli {

std::string duration_text(std::chrono::seconds duration, Language language) {
  const auto seconds = duration.count();
  if (seconds < 60) return say(language, Phrase::seconds, seconds);
  return say(language, Phrase::minutes, seconds / 60, seconds % 60);
}

Progress::Progress(std::ostream* stream, Language language, std::size_t n_offices, int n_replicates,
                   Phrase what)
    : stream_(stream),
      language_(language),
      what_(what),
      n_offices_(std::max<std::size_t>(n_offices, 1)),
      total_(n_offices_ * static_cast<std::size_t>(std::max(n_replicates, 1))) {}

std::string Progress::line(std::chrono::duration<double> elapsed) const {
  const std::size_t replicate = std::min(done_, total_ - 1) / n_offices_ + 1;
  std::string text = say(language_, what_, replicate, total_ / n_offices_);
  text += fmt::format("  {}{}%", 100 * done_ / total_, language_ == Language::fr ? " " : "");
  // The first hundredth says too little of the rest.
  if (done_ * 100 >= total_ && done_ < total_) {
    const auto left = elapsed * (static_cast<double>(total_ - done_) / static_cast<double>(done_));
    text += "  " + say(language_, Phrase::time_left,
                       duration_text(std::chrono::ceil<std::chrono::seconds>(left), language_));
  }
  return text;
}

void Progress::office_done(const Office& /*office*/) {
  const std::scoped_lock lock(mutex_);
  done_ = std::min(done_ + 1, total_);
  if (stream_ == nullptr) return;
  const auto now = Clock::now();
  if (now - drawn_ < std::chrono::milliseconds(100)) return;
  drawn_ = now;
  on_screen_ = true;
  *stream_ << '\r' << line(now - start_) << "\x1b[K" << std::flush;
}

void Progress::clear() {
  const std::scoped_lock lock(mutex_);
  if (!on_screen_) return;
  *stream_ << "\r\x1b[K" << std::flush;
  on_screen_ = false;
}

}  // namespace tremplin::cli
