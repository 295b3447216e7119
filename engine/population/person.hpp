// One person: everything the engine remembers, in 92 bytes (96 with the place in the office's list of active
// people). The month step touches most of it, so a person is a record and an office's people are one array
// that fits in the processor's cache.
#pragma once

#include <array>
#include <cstdint>

#include "engine/base/ids.hpp"
#include "engine/law/groups.hpp"
#include "engine/population/status.hpp"

namespace tremplin {

enum class Category : std::uint8_t { cohabitant, single, family };  // RIS categories 1, 2, 3

// Months are counted since January 1900 (Month::index), days since 1 January 1900.
using MonthIndex = std::int16_t;
using DayNumber = std::uint16_t;  // reaches the year 2079
constexpr MonthIndex no_month = -1;

struct Contract {
  ContractType type : 3 = ContractType::general;
  ContractStage stage : 3 = ContractStage::none;
  bool formal : 1 = false;                // template, not personalised
  bool registered : 1 = false;            // shown by the federal register
  bool amendment : 1 = false;             // an annex or successive contract is to be drafted
  bool evaluation_missed : 1 = false;     // the last evaluation was: the CPAS's own breach
  bool optional : 1 = false;              // concluded without an obligation
  bool drafted : 1 = false;               // waits for the signature of the CPAS's president and secretary
  std::uint8_t evaluations_held : 4 = 0;  // within the year's round: 0 to evaluations per year - 1
  MonthIndex signed_in = no_month;
  MonthIndex due_by = no_month;   // last month of the delay
  MonthIndex wake_in = no_month;  // due: month it is taken up; in force: next evaluation

  friend bool operator==(const Contract&, const Contract&) = default;
};

constexpr std::uint32_t no_slot = 0xffffffffU;

// Where a breach of the contract stands.
enum class Procedure : std::uint8_t { none, notice_to_send, hearing_to_hold };

struct Person {
  LocalId id{};
  std::uint32_t next = no_slot;          // next in a list of the office: due in the same month, or free
  float exit_factor = 1;                 // exp(-frailty_sd * distance to work): multiplies exit hazards
  float readiness = 0;                   // dynamic; reported as empowerment
  DayNumber first_paid_day = 0;          // 0: never paid
  DayNumber suspended_from = 0;          // 0: no suspension pending or running
  DayNumber suspended_until = 0;         // exclusive
  DayNumber exempted_earnings_from = 0;  // first day of the SPI exemption; 0: never opened
  std::uint16_t means = 0;               // own means, tenths of a euro a month
  std::uint16_t earnings = 0;            // part-time earnings, tenths of a euro a month
  std::uint16_t days_in_window = 0;      // paid days in the 730 days from the first paid day
  std::uint16_t exempted_earnings_days = 0;
  std::uint16_t article_60_days = 0;
  std::array<Contract, 2> contracts{};  // first line, second line
  MonthIndex born = 0;
  MonthIndex requested_in = no_month;
  MonthIndex granted_in = no_month;
  MonthIndex last_paid_in = no_month;
  MonthIndex last_left_in = no_month;  // end of the last spell on benefit
  MonthIndex review_in = no_month;
  MonthIndex exemption_review_in = no_month;
  MonthIndex seen_in = no_month;
  MonthIndex activity_until = no_month;       // part-time work: last month of the shortage exemption
  MonthIndex trained_in = no_month;           // end of the last completed training
  MonthIndex notice_in = no_month;            // last formal notice or hearing
  MonthIndex last_sanction_in = no_month;     // for a breach of the contract
  MonthIndex last_undeclared_in = no_month;   // last sanction for means not declared
  MonthIndex sanction_felt_until = no_month;  // last month in which a suspension acts
  MonthIndex youngest_child_born = no_month;
  std::uint8_t trust_lost = 0;    // hundredths
  std::uint8_t request_day = 1;   // day of the month
  std::uint8_t inquiry_days = 0;  // from the request until papers, visit and council allow a decision
  std::uint8_t page = 0;          // of the RulesTable: that of the open file; 0: none is open
  std::uint8_t breaches_in_year = 0;
  std::uint8_t n_children : 6 = 0;
  bool insured_leaver : 1 = false;  // comes from unemployment insurance: at first, or by the last exit
  bool shortage_used : 1 = false;   // the exemption of earnings for shortage occupations, once in life
  Entitlement entitlement = Entitlement::not_eligible;
  Activity activity = Activity::none;
  Category category = Category::single;
  Disposition disposition : 2 = Disposition::required;
  Exit exit : 4 = Exit::none;
  Procedure procedure : 2 = Procedure::none;
  bool woman : 1 = false;
  bool student : 1 = false;
  bool homeless : 1 = false;
  bool lone_parent : 1 = false;
  bool has_partner : 1 = false;
  bool health_limited : 1 = false;
  bool comes_for_equivalent : 1 = false;
  bool insured_before : 1 = false;
  bool benefit_ended : 1 = false;  // came when unemployment benefit ended by its limit in time
  bool low_education : 1 = false;
  bool non_eu : 1 = false;
  bool suspension_partial : 1 = false;
  bool obliged : 1 = false;              // a contract is obligatory
  bool contract_undertaken : 1 = false;  // the CPAS set out to conclude it
  bool no_summer_pay : 1 = false;        // a student whose August is unpaid
  bool waiting_for_place : 1 = false;

  friend bool operator==(const Person&, const Person&) = default;

  [[nodiscard]] Status status() const {
    return {entitlement, disposition, contracts[0].stage, contracts[1].stage, activity, exit};
  }
  [[nodiscard]] int age_in_years(Month month) const { return (month.index - born) / 12; }
  [[nodiscard]] bool is_under(int years, Month month) const { return month.index - born < 12 * years; }
};

// Farther than the median person.
inline bool is_far_from_work(const Person& person) { return person.exit_factor < 1; }

// Whom the CPAS sees on the first of a month, of a file requested in a month: an earlier one or this one.
inline GroupSet groups_of(const Person& person, Month month, Month request) {
  GroupSet groups;
  groups.add(static_cast<TargetGroup>(person.category));
  groups.add(person.is_under(25, month) ? TargetGroup::under_25 : TargetGroup::from_25);
  groups.add(TargetGroup::student, person.student);
  groups.add(TargetGroup::lone_parent, person.lone_parent);
  groups.add(TargetGroup::first_time,
             person.first_paid_day == 0 ||
                 static_cast<std::int32_t>(person.first_paid_day) >= first_day_of(request));
  groups.add(TargetGroup::insured, person.insured_leaver);
  groups.add(TargetGroup::benefit_ended, person.benefit_ended);
  groups.add(TargetGroup::equivalent, person.comes_for_equivalent);
  return groups;
}

// The day of the request, counted from 1 January 1900.
constexpr std::int32_t request_day_of(const Person& person) {
  return first_day_of(Month(person.requested_in)) + person.request_day - 1;
}

static_assert(sizeof(Contract) == 8);
static_assert(sizeof(Person) <= 92, "the engine's memory per person is part of its contract");

}  // namespace tremplin
