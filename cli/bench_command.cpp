// bench: what a simulation costs in time and memory on this machine.
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <ostream>

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

struct Measure {
  const char* key;
  Phrase text;
  double value;
};

}  // namespace

// The base alone, parameters at their centre, one replicate unless asked otherwise.
int bench_command(const Task& task) {
  const Screen& screen = task.screen;
  Arguments arguments = task.arguments;
  arguments.base = "law-2015";
  arguments.fixed_parameters = true;
  if (arguments.replicates.empty()) arguments.replicates = std::to_string(bench_replicates);
  const RunOptions options = run_options(arguments);
  Simulation simulation(task.home, arguments, options);

  using Clock = std::chrono::steady_clock;
  const double processor_before = Usage::now().processor_seconds;
  const auto start = Clock::now();
  {
    Progress progress(screen.progress ? &screen.err : nullptr, screen.language, simulation.n_offices(),
                      options.n_replicates);
    simulation.go(progress, task.stop);
  }
  const double wall = std::chrono::duration<double>(Clock::now() - start).count();
  const Usage after = Usage::now();
  const double processor = std::max(after.processor_seconds - processor_before, 1e-9);
  if (simulation.run().interrupted) return exit_interrupted;

  double active = 0;
  double held = 0;
  for (const RunResult& result : simulation.run().results.front()) {
    active += static_cast<double>(result.active_person_months);
    held += static_cast<double>(result.held_person_months);
  }
  const Measure measures[] = {
      {"nanoseconds_per_active_person_month", Phrase::bench_active_ns, nanoseconds(processor, active)},
      {"nanoseconds_per_held_person_month", Phrase::bench_held_ns, nanoseconds(processor, held)},
      {"active_person_months_per_core_second", Phrase::bench_active, std::round(active / processor)},
      {"held_person_months_per_core_second", Phrase::bench_held, std::round(held / processor)},
      {"bytes_per_person", Phrase::bench_bytes, static_cast<double>(sizeof(Person))},
      {"peak_megabytes", Phrase::bench_peak, std::round(static_cast<double>(after.peak_bytes) / 1e5) / 10},
      {"wall_seconds", Phrase::bench_wall, std::round(wall * 1e3) / 1e3},
      {"processor_seconds", Phrase::bench_processor, std::round(processor * 1e3) / 1e3},
  };
  nlohmann::ordered_json json = {{"offices", simulation.n_offices()},
                                 {"replicates", simulation.run().n_replicates()},
                                 {"active_person_months", active},
                                 {"held_person_months", held}};
  for (const Measure& measure : measures) {
    json[measure.key] = measure.value;
    if (!task.arguments.json) {
      screen.out << fmt::format("{:<56} {:>14}\n", text_of(measure.text, screen.language),
                                number_text(measure.value, screen.language));
    }
  }
  if (task.arguments.json) print_json(screen.out, json);
  return 0;
}

}  // namespace tremplin::cli
