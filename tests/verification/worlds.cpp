#include "tests/verification/worlds.hpp"

namespace tremplin::test {

World without_scarcity(World world) {
  for (Office& office : world.offices) {
    office.first_line_fte = office.second_line_fte = 10 * office.caseload_2013 + 1000;
    office.places.fill(100 * office.caseload_2013 + 1000);
  }
  return world;
}

void only_inflow_in(World& world, Month month) {
  Environment& environment = world.environment;
  environment.inflow.assign(environment.inflow.size(), 0);
  environment.inflow[environment.index(month)] = 1;
  environment.inflow_equivalent.assign(environment.inflow_equivalent.size(), 0);
}

Parameters bare_parameters() {
  Parameters p = small_parameters();
  p.later_claim = 0;
  p.grant_share = 1;
  p.refusal_disposition_share = 0;
  p.means_share = 0;
  p.frailty_sd = 0;
  p.exit_job = p.exit_insurance = p.exit_other_benefit = p.exit_household = p.exit_unknown = 0;
  p.exit_studies = p.exit_transfer = p.exit_pension = p.death_at_50 = 0;
  p.exit_month_of_grant = 0;
  p.duration_dependence = 1;
  p.limited_job_ratio = 1;
  p.return_hazard = p.return_fading = p.return_floor = p.return_frailty = 0;
  p.partial_month = p.health_change = 0;
  p.breach = p.no_disposition = p.non_declaration = 0;
  p.start_orientation = p.start_social_activation = p.start_part_time = p.start_community_service = 0;
  return p;
}

RulesTable reformed(const Rules& before, const Rules& after, Month from, bool new_files_only,
                    GroupSet groups) {
  std::vector<Month> opens;
  if (new_files_only) opens.push_back(from);
  std::vector<GroupSet> audiences;
  if (!groups.empty()) audiences.push_back(groups);
  RulesTable table(Month(1993, 1), Month(2010, 1), {.generations_open = opens, .audiences = audiences},
                   before);
  const std::uint8_t page = table.page_of(new_files_only ? from : table.from(), groups);
  for (Month month = from; month < table.until(); ++month) {
    for (const Jurisdiction& where : all_jurisdictions) table.set(month, where, page, after);
  }
  return table;
}

void watch(const World& world, const Parameters& parameters, const RulesTable& table, const Plan& plan,
           const std::function<void(const Seen&)>& see) {
  const Constants constants = make_constants(world, parameters);
  OfficeScratch scratch;
  for (const Office& office : world.offices) {
    OfficeRun run(world, office, parameters, constants, table, plan);
    while (run.next_month() < plan.report_until) {
      const Month month = run.next_month();
      const OfficeMonth tally = run.step(scratch);
      see({office, month, run.state(), tally});
    }
  }
}

std::int64_t in_month(const RunResult& result, int month, Tally tally) {
  std::int64_t sum = 0;
  for (int stratum = 0; stratum < n_strata; ++stratum) sum += result.tally(month, stratum, tally);
  return sum;
}

std::int64_t on_benefit_after(const RunResult& result, int month) {
  return in_month(result, month, Tally::required) + in_month(result, month, Tally::exempted_health) +
         in_month(result, month, Tally::exempted_equity);
}

}  // namespace tremplin::test
