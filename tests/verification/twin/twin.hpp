// A second, slow and plain month of one CPAS, written from MODEL.md section 3 and docs/ODD.md section 7:
// everybody in one vector, one field for each thing, one pass over everybody for each step. It shares with
// the engine the registries, what goes in (world, rules, parameters, plan), the words for a status, the word
// of a draw and the portable logarithm, and nothing of how a month is lived.
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "engine/cpas/agenda.hpp"
#include "engine/simulate/simulate.hpp"

namespace tremplin::twin {

struct Contract {
  ContractStage stage = ContractStage::none;
  ContractType type = ContractType::general;
  bool formal = false;
  bool registered = false;
  bool amendment_wanted = false;
  bool evaluation_missed = false;
  bool optional = false;
  bool waits_for_signature = false;  // of president and secretary, since last month
  int evaluations_held = 0;          // in this round of a year
  std::optional<Month> signed_in;
  std::optional<Month> due_by;
  std::optional<Month> next;  // due: taken up; in force: evaluated
};

struct Person {
  LocalId id{};
  // Who they are.
  Month born;
  bool woman = false;
  Category category = Category::single;
  bool has_partner = false;
  bool lone_parent = false;
  int n_children = 0;
  std::optional<Month> youngest_child_born;
  bool student = false;
  bool homeless = false;
  bool low_education = false;
  bool insured_before = false;
  bool benefit_ended = false;   // came when unemployment benefit ended by its limit
  bool from_insurance = false;  // before the first request, or by the last exit
  bool non_eu = false;
  bool equivalent = false;  // comes for equivalent income
  bool health_limited = false;
  float exit_factor = 1;
  int means = 0;  // tenths of a euro a month
  // Status.
  Entitlement entitlement = Entitlement::non_claimant;
  Disposition disposition = Disposition::required;
  std::array<Contract, 2> contracts;
  Activity activity = Activity::none;
  Exit exit = Exit::none;
  Procedure procedure = Procedure::none;
  // The file.
  std::optional<Month> comes_in;  // a non-claimant may ask then, a former beneficiary may return
  std::optional<Month> requested_in;
  GroupSet groups;  // as the CPAS knows them on the first of the month, or at the request
  int request_day = 1;
  int inquiry_days = 0;
  std::optional<Month> granted_in;
  std::optional<Month> left_in;
  std::optional<Month> last_paid_in;
  std::optional<Month> review_in;
  std::optional<Month> exemption_review_in;
  std::optional<Month> seen_in;
  bool obliged = false;
  bool undertaken = false;  // the CPAS set out to conclude the obligatory contract
  // Activity.
  std::optional<Month> activity_until;
  std::optional<Month> trained_in;
  int earnings = 0;                         // tenths of a euro a month
  std::optional<int> earnings_exempt_from;  // day
  int earnings_exempt_days = 0;
  bool shortage_used = false;  // the higher exemption, once in life; in part-time work until activity_until
  int article_60_days = 0;
  bool waiting_for_place = false;
  float readiness = 0;
  // Compliance.
  int breaches_in_year = 0;
  std::optional<Month> notice_in;
  std::optional<Month> sanctioned_in;
  std::optional<Month> silent_in;     // last sanction for means not declared
  std::optional<int> suspended_from;  // day
  int suspended_until = 0;            // day, exclusive
  bool suspended_partially = false;
  std::optional<Month> sanction_felt_until;
  int trust_lost = 0;  // hundredths
  bool unpaid_august = false;
  // Days.
  std::optional<int> first_paid_day;
  int days_in_window = 0;  // paid days of the 730 from the first

  // This month only.
  bool in_care = false;  // waiting, on benefit or employed at its start, or asked in it
  bool granted_now = false;
  int granted_on = 0;  // day of the month, where granted_now
  std::array<bool, n_jobs> done{};
  std::optional<int> leaves_on;   // day of the month
  std::optional<Activity> seeks;  // a place
};

// What an appointment takes of a worker.
struct Work {
  Task task{};
  long minutes = 0;  // rule-compliant
};
// One person's need of one appointment.
struct Need {
  std::size_t who = 0;  // place in Twin::people
  Job job{};
  int since = 0;  // month since when it waits
  std::vector<Work> work;
  long units = 1;  // two for the contracts of a couple
};
// Work that is tied to nobody.
struct Bulk {
  Job job{};
  Work each;
  long n = 0;
};

struct Told {
  Decision decision{};
  double u = 0;
  std::optional<double> p{};  // of a decision that is yes or no
};

struct Twin {
  const World& world;
  const Office& office;
  const Parameters& p;
  const RulesTable& table;
  const Plan& plan;

  Month month = plan.burn_in_from;  // the next to be lived
  std::vector<Person> people{};     // but those who never come back
  std::vector<Person> gone{};
  // What the office keeps from month to month.
  double guidance_share = 1;
  double second_line_share = 1;
  double waiting_months = 0;
  long files_closed = 0;
  long appeals = 0;
  long granted = 0;
  long paid_this_year = 0;
  // Monthly means of the years before, the last one first.
  std::array<double, 3> paid_in_years{office.caseload_2013, office.caseload_2013, office.caseload_2013};
  std::optional<int> rate_size{};  // whose rate the State pays: 0 small, 1 medium, 2 large
  int rate_years_below = 0;
  long aided_this_year = 0;    // people at the ends of months, equivalent income included
  long covered_this_year = 0;  // of which under contract
  double coverage_last_year = 0;
  std::array<long, 2> vacant{};  // posts, by line

