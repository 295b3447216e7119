// bench: what a simulation costs in time and memory on this machine.
#include <sys/resource.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <ostream>
#include <vector>

#include "cli/commands.hpp"
#include "cli/interrupt.hpp"
#include "cli/plain.hpp"
#include "cli/progress.hpp"
#include "cli/simulation.hpp"
#include "cli/texts.hpp"
#include "engine/population/person.hpp"

namespace tremplin::cli {
namespace {

double seconds_of(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
}

// Seconds of processor time of all threads so far, and the largest resident memory in bytes.
struct Usage {
  double processor_seconds = 0;
  std::int64_t peak_bytes = 0;

  static Usage now() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return {seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime), usage.ru_maxrss * std::int64_t{1024}};
  }
};

// Nanoseconds of one processor for each person-month, to the tenth.
double nanoseconds(double processor_seconds, double person_months) {
  return std::round(processor_seconds * 1e10 / std::max(person_months, 1.0)) / 10;
}

// Passes progress on, and adds up what the parts of the months took.
class Timing : public Observer {
 public:
  explicit Timing(Observer& progress) : progress_(progress) {}
  void office_done(const Office& office) override { progress_.office_done(office); }
  [[nodiscard]] bool wants_times() const override { return true; }
  void months_took(const MonthTimes& times) override {
    for (std::size_t part = 0; part < n_month_parts; ++part) took_[part] += times.nanoseconds[part];
  }
  // Of all the months' time, to the tenth of a per cent.
  [[nodiscard]] double per_cent(std::size_t part) const {
    std::int64_t all = 0;
    for (const std::int64_t nanoseconds : took_) all += nanoseconds;
    return std::round(1000 * static_cast<double>(took_[part]) /
                      static_cast<double>(std::max<std::int64_t>(all, 1))) /
           10;
  }

 private:
  Observer& progress_;
  std::array<std::int64_t, n_month_parts> took_{};
};

// One simulation of the base, and what it cost.
struct Cost {
  double wall_seconds = 0;
  double processor_seconds = 0;
  std::int64_t peak_bytes = 0;
};

Cost cost_of(Simulation& simulation, const Task& task, Observer& observer) {
  using Clock = std::chrono::steady_clock;
  const double processor_before = Usage::now().processor_seconds;
  const auto start = Clock::now();
  simulation.go(observer, task.stop);
  const double wall = std::chrono::duration<double>(Clock::now() - start).count();
  const Usage after = Usage::now();
  return {.wall_seconds = wall,
          .processor_seconds = std::max(after.processor_seconds - processor_before, 1e-9),
          .peak_bytes = after.peak_bytes};
}

struct Measure {
  const char* key;
  Phrase text;
  double value;
};

double thousandths(double x) { return std::round(x * 1e3) / 1e3; }

// What one thread did; then, where there are more, what they gained.
std::vector<Measure> measures_of(const Run& run, const Cost& one, const Timing& timing) {
  double active = 0;
  double held = 0;
  for (const RunResult& result : run.results.front()) {
    active += static_cast<double>(result.active_person_months);
    held += static_cast<double>(result.held_person_months);
  }
  const double processor = one.processor_seconds;
  const auto part = [&](MonthPart of) { return timing.per_cent(static_cast<std::size_t>(of)); };
  return {
      {"active_person_months", Phrase::bench_n_active, active},
      {"held_person_months", Phrase::bench_n_held, held},
      {"nanoseconds_per_active_person_month", Phrase::bench_active_ns, nanoseconds(processor, active)},
      {"nanoseconds_per_held_person_month", Phrase::bench_held_ns, nanoseconds(processor, held)},
      {"active_person_months_per_core_second", Phrase::bench_active, std::round(active / processor)},
      {"held_person_months_per_core_second", Phrase::bench_held, std::round(held / processor)},
      {"per_cent_rules", Phrase::bench_part_rules, part(MonthPart::rules)},
      {"per_cent_asking", Phrase::bench_part_asking, part(MonthPart::asking)},
      {"per_cent_tasks", Phrase::bench_part_tasks, part(MonthPart::tasks)},
      {"per_cent_hours", Phrase::bench_part_hours, part(MonthPart::hours)},
      {"per_cent_words", Phrase::bench_part_words, part(MonthPart::words)},
      {"per_cent_lives", Phrase::bench_part_lives, part(MonthPart::lives)},
      {"per_cent_accounts", Phrase::bench_part_accounts, part(MonthPart::accounts)},
      {"bytes_per_person", Phrase::bench_bytes, static_cast<double>(sizeof(Person))},
      {"peak_megabytes", Phrase::bench_peak, std::round(static_cast<double>(one.peak_bytes) / 1e5) / 10},
      {"wall_seconds", Phrase::bench_wall, thousandths(one.wall_seconds)},
      {"processor_seconds", Phrase::bench_processor, thousandths(processor)},
  };
}

void print(const Task& task, const std::vector<Measure>& measures, nlohmann::ordered_json& json) {
  const Screen& screen = task.screen;
  for (const Measure& measure : measures) {
    json[measure.key] = measure.value;
    if (task.arguments.json) continue;
    screen.out << fmt::format("{:<56} {:>14}\n", text_of(measure.text, screen.language),
                              number_text(measure.value, screen.language));
  }
}

}  // namespace

// The base alone, parameters at their centre, one replicate unless asked otherwise: on one thread, then on as
// many as are asked.
int bench_command(const Task& task) {
  const Screen& screen = task.screen;
  Arguments arguments = task.arguments;
  arguments.base = "law-2015";
  arguments.fixed_parameters = true;
  if (arguments.replicates.empty()) arguments.replicates = std::to_string(bench_replicates);
  const RunOptions options = run_options(arguments);
  const int n_threads = arena_size(options.n_threads);
  RunOptions alone = options;
  alone.n_threads = 1;

  Simulation one(task.home, arguments, alone);
  const int n_runs = n_threads > 1 ? 2 : 1;
  Progress progress(screen.progress ? &screen.err : nullptr, screen.language, one.n_offices(),
                    n_runs * options.n_replicates);
  Timing timing(progress);
  const Cost cost = cost_of(one, task, timing);
  if (one.run().interrupted) return exit_interrupted;
  std::vector<Measure> measures = measures_of(one.run(), cost, timing);
  if (n_threads > 1) {
    Simulation several(task.home, arguments, options);
    const Cost together = cost_of(several, task, progress);
    if (several.run().interrupted) return exit_interrupted;
    const double wall = std::max(together.wall_seconds, 1e-9);
    measures.push_back({"threads", Phrase::bench_threads, static_cast<double>(n_threads)});
    measures.push_back({"wall_seconds_on_threads", Phrase::bench_wall_threads, thousandths(wall)});
    measures.push_back(
        {"times_as_fast_on_threads", Phrase::bench_gain, std::round(cost.wall_seconds / wall * 100) / 100});
  }
  progress.clear();

  nlohmann::ordered_json json = {{"offices", one.n_offices()}, {"replicates", one.run().n_replicates()}};
  print(task, measures, json);
  if (task.arguments.json) print_json(screen.out, json);
  return 0;
}

}  // namespace tremplin::cli
