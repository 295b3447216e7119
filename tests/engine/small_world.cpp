#include "tests/engine/small_world.hpp"

namespace tremplin::test {

World small_world(int n_offices, double caseload) {
  World world;
  for (int i = 0; i < n_offices; ++i) {
    Office office;
    office.id = CpasId{static_cast<std::uint16_t>(i + 1)};
    office.region = static_cast<Region>(i % n_regions);
    office.income_group = static_cast<std::uint8_t>(i % n_income_groups);
    office.population = 9000 + 15000 * (i % 4);
    office.caseload_2013 = caseload * (1 + i % 3);
    office.equivalent_2013 = caseload * 0.2;
    office.first_line_fte = office.caseload_2013 / 80;
    office.second_line_fte = office.caseload_2013 / 300;
    office.places = {office.caseload_2013 * 0.1, office.caseload_2013 * 0.05, office.caseload_2013 * 0.05,
                     office.caseload_2013 * 0.2};
    Practice& practice = office.practice;
    practice.policy = static_cast<ContractPolicy>(i % 4);
    practice.p_case_by_case = 0.3;
    practice.p_young_exempted = 0.05;
    practice.p_exempt_health = 0.8;
    practice.p_exempt_over_50 = 0.3;
    practice.p_exempt_lone_parent = 0.4;
    practice.p_exempt_homeless = 0.2;
    practice.sanctions = static_cast<SanctionHabit>((i + 2) % 3);
    practice.sanction_kinds = {0.2, 0.6, 0.1, 0.1};
    practice.evaluation_regularity = 0.9;
    practice.parallel_contracts = i % 2 == 1;
    practice.conditional_activation = i % 2 == 0;
    practice.students_summer = 1 + i % 3;
    practice.order = static_cast<QueueOrder>(i % 3);
    world.offices.push_back(office);
  }
  PopulationMargins& margins = world.margins;
  margins.age = {0.3, 0.35, 0.2, 0.14, 0.01};
  margins.age_equivalent = margins.age;
  margins.women = {0.5, 0.55};
  margins.women_equivalent = {0.45, 0.45};
  margins.category = {{{0.5, 0.35, 0.15}, {0.25, 0.45, 0.3}}};
  margins.category_equivalent = {0.25, 0.5, 0.25};
  margins.homeless = 0.05;
  margins.lone_parent = 0.6;
  margins.child_under_3 = 0.3;
  margins.insured_before = 0.3;
  margins.low_education = 0.6;
  margins.non_eu = 0.2;

  Environment& environment = world.environment;
  environment.from = Month(1993, 1);
  constexpr std::size_t months = 40 * 12;
  environment.inflow.assign(months, 1);
  environment.inflow_equivalent.assign(months, 1);
  environment.staff.assign(months, 1);
  for (auto& places : environment.places) places.assign(months, 1);
  environment.part_time.assign(months, 1);
  environment.student_share.assign(months, 0.2);
  for (auto& tightness : environment.tightness) tightness.assign(months, 1);
  return world;
}

Parameters small_parameters() {
  Parameters p;
  p.entry_rate = 0.035;
  p.entry_rate_equivalent = 0.035;
  p.take_up = 0.5;
  p.later_claim = 0.2;
  p.benefit_ended_asks = 0.3;
  p.relatives_keep = 0.1;
  p.deterrence_obligation = 1;
  p.deterrence_waiting = 1;
  p.information_take_up = 1;
  p.grant_share = 0.8;
  p.inquiry_days = 0;
  p.refusal_disposition_share = 0.1;
  p.means_share = 0.2;
  p.means_fraction = 0.4;
  p.frailty_sd = 1.2;
  p.exit_job = 0.05;
  p.exit_insurance = 0.02;
  p.exit_other_benefit = 0.008;
  p.exit_household = 0.004;
  p.exit_unknown = 0.02;
  p.exit_studies = 0.15;
  p.exit_transfer = 0.003;
  p.exit_pension = 0.1;
  p.death_at_50 = 0.0003;
  p.exit_month_of_grant = 0.9;
  p.duration_dependence = 0.85;
  p.limited_job_ratio = 0.3;
  p.limited_other_benefit_ratio = 2;
  p.partner_share = 0.5;
  p.tightness_elasticity = 1;
  p.return_hazard = 0.05;
  p.return_fading = 0.15;
  p.return_floor = 0.001;
  p.return_frailty = 0.2;
  p.partial_month = 0.1;
  p.health_change = 0.005;
  p.effect_personalised_job = p.effect_formal_job = p.effect_threat_job = p.effect_sanction_job = 1;
  p.effect_sanction_unknown = p.effect_training_after = p.effect_lock_in = p.effect_disregard_part_time = 1;
  p.effect_childcare_job = 1;
  p.effect_quality_readiness = p.effect_quality_trust = p.effect_quality_drop_out = 1;
  p.effect_threat_breach = p.effect_sanction_breach = p.effect_sanction_later_job = 1;
  p.effect_exempted_job = p.effect_disregard_exit = p.effect_article_60_job = 1;
  p.threat_months = p.sanction_felt_months = 3;
  p.training_felt_months = 12;
  p.language_course = p.childcare_search = 0;
  p.effect_incentive_start = p.effect_incentive_drop_out = p.effect_exit_support = 1;
  p.readiness_decay = 0.02;
  p.trust_loss_sanction = 0.2;
  p.trust_loss_late = p.trust_regained = 0.05;
  p.health_limited = 0.2;
  p.equity_returns_as_health = 0.3;
  p.council_overrules = 0.2;
  p.contract_compliance = 0.8;
  p.contract_registered = 0.6;
  p.band_reach = 0.1;
  p.contract_months = 12;
  p.evaluation_grace_months = 2;
  p.refuses_to_sign = p.signature_days = 0;
  p.quality_base = 0.5;
  p.quality_hours = 0.4;
  p.quality_training = 0.2;
  p.quality_attitude = 0.1;
  p.breach = 0.03;
  p.breach_excused = 0.3;
  p.notice_suffices = 0.4;
  p.sanction_rate = 0.6;
  p.sanction_rarely_ratio = 0.3;
  p.sursis_share = 0.1;
  p.other_channel = 0.3;
  p.no_disposition = 0.001;
  p.non_declaration = 0.001;
  p.undeclared_fraud = 0.25;
  p.young_breach_ratio = 1.5;
  p.unjustified_share = 0.4;
  p.guard_halts = 0.5;
  p.mediation_settles = 0.3;
  p.appeals_justified = 0.05;
  p.appeals_unjustified = 0.3;
  p.start_orientation = 0.05;
  p.start_social_activation = 0.03;
  p.start_part_time = 0.01;
  p.end_part_time = 0.08;
  p.part_time_earnings = 500;
  p.spi_asked = 0.4;
  p.part_time_days = 0.5;
  p.shortage_share = 0.3;
  p.activity_months = 6;
  p.conditional_activation_ratio = 2;
  p.volunteering_months = 12;
  p.community_service_months = 6;
  p.choose_article_60 = 0.3;
  p.choose_training = 0.2;
  p.choose_social_activation = 0.5;
  p.article_61_share = 0.1;
  p.drop_out = 0.05;
  p.drop_out_unguided = 1.5;
  p.creaming = 0.5;
  p.partner_withdrawal = 0.1;
  p.article60_extra_months = 2;
  p.article60_to_job = 0.35;
  p.article60_to_insurance = 0.48;
  p.outcome_pathway = 0.3;
  p.outcome_volunteering = 0.2;
  p.outcome_job = 0.05;
  p.start_community_service = 0.01;
  p.community_service_breach = 0.05;
  p.studies_started = 0.02;
  p.studies_abandoned = 0.1;
  p.summer_work = 0.5;
  p.hours_per_fte = 929;
  p.shortest_task = 1;
  p.hours_overhead = 449;
  p.staff_turnover = 0.2;
  p.staff_vacant_months = 3;
  p.staff_stand_in = 0.5;
  p.hours_inquiry = 3.5;
  p.hours_home_visit = 1;
  p.hours_decision = 0.4;
  p.hours_review = 2;
  p.hours_exemption_review = 1;
  p.hours_contract = 2.5;
  p.hours_contract_template = 1.25;
  p.hours_annex = 1;
  p.signature_share = 0.12;
  p.hours_evaluation = 0.75;
  p.hours_evaluation_short = 0.4;
  p.unwritten_saving = 0.3;
  p.hours_interview = 0.75;
  p.hours_minor_decision = 0.5;
  p.minor_decisions = 4.5;
  p.hours_contact = 0.15;
  p.contacts = 10;
  p.interviews = 3;
  p.exempted_interviews = 0.5;
  p.hours_notice = 0.5;
  p.hours_hearing = 1;
  p.hours_sanction = 2;
  p.hours_guard = 1;
  p.hours_mediation = 1.5;
  p.hours_appeal = 4;
  p.missed_appointments = 0.2;
  p.hours_missed_appointment = 0.25;
  p.inspected_files = 0.2;
  p.hours_inspected_file = 0.5;
  p.hours_activity = 0.5;
  p.hours_exit_support = 4;
  p.hours_closing = 0.75;
  p.hours_information = 0.25;
  p.hours_annual_report = 6;
  p.electronic_saving = 0.2;
  return p;
}

Rules rules_of_2002() {
  Rules r;
  r.ris_cohabitant = 500;
  r.ris_single = 750;
  r.ris_family = 1000;
  r.exempt_income_cohabitant = 155;
  r.exempt_income_single = 250;
  r.exempt_income_family = 310;
  r.decision_deadline_days = 30;
  r.review_interval_months = 12;
  r.piis_under_age = 25;
  r.piis_cohabitant = r.piis_single = r.piis_family = 1;
  r.piis_delay_months = 3;
  r.piis_annual_report = 1;
  r.piis_signed_by = 1;
  r.piis_signature = 1;
  r.piis_coupled_to_grant = r.piis_coupled_to_disposition = 1;
  r.evaluations_per_year = 4;
  r.evaluations_face_to_face = 4;
  r.evaluations_written = 1;
  r.exemption_breadth = 1;
  r.exemption_review_months = 12;
  r.exemption_health = r.exemption_age = r.exemption_lone_parent = 1;
  r.exemption_homeless = r.exemption_studies = 1;
  r.exemption_age_from = 50;
  r.exemption_child_under = 3;
  r.sanction_allowed = 1;
  r.sanction_max_months = 1;
  r.sanction_max_months_repeated = 3;
  r.sanction_repetition_months = 12;
  r.sanction_start_delay_months = 2;
  r.sanction_partial_share = 0.5;
  r.sanction_sursis_allowed = 1;
  r.sanction_propensity = 1;
  r.sanction_grounds_general = r.sanction_grounds_employment = r.sanction_grounds_training = 1;
  r.sanction_grounds_studies = r.sanction_grounds_social_activation = r.sanction_grounds_housing = 1;
  r.undeclared_max_months = 6;
  r.undeclared_max_months_fraud = 12;
  r.undeclared_max_months_repeated = 12;
  r.undeclared_max_months_fraud_repeated = 24;
  r.undeclared_repetition_months = 36;
  r.undeclared_start_delay_months = 1;
  r.spi_amount = 200;
  r.spi_days = 1095;
  r.spi_window_months = 36;
  r.admission_months_under_36 = 12;
  r.admission_months_from_36 = 18;
  r.admission_months_from_50 = 24;
  r.article60_places = 1;
  r.article60_wage = 2000;
  r.article60_user_contribution = 300;
  r.social_activation_places = 1;
  r.social_activation_months = 12;
  r.reimbursement_small = 0.5;
  r.reimbursement_medium = 0.6;
  r.reimbursement_large = 0.65;
  r.reimbursement_growth = 0.05;
  r.reimbursement_loss = 0.01;
  r.reimbursement_medium_from = 500;
  r.reimbursement_large_from = 1000;
  r.reimbursement_equivalent = 1;
  r.subsidy_students = 0.1;
  r.subsidy_training_floor = 0.75;
  r.subsidy_training_months = 6;
  r.subsidy_band_from_2 = 0.2;
  r.subsidy_band_from_3 = 0.4;
  r.subsidy_band_from_4 = 0.6;
  r.subsidy_band_from_5 = 0.8;
  r.staff_subsidy = 300;
  r.staff_cost = 50000;
  r.staff_factor = 1;
  r.inflow_factor = 1;
  r.take_up_factor = 1;
  r.inflow_under_25 = r.inflow_women = r.inflow_family = 1;
  r.inflow_insured_leavers = r.inflow_equivalent = 1;
  return r;
}

RulesTable table_of(const Rules& rules) { return {Month(1993, 1), Month(2010, 1), {}, rules}; }

Plan small_plan() {
  Plan plan;
  plan.burn_in_from = Month(2000, 1);
  plan.report_from = Month(2003, 1);
  plan.report_until = Month(2007, 1);
  plan.cohort_from = Month(2002, 1);
  plan.cohort_until = Month(2005, 1);
  plan.luck.seed = 7;
  return plan;
}

std::vector<RunResult> run(const World& world, const Parameters& parameters,
                           const std::vector<const RulesTable*>& scenarios, const Plan& plan) {
  Silent silent;
  return simulate(world, parameters, scenarios, plan, silent, {});
}

std::int64_t total(const RunResult& result, Tally tally) {
  std::int64_t sum = 0;
  for (int month = 0; month < result.n_months; ++month) {
    for (int stratum = 0; stratum < n_strata; ++stratum) sum += result.tally(month, stratum, tally);
  }
  return sum;
}

std::int64_t total(const RunResult& result, Task task, Workload what) {
  std::int64_t sum = 0;
  for (int cell = 0; cell < result.n_months * n_strata; ++cell) {
    const std::size_t at = static_cast<std::size_t>(cell) * n_tasks + static_cast<std::size_t>(task);
    sum += result.workload[at * n_workload + static_cast<std::size_t>(what)];
  }
  return sum;
}

}  // namespace tremplin::test
