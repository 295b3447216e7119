// Panels of simulated lives for an outside estimator: R's msm, which fits continuous-time multi-state models
// (Jackson 2011), must find the intensities that were put in. Parameters are chosen so that lives are Markov:
// nobody differs from anybody but by the contract, hazards do not move with duration, hours and places are
// ample.
//
//   panels FOLDER     writes exits.csv, returns.csv (person, month, state, contract) and truth.csv (what was
//                     put in, and a wrong truth for the control)
//
// The engine moves once a month, msm at any time. Both agree exactly where the monthly matrix is the
// exponential of an intensity matrix:
//   exits    1 on benefit, 2 job, 3 household, 4 unknown; 2 to 4 for good. A month is left with probability
//            1 - exp(-sum of hazards), shared as the hazards: the intensities are the hazards themselves.
//   returns  1 on benefit, 2 out. Left with p = 1 - exp(-h), found again with q = 1 - exp(-g), never both in
//            one month: log P = -log(1 - p - q) / (p + q) * [-p p; q -q], whose entries are the truth, a
//            little above h and g since moves there and back within a month are not seen.
#include <fmt/format.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>

#include "tests/verification/worlds.hpp"

namespace tremplin {
namespace {

constexpr Month start{2000, 1};  // everybody comes in this month
constexpr double hazard_job = 0.04;
constexpr double hazard_household = 0.01;
constexpr double hazard_unknown = 0.02;
constexpr double contract_ratio = 1.5;  // on jobs
constexpr double hazard_return = 0.08;

struct Setting {
  World world = test::without_scarcity(test::small_world(20, 1));
  Parameters parameters = test::bare_parameters();
  Rules rules = test::rules_of_2002();
  int n_months = 36;

  explicit Setting(double people_per_office) {
    for (Office& office : world.offices) {
      office.caseload_2013 = people_per_office;
      office.equivalent_2013 = 0;
      office.practice.policy = ContractPolicy::law_only;
    }
    world.environment.student_share.assign(world.environment.student_share.size(), 0);
    parameters.entry_rate = 1;
    parameters.take_up = 1;
    rules.piis_under_age = 0;  // nobody is obliged
    test::only_inflow_in(world, start);
  }

  // Shows each person who ever came, at the end of each month from `first` on: where, and under contract?
  // Who is no longer held is out.
  template <typename Row>
  void live(Month first, Row row) const {
    Plan plan = test::small_plan();
    plan.burn_in_from = plan.report_from = start;
    plan.report_until = start + n_months;
    std::map<PersonId, Person> known;
    test::watch(world, parameters, test::table_of(rules), plan, [&](const test::Seen& seen) {
      for (const Person& person : seen.state.people) known[person_id(seen.office.id, person.id)] = person;
      if (seen.month < first) return;
      const PersonId from = person_id(seen.office.id, LocalId{0});
      for (auto it = known.lower_bound(from); it != known.end(); ++it) row(it->first, it->second, seen.month);
    });
  }
};

int state_of(const Person& person) {
  if (on_benefit(person.entitlement)) return 1;
  switch (person.exit) {
    case Exit::job:
      return 2;
    case Exit::household_change:
      return 3;
    default:
      return 4;
  }
}

void line(std::ofstream& file, PersonId who, Month month, int state, bool contract) {
  file << fmt::format("{},{},{},{}\n", static_cast<std::uint64_t>(who), month - start, state, int{contract});
}

// Half of all are offered a contract, by lot, and have it from the second month on: before, it is not known
// who will. Whoever left by then is not in the panel.
void exits(const std::filesystem::path& path) {
  Setting s(3000);
  for (Office& office : s.world.offices) {
    office.practice.policy = ContractPolicy::case_by_case;
    office.practice.p_case_by_case = 0.5;
  }
  Parameters& p = s.parameters;
  s.rules.piis_delay_months = 1;
  p.quality_base = 1;
  p.quality_hours = p.quality_training = p.quality_attitude = 0;
  p.effect_personalised_job = contract_ratio;
  p.exit_job = hazard_job;
  p.exit_household = hazard_household;
  p.exit_unknown = hazard_unknown;
  std::ofstream file(path);
  file << "person,month,state,contract\n";
  std::map<PersonId, std::pair<int, bool>> last;  // state, and contract at the start of the panel
  s.live(start + 1, [&](PersonId who, const Person& person, Month month) {
    const int state = state_of(person);
    const auto [found, is_new] = last.try_emplace(who, state, in_force(person.contracts[0].stage));
    if (!is_new && found->second.first != 1) return;  // left before
    if (is_new && state != 1) return;
    found->second.first = state;
    line(file, who, month, state, found->second.second);
  });
}

// Seen every third month alone, so that several moves may lie between two sights.
void returns(const std::filesystem::path& path) {
  Setting s(1200);
  s.n_months = 73;
  s.parameters.exit_household = hazard_household + hazard_job;
  s.parameters.return_floor = hazard_return;
  std::ofstream file(path);
  file << "person,month,state,contract\n";
  s.live(start, [&](PersonId who, const Person& person, Month month) {
    if ((month - start) % 3 == 0) line(file, who, month, on_benefit(person.entitlement) ? 1 : 2, false);
  });
}

void truth(const std::filesystem::path& path) {
  const double p = 1 - std::exp(-(hazard_household + hazard_job));
  const double q = 1 - std::exp(-hazard_return);
  const double scale = -std::log(1 - p - q) / (p + q);
  std::ofstream file(path);
  file << "panel,quantity,value,monthly\n";  // monthly: as if no one went and came back within a month
  const auto put_in = [&](const char* quantity, double value, double monthly) {
    file << fmt::format("{},{},{}\n", quantity, value, monthly);
  };
  put_in("exits,job", hazard_job, hazard_job);
  put_in("exits,household", hazard_household, hazard_household);
  put_in("exits,unknown", hazard_unknown, hazard_unknown);
  put_in("exits,contract", contract_ratio, contract_ratio);
  put_in("returns,leaving", scale * p, hazard_household + hazard_job);
  put_in("returns,returning", scale * q, hazard_return);
}

}  // namespace
}  // namespace tremplin

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "usage: panels FOLDER\n";
    return 2;
  }
  const std::filesystem::path folder = argv[1];
  std::filesystem::create_directories(folder);
  tremplin::exits(folder / "exits.csv");
  tremplin::returns(folder / "returns.csv");
  tremplin::truth(folder / "truth.csv");
}
