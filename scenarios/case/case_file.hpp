// One described household, as a file states it: who asks, when, with what means, under which contract, and
// what happens. `tremplin case` computes from it what the law gives, month by month, without simulation.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/base/money.hpp"
#include "engine/law/rules.hpp"
#include "engine/population/person.hpp"
#include "scenarios/date.hpp"
#include "scenarios/source_text.hpp"
#include "scenarios/yaml/reader.hpp"

namespace tremplin {

// Days are counted from 1 January 1900, as in the engine.
using Day = std::int32_t;
constexpr Day day_of(Date date) { return first_day_of(date.month) + date.day - 1; }
Date date_of(Day day);
// The same day so many months later, or the last of that month.
Date months_after(Date date, int months);

// Who lives there, from a day on. Where the category is not stated it follows from the people (law of 26 May
// 2002, art. 14 par. 1): with a minor child 3, else with anybody 1, else 2.
struct Household {
  Date from;
  Category category{};
  bool has_minor_child = false;
  bool lone_parent = false;  // known only where the people are listed
};

// Money that comes in each month of [from, until], both days included.
struct Income {
  Date from;
  Date until;
  Cents monthly;
  bool work = false;      // else other means, as the CPAS counts them
  bool exempted = false;  // work: the exemption of earnings (SPI) is asked
  bool shortage = false;  // work in a shortage occupation
};

struct SignedContract {
  Date on;
  ContractType type{};
};

// Means of relatives in the household who owe maintenance, each month of [from, until].
struct Relative {
  Date from;
  Date until;
  Cents monthly;
  bool first_degree = false;  // a parent or an adult child; else another who owes maintenance
  bool counted = false;       // the CPAS chooses to take them into account, where it has the choice
};

// A job of article 60 par. 7, from a day on.
struct Article60 {
  Date from;
  std::optional<Date> until;  // last day; else as long as the right to unemployment benefit takes
  Cents wage;                 // a month, net, as the CPAS counts it
  std::optional<Cents> gross;
  bool increased = false;  // the State's increased subsidy (social economy): up to the gross wage
};

// Want of disposition to work: the CPAS refuses the right, or withdraws it.
struct WorkRefusal {
  Date on;                          // the day on which it showed; that of the request: the right is refused
  Date decided;                     // the day it showed, if not stated
  bool shown_by_contract = false;   // by nothing else than what the contract asked
  bool refused_to_sign = false;     // by nothing else than a contract that was offered and not signed
  std::optional<Date> asked_again;  // the day of a new request, with new proof
};

// A breach of the contract, or means that were not declared, and, if a sanction was decided, which.
struct Breach {
  Date on;
  bool undeclared = false;   // means not declared, or declared wrongly or in part
  bool fraud = false;        // undeclared: with intent to defraud
  bool excused = false;      // a legitimate reason
  Date decided;              // of the sanction; the day of the breach if not stated
  int suspended_months = 0;  // 0: none was decided
  bool partial = false;
  bool execution_suspended = false;  // sursis
  int line = 0;
};

enum class Exempted : std::uint8_t { none, health, equity };

struct CaseFile {
  std::string name;    // may be empty
  std::string source;  // the file, for messages
  Region region{};
  std::optional<double> population;  // inhabitants of the commune: where the law tells communes apart by size
  CpasId cpas = no_cpas;             // its number, where a reform names CPAS
  Date born;
  std::vector<Household> households;  // by date; the first from the request on
  Date request;
  Date decision;  // as stated, else the last day allowed (filled in when computed)
  bool decision_stated = false;
  std::optional<Date> last_paid;  // end of an earlier integration income
  std::optional<Date> ends;       // first day without the right
  Month until;                    // last month told
  bool equivalent = false;
  bool student = false;
  bool insured = false;        // comes from unemployment insurance
  bool benefit_ended = false;  // because that benefit ended by its limit in time
  Exempted exempted{};
  std::vector<Income> incomes;
  std::vector<Relative> relatives;
  std::optional<Article60> article_60;
  std::optional<WorkRefusal> work_refusal;
  std::optional<SignedContract> contract;
  std::vector<Breach> breaches;  // of both kinds, by date
  std::optional<double>
      people_paid;      // a month of the year before last, by the CPAS: decides on the State's rate
  double coverage = 0;  // share of them under contract
};

// Requests from the first month of the law of 26 May 2002 to the end of what the law's files hold.
inline constexpr Month first_case_month{2002, 10};
inline constexpr Month last_case_month{2030, 12};
// Months that one case may tell.
inline constexpr int most_case_months = 120;

// Throws InputError with every fault of the file: missing or unknown keys, dates in the wrong order, a month
// out of range, a suspension without contract.
CaseFile load_case(const SourceText& source);
// The same from a node within a file; faults go to the place.
CaseFile read_case(const yaml::Node& node, const yaml::Place& place);

}  // namespace tremplin
