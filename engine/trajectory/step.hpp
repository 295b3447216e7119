// What the steps of one month in one office share: the rules in force, the office's state, the agenda of
// its workers, everybody's draws and the tallies. The steps are free functions, one file per subject.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/base/draw.hpp"
#include "engine/cpas/agenda.hpp"
#include "engine/law/amounts.hpp"
#include "engine/law/entitlement.hpp"
#include "engine/law/rules.hpp"
#include "engine/population/cohort.hpp"
#include "engine/population/person.hpp"
#include "engine/trajectory/catalogue.hpp"
#include "engine/trajectory/constants.hpp"
#include "engine/trajectory/ledger.hpp"
#include "engine/trajectory/month_parts.hpp"
#include "engine/trajectory/stocks.hpp"

namespace tremplin {

// Everything about an office that lasts from month to month. A value: copying it forks history.
struct OfficeState {
  std::vector<Person> people;
  std::uint32_t first_free = no_slot;  // slots of nobody, linked by Person::next
  std::int64_t n_free = 0;
  std::vector<std::uint32_t> active;  // slots of people waiting, on benefit or employed
  // By month since burn-in: the first of the people with an event in it, linked by Person::next.
  std::vector<std::uint32_t> calendar;
  std::int64_t n_non_claimants = 0;
  std::int64_t paid_this_year = 0;  // person-months paid since January
  double paid_last_year = 0;        // monthly means, for the State's rate
  double paid_year_before_last = 0;
  double paid_year_before_that = 0;
  std::int64_t rate_size = -1;  // of the State's rate, as HeldRate; -1: not yet known
  std::int64_t rate_years_below = 0;
  std::int64_t aided_this_year = 0;    // people with a right at the ends of months since January, summed
  std::int64_t covered_this_year = 0;  // of which under contract
  double coverage_last_year = 0;       // their ratio, for the bands of the subsidy
  double guidance_share = 1;           // time of interviews held, of what the norm asks, last month
  double second_line_share = 1;        // second-line minutes worked of those asked, last month
  double waiting_months = 0;           // mean wait of last month's decisions
  std::int64_t files_closed = 0;       // last month
  std::int64_t appeals = 0;            // last month
  std::int64_t granted = 0;            // last month
  std::int64_t vacant_first_line = 0;  // posts
  std::int64_t vacant_second_line = 0;

  // The slots of a list that begins with `first`: of those who are due in a month, or of nobody.
  [[nodiscard]] std::vector<std::uint32_t> linked(std::uint32_t first) const {
    std::vector<std::uint32_t> slots;
    for (std::uint32_t slot = first; slot != no_slot; slot = people[slot].next) slots.push_back(slot);
    return slots;
  }
  friend bool operator==(const OfficeState&, const OfficeState&) = default;
};

constexpr std::uint32_t no_words = 0xffffffffU;

// What the words of a person's month do not rule out; nothing before they are known.
struct May {
  bool leave : 1 = false;  // unless readiness is more than none
  bool miss_days : 1 = false;
  bool start : 1 = false;   // an activity
  bool breach : 1 = false;  // of the contract
};
constexpr std::size_t n_kinds = 50;  // of people on the list: those whose months are alike

// One person during one month.
struct ActivePerson {
  Person* person = nullptr;
  std::uint32_t slot = 0;
  std::uint32_t served = 0;          // jobs that social workers did for the person, a bit each
  std::uint32_t words = no_words;    // place in OfficeScratch::words
  std::uint32_t further = no_words;  // place in OfficeScratch::further
  std::uint32_t decided = no_words;  // place in OfficeScratch::decisions
  May may;
  std::int8_t leaves_on = 0;   // day of the month; 0: stays
  std::int8_t granted_on = 0;  // day of the month of the decision; 0: not granted in it

