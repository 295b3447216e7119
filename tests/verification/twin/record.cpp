#include "tests/verification/twin/record.hpp"

namespace tremplin::twin {

namespace {

MonthIndex index_of(const std::optional<Month>& month) {
  return month ? static_cast<MonthIndex>(month->index) : no_month;
}
DayNumber number_of(const std::optional<int>& day) { return static_cast<DayNumber>(day.value_or(0)); }

tremplin::Contract record_of(const Contract& contract) {
  tremplin::Contract record;
  record.type = contract.type;
  record.stage = contract.stage;
  record.formal = contract.formal;
  record.registered = contract.registered;
  record.amendment = contract.amendment_wanted;
  record.evaluation_missed = contract.evaluation_missed;
  record.optional = contract.optional;
  record.drafted = contract.waits_for_signature;
  record.evaluations_held = static_cast<std::uint8_t>(contract.evaluations_held) & 0xfU;
  record.signed_in = index_of(contract.signed_in);
  record.due_by = index_of(contract.due_by);
  record.wake_in = index_of(contract.next);
  return record;
}

void dates_of(const Person& person, tremplin::Person& record) {
  record.first_paid_day = number_of(person.first_paid_day);
  record.suspended_from = number_of(person.suspended_from);
  record.suspended_until =
      person.suspended_from ? static_cast<DayNumber>(person.suspended_until) : DayNumber{0};
  record.exempted_earnings_from = number_of(person.earnings_exempt_from);
  record.born = static_cast<MonthIndex>(person.born.index);
  record.requested_in = index_of(person.requested_in);
  record.granted_in = index_of(person.granted_in);
  record.last_paid_in = index_of(person.last_paid_in);
  record.last_left_in = index_of(person.left_in);
  record.review_in = index_of(person.review_in);
  record.exemption_review_in = index_of(person.exemption_review_in);
  record.seen_in = index_of(person.seen_in);
  record.activity_until = index_of(person.activity_until);
  record.trained_in = index_of(person.trained_in);
  record.notice_in = index_of(person.notice_in);
  record.last_sanction_in = index_of(person.sanctioned_in);
  record.last_undeclared_in = index_of(person.silent_in);
  record.sanction_felt_until = index_of(person.sanction_felt_until);
  record.youngest_child_born = index_of(person.youngest_child_born);
}

void numbers_of(const Twin& o, const Person& person, tremplin::Person& record) {
  record.exit_factor = person.exit_factor;
  record.readiness = person.readiness;
  record.means = static_cast<std::uint16_t>(person.means);
  record.earnings = static_cast<std::uint16_t>(person.earnings);
  record.days_in_window = static_cast<std::uint16_t>(person.days_in_window);
  record.exempted_earnings_days = static_cast<std::uint16_t>(person.earnings_exempt_days);
  record.article_60_days = static_cast<std::uint16_t>(person.article_60_days);
  record.trust_lost = static_cast<std::uint8_t>(person.trust_lost);
  record.request_day = static_cast<std::uint8_t>(person.request_day);
  record.inquiry_days = static_cast<std::uint8_t>(person.inquiry_days);
  record.page = person.in_care ? o.table.page_of(*person.requested_in, person.groups) : std::uint8_t{0};
  record.breaches_in_year = static_cast<std::uint8_t>(person.breaches_in_year);
  record.n_children = static_cast<std::uint8_t>(person.n_children) & 0x3fU;
}

}  // namespace

tremplin::Person record_of(const Twin& o, const Person& person) {
  tremplin::Person record;
  record.id = person.id;
  dates_of(person, record);
  numbers_of(o, person, record);
  record.contracts = {record_of(person.contracts[0]), record_of(person.contracts[1])};
  record.entitlement = person.entitlement;
  record.disposition = person.disposition;
  record.activity = person.activity;
  record.exit = person.exit;
  record.procedure = person.procedure;
  record.category = person.category;
  record.woman = person.woman;
  record.student = person.student;
  record.homeless = person.homeless;
  record.lone_parent = person.lone_parent;
  record.has_partner = person.has_partner;
  record.health_limited = person.health_limited;
  record.comes_for_equivalent = person.equivalent;
  record.insured_before = person.insured_before;
  record.benefit_ended = person.benefit_ended;
  record.insured_leaver = person.from_insurance;
  record.shortage_used = person.shortage_used;
  record.low_education = person.low_education;
  record.non_eu = person.non_eu;
  record.suspension_partial = person.suspended_partially;
  record.obliged = person.obliged;
  record.contract_undertaken = person.undertaken;
  record.no_summer_pay = person.unpaid_august;
  record.waiting_for_place = person.waiting_for_place;
  return record;
}

}  // namespace tremplin::twin
