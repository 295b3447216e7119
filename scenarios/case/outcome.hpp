// What the law gives one described household, without simulation: amounts to the cent, days in proportion,
// who pays, what is due by when, what a breach can cost, what work gives. The arithmetic is the engine's own
// (engine/law/), applied to days that are known instead of drawn. Law of 26 May 2002, art. 3, 6, 11, 14, 20
// to 23, 30, 32, 36 and 47.
#pragma once

#include <optional>
#include <vector>

#include "engine/law/entitlement.hpp"
#include "scenarios/case/case_file.hpp"
#include "scenarios/case/case_law.hpp"
#include "scenarios/case/limits.hpp"

namespace tremplin {

// Days of one month that are alike: the amount of a whole month, and what these days give of it.
struct MonthLine {
  Category category{};
  Cents income;           // of the category
  Cents means;            // other than earnings
  Cents wage;             // of article 60
  Cents relatives;        // what counts of relatives' means
  Cents relatives_means;  // their means as they are, of `n_relatives` people
  int n_relatives = 0;
  Cents earnings;         // before their exemption
  Cents exempted;         // earnings left out of account
  bool shortage = false;  // by the amount for shortage occupations
  Cents exempt_income;    // general exemption
  Cents full;             // income less what counts, a whole month
  int days = 0;           // with the right, suspended ones included
  int suspended = 0;      // of which not paid
  int withheld = 0;       // of which paid in part
  Cents paid;
  Cents lost;  // by suspensions

  [[nodiscard]] Cents counted() const { return means + wage + relatives + earnings - exempted; }
  bool operator==(const MonthLine&) const = default;
};

// What a job of article 60 pays and costs in a month, in proportion to its days.
struct Article60Month {
  int days = 0;
  Cents wage;   // what the household gets
  Cents cost;   // of the employer, the CPAS: at least the gross wage, where it is stated
  Cents user;   // paid to the CPAS by the user of the worker
  Cents state;  // its subsidy
  [[nodiscard]] Cents cpas() const { return cost - user - state; }
  bool operator==(const Article60Month&) const = default;
};

struct CaseMonth {
  Month month;
  std::vector<MonthLine> lines;  // none: no right in this month
  Cents paid;
  Cents lost;
  // Who pays, if the file says how many people the CPAS pays: rates in millionths of what is paid.
  std::int64_t state_rate = 0;
  std::int64_t subsidy_rate = 0;
  Cents state;
  Cents subsidy;
  Cents cpas;
  Article60Month article_60;
  bool operator==(const CaseMonth&) const = default;
};

// Why a contract is due, or not.
enum class DutyReason : std::uint8_t {
  young,           // below the age of the rule
  newcomer,        // no integration income in the last months
  left_to_worker,  // no obligation at all
  out_of_scope,    // category, equivalent income, exemption
  neither,         // neither young nor new enough
  refused          // the right itself is
};

struct ContractDuty {
  bool due = false;
  DutyReason reason{};
  Month since;  // the month from which it is, or was, due; of the grant if it never was
  Date runs_from;
  Date due_by;                     // the last day
  std::optional<Month> lifted_in;  // it was due, and is no longer from this month on
  bool operator==(const ContractDuty&) const = default;
};

struct Evaluation {
  Date on;
  bool face_to_face = false;
  bool operator==(const Evaluation&) const = default;
};

enum class Verdict : std::uint8_t {
  no_contract,   // none in force on that day
  excused,       // a legitimate reason
  tolerated,     // within the breaches of a year without consequence
  no_sanctions,  // the law knows none
  no_ground,     // a contract of this type cannot ground one
  can_be_suspended,
  too_late,  // means not declared: the years within which it can be sanctioned are over
  no_right   // means not declared: no integration income on that day
};

struct BreachOutcome {
  Date on;
  Date decided;
  bool undeclared = false;  // means not declared, else a breach of the contract
  bool fraud = false;
  Verdict verdict{};
  bool repeated = false;      // within the window of an earlier suspension
  int longest = 0;            // months
  DaySpan at_most;            // of the longest suspension
  Cents costs_at_most;        // what the days of it would have paid
  Guard guard = Guard::none;  // what goes before a sanction
  int first_days = 0;         // of a first suspension, where a scenario makes it shorter than a month
  // What was decided, as far as the law allows.
  int months = 0;          // 0: nothing
  bool shortened = false;  // the file had more than the law allows
  bool partial = false;
  bool execution_suspended = false;
  DaySpan days;
  Date appeal_until;
  bool operator==(const BreachOutcome&) const = default;
};

// Whether want of disposition to work ends the right.
enum class RefusalVerdict : std::uint8_t {
  exempted,         // it is not asked
  not_by_contract,  // what a contract shows cannot end the grant
  not_by_refusal,   // refusing to sign cannot: not coupled, or no contract is obligatory
  refused,          // from the request on
  withdrawn
};

struct WorkRefusalOutcome {
  RefusalVerdict verdict{};
  Date from;  // the first day without the right
  Date decided;
  Cents costs;  // until the day before a new request, or the last month told
  Date appeal_until;
  std::optional<Date> asked_again;
  Date decision_by;  // of the new request
  [[nodiscard]] bool ends_right() const { return verdict >= RefusalVerdict::refused; }
  bool operator==(const WorkRefusalOutcome&) const = default;
};

// What a job of article 60 leads to.
struct Article60Outcome {
  Date from;
  Date last;           // day
  int months = 0;      // of work that open the right to unemployment benefit, by the age at their end
  int years = 0;       // of age when they are over
  Date rights_from;    // the day after them
  bool opens = false;  // the job lasts as long
  bool operator==(const Article60Outcome&) const = default;
};

// A rule that reached this file otherwise than a new one.
struct Transition {
  const Lever* lever = nullptr;
  Month since;  // first month in which the two differ
  double own = 0;
  double of_new_files = 0;
  bool operator==(const Transition&) const = default;
};

struct CaseOutcome {
  Date right_from;
  Date decision_by;  // last day of the delay
  Date decision;     // as stated, else the last day
  Date payment_by;
  Date appeal_until;
  std::vector<CaseMonth> months;  // from the request to `until`
  ContractDuty duty;
  std::vector<Evaluation> evaluations;
  std::vector<BreachOutcome> breaches;
  std::optional<WorkRefusalOutcome> work_refusal;
  std::optional<Article60Outcome> article_60;
  std::vector<Transition> transitions;
  bool operator==(const CaseOutcome&) const = default;
};

// Months beyond file.until that the law must hold: the longest delay and suspension that levers allow.
inline constexpr int months_of_sanctions = 54;

// `law` must reach from the request to months_of_sanctions after file.until.
CaseOutcome outcome_of(const CaseFile& described, const CaseLaw& law, const Limits& limits);

}  // namespace tremplin