  [[nodiscard]] bool granted_now() const { return granted_on != 0; }
  [[nodiscard]] bool got(Job job) const { return (served >> static_cast<unsigned>(job) & 1U) != 0; }
};
static_assert(n_jobs <= 32);

// A person who seeks a scarce place.
struct Candidate {
  std::uint32_t k;
  double score;       // highest first
  std::uint64_t lot;  // order among equals
};

// Memory that a thread reuses from month to month and office to office.
struct OfficeScratch {
  Agenda agenda;
  std::vector<ActivePerson> active;
  std::vector<LocalId> ids;          // of the people whose words are drawn together
  std::vector<DrawBlock> words;      // decisions 0 to 3 of everybody of whom they are asked
  std::vector<DrawBlock> further;    // decisions 4 to 7 of those of whom some of them will be
  DrawnAhead decisions;              // of those whose request is decided
  DrawnAhead asking;                 // of those who may ask
  std::vector<std::uint32_t> due;    // slots of people with an event this month
  std::vector<std::uint32_t> asked;  // slots of those who ask this month
  std::array<std::vector<std::uint32_t>, n_kinds> by_kind;  // slots of those who go on being visited
  std::vector<std::uint32_t> left;  // slots of those who left this month or were refused
  std::vector<DrawBlock> returns;   // their decisions about when they come back
  std::vector<double> factors;      // of returns, for each of the slots in `due` or `left`
  std::vector<double> waits;        // logarithms of what is drawn for when, for each in `left`
  std::vector<const Rules*> rules;  // by page of the table
  std::vector<Amounts> amounts;
  std::array<std::vector<Candidate>, n_pools> candidates;
  MonthTimes times;
};

// What the hazard of leaving this month cannot exceed, whatever the person's contract, sanctions and past:
// `base` being the person's factor times that of the years on benefit, base * (job * exp(effect of readiness)
// + others) + steady, besides death and pension.
struct ExitBounds {
  double job = 0;
  double others = 0;
  double steady = 0;
  // The same, coarser, for whose readiness is none: the person's factor times any_duration, and
  // before_pension; in the month of the grant, times month_of_grant.
  double any_duration = 0;
  double before_pension = 0;
  double month_of_grant = 1;
};
constexpr int age_of_pension = 65;

// Whose life is followed, and who is told.
struct Following {
  LocalId who{};
  Witness* witness = nullptr;
};

struct Step {
  const World& world;
  const Office& office;
  const Parameters& p;
  const Constants& constants;
  const RulesTable& table;
  const Luck& luck;
  Month month;
  Month burn_in_from;
  OfficeState& state;
  OfficeScratch& scratch;
  Agenda& agenda;
  std::vector<ActivePerson>& active;
  OfficeMonth& tally;
  Cohort& cohort;
  const Following* following;  // the person whose life is followed; nullptr: nobody
  Ledger* ledger;              // who keeps accounts of people; nullptr: nobody

  int n_days = 30;
  std::int32_t first_day = 0;
  int of_year = 1;         // 1 to 12
  MonthIndex january = 0;  // of this year
  std::size_t t = 0;       // index into the environment's vectors
  std::span<const Rules* const> rules_by_page{};
  std::span<const Amounts> amounts_by_page{};
  const Rules* rules = nullptr;  // of the office itself: those of files opened this month, of nobody's groups
  Catalogue catalogue{};
  Stocks stocks{};
  double pace = 1;  // of the first line, relative to rule-compliant times
  std::array<std::int64_t, n_pools> places{};
  std::array<std::int64_t, n_pools> places_taken{};
  std::size_t drawn_for = static_cast<std::size_t>(-1);  // whose draws are kept in `drawn`
  Draws drawn{luck, PersonId{}, month};
  std::size_t n_staying = 0;       // of the people visited so far
  std::int64_t n_decisions = 0;    // this month
  std::int64_t waited_months = 0;  // before them
  int days_paid = 0;               // to the person visited last
  bool exams_over = false;         // students leave with their studies completed in July and September
  double tightness_factor = 1;     // tightness ^ elasticity
  double part_time = 0;            // starts this month, earnings not exempted
  std::int64_t state_rate = 0;     // millionths of the integration income that the State pays back
  ExitBounds exit_bounds{};
  double start_bound = 2;  // of the uniform draw from which no activity starts
  // Responses to money and to inspection (responses.cpp).
  double incentive_start = 1;     // starts of social activation
  double incentive_drop_out = 1;  // dropping out of it
  double band_pull = 1;           // odds of a contract, in an office near the next band of the subsidy
  double made_good = 0;           // part of the contract duties left undone that inspection makes good