  // This month only.
  OfficeMonth tally{};
  std::vector<Need> needs{};
  std::vector<Bulk> bulk{};
  double pace = 1;  // of the first line
  long n_decisions = 0;
  long months_waited = 0;

  // Whose draws are written down, and those of this month.
  std::optional<LocalId> followed{};
  std::vector<Told> told{};
};

// Lives the next month and returns its tallies.
OfficeMonth live_month(Twin& o);
// People by days paid (0 to 730) in the 730 days from the first paid day, for first paid days in the plan's
// cohort months and windows that are over by the end of the plan.
std::vector<std::int64_t> people_by_paid_days(const Twin& o);

// The steps, each a pass over everybody in care.
void people_ask(Twin& o);
void tasks_fall_due(Twin& o);
void serve_tasks(Twin& o);
void meetings(Twin& o);
void decisions_on_requests(Twin& o);
void reviews(Twin& o);
void exemption_reviews(Twin& o);
void contracts_are_signed(Twin& o);  // by president and secretary, of last month's drafts
void contracts_are_concluded(Twin& o);
void activities_move(Twin& o);
void places_are_given(Twin& o);
void evaluations_are_held(Twin& o);
void procedures_are_held(Twin& o);
void contracts_are_broken(Twin& o);
void people_leave(Twin& o);
void rate_of_the_state_moves(Twin& o);
void accounts_of_people(Twin& o);
void accounts_of_office(Twin& o);
void summer_of_students(Twin& o);

// What steps ask of one another.
void schedule_return(Twin& o, Person& person, int months_out);
void assess_disposition(Twin& o, Person& person);
bool would_be_obliged(const Twin& o, const Rules& rules, const Person& person, Month requested_in);
// What inspection leaves of a duty's chance to be done.
double after_inspection(const Twin& o, double p);
void obligation_moves(Twin& o, Person& person);
void optional_contract(Twin& o, Person& person);
void contract_tasks_fall_due(Twin& o, std::size_t who);
void contract_follows_activity(Twin& o, Person& person);
void suspend(Person& person, int from, int until, bool partially);
bool grounds_a_sanction(const Rules& rules, ContractType type);
void month_of_insured_leaver(Twin& o, Person& person);
// Added to the subsidies of an office of this coverage.
double added_by_band(const Rules& rules, double coverage);
// The pull of the next band on the odds of a contract: 1 for an office that is not near it.
double pull_of_next_band(const Twin& o);
bool exemption_left(const Twin& o, const Person& person);  // of earnings: days and window
long minutes_of(const Twin& o, double hours);              // of this office
void visit_falls_due(Twin& o, const Person& person);
void lose_trust(Person& person, double lost);
void leave(Twin& o, Person& person, Entitlement to, Exit cause, int day);
void count(Twin& o, Tally tally, long n = 1);
void count_who_is_paid(Twin& o, const Person& person);
void count_who_stays(Twin& o, const Person& person);
void count_activity(Twin& o, Activity activity);
void count_without_income(Twin& o, const Person& person);

// Draws of this month.
std::uint64_t name_of(const Twin& o, const Person& person);
double uniform(Twin& o, const Person& person, Decision decision);
bool happens(Twin& o, const Person& person, Decision decision, double p);
int below(Twin& o, const Person& person, Decision decision, int n);
// A draw of another month: the same answer whenever it is asked.
double uniform_in(const Twin& o, const Person& person, Month month, Decision decision);

// Rules: of a file by the month of its request, and of files opened this month.
const Rules& rules_of(const Twin& o, const Person& person);
const Rules& rules_of_new_files(const Twin& o);
// Of a file requested in a month, as the CPAS knows the person now.
GroupSet groups_of(const Twin& o, const Person& person, Month requested_in);

// Words of the calendar.
int day_number(Month month, int day_of_month = 1);  // days since 1 January 1900
int n_days(Month month);
int request_day_number(const Person& person);

// Words of the status.
bool on_benefit(const Person& person);
bool is_in_force(const Contract& contract);
bool has_personal_contract(const Person& person);  // of the first line
bool feels_sanction(const Twin& o, const Person& person);
bool feels_threat(const Twin& o, const Person& person);
bool under(const Twin& o, const Person& person, int years);
bool has_child_under(const Twin& o, const Person& person, int years);
bool follows_by_second_line(const Twin& o, Activity activity);
double with_odds_times(double p, double factor);
// A habit's mean over the offices of the country, each counting once.
double mean_over_country(const Twin& o, double Practice::*habit, double PracticeMeans::*mean);
double tightness_factor(const Twin& o);
int evaluation_interval(const Rules& rules);

}  // namespace tremplin::twin
