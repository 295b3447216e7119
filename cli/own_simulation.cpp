#include "cli/own_simulation.hpp"

#include <tbb/task_arena.h>

#include <algorithm>
#include <atomic>
#include <mutex>

#include "cli/commands.hpp"
#include "engine/base/workers.hpp"
#include "scenarios/landscape/draw_offices.hpp"
#include "scenarios/library.hpp"

namespace tremplin::cli {

namespace {

// Passes on what the worker threads report, one at a time.
class OneAtATime : public Observer {
 public:
  explicit OneAtATime(Observer& to) : to_(to) {}
  void office_done(const Office& office) override {
    const std::scoped_lock lock(mutex_);
    to_.office_done(office);
  }

 private:
  Observer& to_;
  std::mutex mutex_;
};

std::vector<StatedValue> settled_by(const OwnOffice& own) {
  std::vector<StatedValue> settled = {{"region", static_cast<double>(own.region)},
                                      {"population", own.population}};
  const auto add = [&](const char* column, const std::optional<double>& value) {
    if (value) settled.push_back({column, *value});
  };
  if (own.income_group) add("income_group", *own.income_group);
  add("first_line_fte", own.first_line);
  add("second_line_fte", own.second_line);
  constexpr std::array places = {"places_article_60", "places_training", "places_social_activation",
                                 "places_guidance"};
  for (std::size_t pool = 0; pool < places.size(); ++pool) add(places[pool], own.places[pool]);
  add("childcare_tightness", own.childcare);
  for (const PracticeSetting& setting : own.practice)
    settled.push_back({std::string(setting.column->name), setting.value});
  return settled;
}

}  // namespace

OwnSimulation::OwnSimulation(const std::filesystem::path& home, const Arguments& arguments,
                             const RunOptions& options)
    : n_replicates_(options.n_replicates), n_threads_(options.n_threads) {
  SourceText presets = read_source(home / presets_file, presets_file);
  SourceText file = read_source(arguments.file, arguments.file);
  own_ = load_own_office(file, load_presets(presets));
  horizon_ = std::max(options.plan.report_until, own_.reference.until());
  loaded_ = load_inputs(home, arguments, options, horizon_);
  Run& run = loaded_.run;
  keep_inputs(run, {std::move(file), std::move(presets)});
  country_ = draw_world(loaded_.landscape, run.seed, run.plan.burn_in_from, horizon_);
  run.stratum_weights.assign(n_strata, 1);
  OwnCpas& own = run.own.emplace();
  own.name = own_.name;
  own.reference = own_.reference;
  own.align = own_.align;
  own.stated = own_.stock;
  own.preset = own_.preset;
  own.settled = settled_by(own_);
  for (const OfficeColumn* column : left_out(own_)) own.left_out.emplace_back(column->name);
}

OwnSimulation::Replicate OwnSimulation::simulate_one(std::uint32_t number, Observer& observer,
                                                     const std::stop_token& stop) const {
  Replicate replicate;
  Plan plan = loaded_.run.plan;
  plan.luck.replicate = number;
  replicate.parameters = loaded_.parameters_of(number);
  const double elasticity = replicate.parameters.staff_elasticity;
  const std::vector<Office> donors = draw_offices(loaded_.landscape, plan.luck);
  replicate.office = complete(own_, most_alike(own_, donors, plan.luck), loaded_.landscape, elasticity);

  World world{{replicate.office}, country_.margins, country_.environment, country_.country};
  world.environment.staff = staff_path(loaded_.landscape, elasticity, plan.burn_in_from, horizon_);
  const StatedStock stock = own_.align ? own_.stock : StatedStock{};
  replicate.alignment =
      align_inflow(world, stock, own_.reference, replicate.parameters, loaded_.rules.front(), plan, stop);
  std::vector<const RulesTable*> tables;
  for (const RulesTable& rules : loaded_.rules) tables.push_back(&rules);
  replicate.results =
      simulate(aligned(world, replicate.alignment), replicate.parameters, tables, plan, observer, stop);
  replicate.done = !replicate.results.empty();
  return replicate;
}

PartOfRun OwnSimulation::one(std::uint32_t replicate, Observer& observer, const std::stop_token& stop) const {
  tbb::task_arena alone(1);
  Replicate made = alone.execute([&] { return simulate_one(replicate, observer, stop); });
  return {made.parameters, std::move(made.results)};
}

void OwnSimulation::go(Observer& observer, const std::stop_token& stop) {
  std::vector<Replicate> replicates(static_cast<std::size_t>(n_replicates_));
  OneAtATime told(observer);
  std::atomic<std::size_t> next = 0;
  tbb::task_arena threads(arena_size(n_threads_));
  threads.execute([&] {
    on_every_thread([&] {
      // Within, one office: nothing to share between threads.
      tbb::task_arena alone(1);
      for (std::size_t r = next++; r < replicates.size() && !stop.stop_requested(); r = next++)
        alone.execute([&] { replicates[r] = simulate_one(static_cast<std::uint32_t>(r), told, stop); });
    });
  });
  keep(std::move(replicates));
}

// Those before the first that was not completed: replicate r of a run is always draw r.
void OwnSimulation::keep(std::vector<Replicate> replicates) {
  Run& run = loaded_.run;
  for (Replicate& replicate : replicates) {
    if (!replicate.done) {
      run.interrupted = true;
      break;
    }
    run.own->offices.push_back(replicate.office);
    run.own->alignments.push_back(replicate.alignment);
    run.parameters.push_back(replicate.parameters);
    for (std::size_t s = 0; s < replicate.results.size(); ++s)
      run.results[s].push_back(std::move(replicate.results[s]));
  }
  if (!run.own->offices.empty()) run.offices = {run.own->offices.front()};
}

}  // namespace tremplin::cli