  [[nodiscard]] Person& person(std::size_t k) { return *active[k].person; }
  [[nodiscard]] const Rules& rules_of(const Person& person) const { return *rules_by_page[person.page]; }
  [[nodiscard]] MonthIndex now() const { return static_cast<MonthIndex>(month.index); }
  [[nodiscard]] const Amounts& amounts_of(const Person& person) const { return amounts_by_page[person.page]; }
  // The page of a file that the person opens now.
  [[nodiscard]] std::uint8_t page_of_new_file(const Person& person) const {
    return table.page_of(month, groups_of(person, month, month));
  }
  [[nodiscard]] Witness* witness_of(LocalId id) const {
    return following != nullptr && following->who == id ? following->witness : nullptr;
  }
  [[nodiscard]] Witness* witness_of(std::size_t k) const {
    return following != nullptr ? witness_of(active[k].person->id) : nullptr;
  }
  [[nodiscard]] Draws draws_of(const Person& person) const {
    return {luck, person_id(office.id, person.id), month, witness_of(person.id)};
  }
  // Draws of a month gone by: the same answer whenever it is asked.
  [[nodiscard]] Draws draws_of(const Person& person, MonthIndex then) const {
    return {luck, person_id(office.id, person.id), Month(then), witness_of(person.id)};
  }
  // Kept from one question to the next about the same person.
  [[nodiscard]] Draws& draws(std::size_t k) {
    if (drawn_for != k) {
      drawn_for = k;
      const Person& asked = person(k);
      drawn.turn_to(person_id(office.id, asked.id), witness_of(asked.id));
      if (active[k].decided != no_words) scratch.decisions.tell(active[k].decided, drawn);
    }
    return drawn;
  }

  // The words of numbers 0 to 3 are known of everybody on benefit, those of 4 to 7 of who will need them.
  [[nodiscard]] std::uint32_t word(std::size_t k, Decision decision) {
    const auto number = static_cast<std::size_t>(decision);
    const ActivePerson& asked = active[k];
    if (number < 4) return scratch.words[asked.words][number];
    if (number < 8 && asked.further != no_words) return scratch.further[asked.further][number - 4];
    return draws(k).word(decision);
  }
  bool happens(std::size_t k, Decision decision, double probability) {
    const std::uint32_t drawn_word = word(k, decision);
    const bool happened = happens_in(drawn_word, probability);
    if (Witness* witness = witness_of(k)) [[unlikely]]
      witness->decided(decision, probability, uniform_of(drawn_word), happened);
    return happened;
  }
  double uniform(std::size_t k, Decision decision) {
    const double u = uniform_of(word(k, decision));
    if (Witness* witness = witness_of(k)) [[unlikely]]
      witness->chose(decision, u);
    return u;
  }
  // Uniform on 0 to n - 1.
  std::uint32_t below(std::size_t k, Decision decision, std::uint32_t n) {
    const std::uint32_t drawn_word = word(k, decision);
    if (Witness* witness = witness_of(k)) [[unlikely]]
      witness->chose(decision, uniform_of(drawn_word));
    return among(drawn_word, n);
  }

  [[nodiscard]] std::uint64_t queue_lot(std::size_t k) {
    return (static_cast<std::uint64_t>(draws(k).word(Decision::queue_lot)) << 32) |
           static_cast<std::uint64_t>(person(k).id);
  }
};

// While it lives, what is tallied is one person's: told to who keeps accounts, if anybody does.
class Entering {
 public:
  Entering(Step& s, std::size_t k) : s_(s), k_(k) {
    if (s_.ledger == nullptr) return;
    s_.days_paid = 0;
    s_.ledger->begin(s_.person(k_), s_.tally);
  }
  ~Entering() {
    if (s_.ledger == nullptr) return;
    s_.stocks.tell(s_.tally);
    s_.ledger->end(s_.person(k_), s_.month, s_.tally, s_.days_paid);
  }
  Entering(const Entering&) = delete;
  Entering& operator=(const Entering&) = delete;

