#include "calibration/align_office.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace tremplin {

namespace {

constexpr int most_trials = 24;

class Silent : public Observer {
 public:
  void office_done(const Office&) override {}
};

// Simulates the baseline through the reference and notes the stocks in `trial`. False if stopped.
bool simulate_reference(const World& world, const Parameters& parameters, const RulesTable& baseline,
                        const Plan& plan, const std::stop_token& stop, Alignment& trial) {
  Silent silent;
  const auto results = simulate(aligned(world, trial), parameters, {&baseline}, plan, silent, stop);
  if (results.empty()) return false;
  const RunResult& result = results.front();
  const auto mean = [&](Tally tally) {
    // One office: its own row holds the sum over the months.
    return static_cast<double>(result.offices[static_cast<std::size_t>(tally)]) / result.n_months;
  };
  trial.paid = mean(Tally::paid);
  trial.paid_by_category = {mean(Tally::paid_cohabitant), mean(Tally::paid_single), mean(Tally::paid_family)};
  trial.paid_equivalent = mean(Tally::paid_equivalent);
  return true;
}

// A stock beyond what counts as met, in units of that tolerance: 0 is good.
double excess(double simulated, double stated, double tolerance) {
  return std::max(0.0, std::abs(simulated - stated) / tolerance - 1);
}

double misfit(const Alignment& trial, const StatedStock& stated) {
  const auto whole = [](double simulated, double wanted) {
    return excess(simulated, wanted, std::max(0.5, 0.005 * wanted));
  };
  double sum = stated.paid ? whole(trial.paid, *stated.paid) : 0;
  if (stated.equivalent) sum += whole(trial.paid_equivalent, *stated.equivalent);
  if (!stated.by_category) return sum;
  for (std::size_t c = 0; c < trial.paid_by_category.size(); ++c) {
    sum += excess(trial.paid_by_category[c], (*stated.by_category)[c], std::max(1.0, 0.01 * *stated.paid));
  }
  return sum;
}

// Stocks follow the inflow nearly in proportion. The bounds keep one unlucky month without anybody from
// sending a factor away.
double step_to(double stated, double simulated) {
  return std::clamp(stated / std::max(simulated, 0.5), 0.2, 5.0);
}

// One factor between those that gave too few and too many. Proportional steps, unless they leave what is
// known; where chance contradicts itself (too many with the lower factor) what is known is forgotten.
class Search {
 public:
  double next(double factor, double stated, double simulated) {
    if (simulated < stated) {
      low_ = std::max(low_, factor);
    } else {
      high_ = std::min(high_, factor);
    }
    if (low_ >= high_) {
      low_ = 0;
      high_ = std::numeric_limits<double>::infinity();
    }
    // Chance makes stairs of the stock; where one is higher than what counts as met, another is sought
    // farther away.
    if (high_ < low_ * narrow) {
      low_ = 0;
      high_ = std::numeric_limits<double>::infinity();
      stride_ *= 2;
      return simulated < stated ? factor * (1 + stride_) : factor / (1 + stride_);
    }
    const double step = factor * step_to(stated, simulated);
    if (step > low_ && step < high_) return step;
    return std::isinf(high_) || low_ == 0 ? step : std::sqrt(low_ * high_);
  }

 private:
  static constexpr double narrow = 1.002;
  double low_ = 0;
  double high_ = std::numeric_limits<double>::infinity();
  double stride_ = 0.005;
};

struct Searches {
  Search paid;
  Search equivalent;
};

Alignment next_trial(const Alignment& last, const StatedStock& stated, Searches& searches) {
  Alignment next = last;
  if (stated.paid) next.inflow = searches.paid.next(last.inflow, *stated.paid, last.paid);
  if (stated.equivalent) {
    next.inflow_equivalent =
        searches.equivalent.next(last.inflow_equivalent, *stated.equivalent, last.paid_equivalent);
  }
  for (std::size_t c = 0; stated.by_category && c < next.category.size(); ++c) {
    // Relative to the whole, which the inflow brings right.
    next.category[c] *=
        step_to((*stated.by_category)[c] * std::max(last.paid, 0.5) / *stated.paid, last.paid_by_category[c]);
  }
  return next;
}

}  // namespace

World aligned(const World& world, const Alignment& alignment) {
  World scaled = world;
  for (double& inflow : scaled.environment.inflow) inflow *= alignment.inflow;
  for (double& inflow : scaled.environment.inflow_equivalent) inflow *= alignment.inflow_equivalent;
  if (alignment.category == std::array<double, 3>{1, 1, 1}) return scaled;
  for (auto& shares : scaled.margins.category) {
    double sum = 0;
    for (std::size_t c = 0; c < shares.size(); ++c) sum += shares[c] *= alignment.category[c];
    for (double& share : shares) share /= sum;
  }
  return scaled;
}

Alignment align_inflow(const World& world, const StatedStock& stated, Reference reference,
                       const Parameters& parameters, const RulesTable& baseline, Plan plan,
                       const std::stop_token& stop) {
  plan.report_from = reference.from();
  plan.report_until = reference.until();
  Alignment best;
  double least = std::numeric_limits<double>::infinity();
  Alignment trial;
  Searches searches;
  for (int n = 1; n <= most_trials; ++n) {
    if (!simulate_reference(world, parameters, baseline, plan, stop, trial)) break;
    const double found = misfit(trial, stated);
    if (found < least) {
      least = found;
      best = trial;
    }
    best.n_simulations = n;
    if (least == 0) break;
    trial = next_trial(trial, stated, searches);
  }
  return best;
}

}  // namespace tremplin