 private:
  Step& s_;
  std::size_t k_;
};

// Asks the processor for a person who will soon be visited.
inline void fetch(const Person& person) {
  __builtin_prefetch(&person, 1);
  __builtin_prefetch(reinterpret_cast<const char*>(&person) + 64, 1);
}

// Step 2: people who become eligible, non-claimants who ask later, former beneficiaries who return.
void people_ask(Step& s);
// When those who left this month, or were refused, may come back; frees the slots of who never does.
void former_beneficiaries_wait(Step& s);

// What falls due this month for everybody, and serving it in the order of the office.
void tasks_fall_due(Step& s);
void serve_tasks(Step& s);
// Months of a parameter, rounded.
inline int whole_months(double months) { return static_cast<int>(months + 0.5); }
inline bool has_personal_contract(const Person& person) {
  return in_force(person.contracts[0].stage) && !person.contracts[0].formal;
}
// Trust lost, 0 to 1, on top of what is lost already; at most 1 in all.
void lose_trust(Person& person, double lost);
void met_by_worker(Step& s, std::size_t k);
void home_visit_falls_due(Step& s, std::size_t k);  // with an inquiry or a review that is held

// The words that most people's month needs, and what they rule out.
void draw_for_everybody(Step& s);

// Step 3: decisions on requests, reviews.
void decide_request(Step& s, std::size_t k);
void hold_review(Step& s, std::size_t k);

// Step 4: is the person exempted from the disposition to work?
void assess_disposition(Step& s, std::size_t k);
void review_exemption(Step& s, std::size_t k);

// Step 5 and 7: contracts and their evaluations.
void contract_obligation_moves(Step& s, std::size_t k);  // of whom is_obliged is no longer what it was
void contracts_fall_due(Step& s, std::size_t k);
void conclude_contracts(Step& s, std::size_t k);
void sign_contracts(Step& s, std::size_t k);  // drafted last month
void hold_evaluations(Step& s, std::size_t k);
void optional_contract(Step& s, std::size_t k);
void contract_follows_activity(Step& s, std::size_t k);
// Under these rules, for a request made in that month.
inline bool is_obliged(const Step& s, const Amounts& amounts, const Person& person, MonthIndex requested_in) {
  const bool exempted = person.disposition != Disposition::required && !person.student;
  const unsigned group =
      duty_group(static_cast<unsigned>(person.category), person.comes_for_equivalent, exempted);
  return contract_is_due(amounts, group, s.now() - person.born,
                         person.last_left_in == no_month ? never_paid : requested_in - person.last_left_in);
}
inline bool obligation_moves(const Step& s, const Person& person) {
  return is_obliged(s, s.amounts_of(person), person, person.requested_in) != person.obliged;
}

// What the content of a contract in force leads to (content.hpp): the chance of a course that nothing else
// asks for, at the end of orientation; the tightness of childcare, in standard deviations, for a lone parent.
double p_language_course(const Step& s, const Person& person);
double childcare_tightness(const Step& s, const Person& person);

// What money and inspection do to people and to the office this month.
void responses_of_the_month(Step& s);

// Step 6: orientation, places, progress, end. An activity that needs a place is provisional until the
// places are given: activity_moves returns true for who waits for that.
void open_places(Step& s);
double start_bound_of(const Step& s);
bool may_drop_out(Activity activity);
bool activity_moves(Step& s, std::size_t k);
void give_places(Step& s);

// The exemption of earnings (SPI): are days and window left; opened, or not, with a part-time job; the
// month's exempted earnings, which use up days.
bool exemption_left(const Step& s, const Person& person);
void open_exemption(Step& s, std::size_t k);
Cents exempt_earnings(Step& s, Person& person, int paid_days);

// Step 8: breach to suspension.
bool can_ground_sanction(const Rules& rules, ContractType type);
// Is a suspension felt, from its first day until some months after its last; is a notice or a hearing?
bool feels_sanction(const Step& s, const Person& person);
bool feels_threat(const Step& s, const Person& person);
void compliance_falls_due(Step& s, std::size_t k);  // of who is in a procedure
void hold_procedure(Step& s, std::size_t k);
void breach_of_contract(Step& s, std::size_t k);  // of who has a contract in force
void start_suspension(Step& s, std::size_t k, int from_day, int until_day, bool partial);
// At the grant, of who comes from unemployment insurance, where a rule is set.
void suspend_insured_leaver(Step& s, std::size_t k);

// Step 9: exits on a day. The hazard of leaving of a person on benefit, from all causes; what it cannot
// exceed, found with less work; and what that rests on this month.
double exit_hazard(const Step& s, const Person& person);
double exit_bound(const Step& s, const Person& person);
ExitBounds exit_bounds_of(const Step& s);
void maybe_leave(Step& s, std::size_t k);
// Students in July: nothing, a search for work, or a month without income (practice, not law).
void summer_of_students(Step& s, std::size_t k);
void leave(Step& s, std::size_t k, Entitlement to, Exit cause, int day);

// Steps 10 and 11: days, cents and stocks of one person; then of the office.
// The State's rate for this office this month, in millionths; each January moves it.
std::int64_t state_rate(Step& s);
void account_for(Step& s, std::size_t k);
void account_for_office(Step& s);
}  // namespace tremplin
