#include "tests/verification/ledger.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <set>

namespace tremplin::test {

namespace {

// Collects what does not hold.
class Faults {
 public:
  void equal(std::int64_t a, std::int64_t b, const char* what) {
    if (a != b) list_.push_back(fmt::format("{}: {} is not {}", what, a, b));
  }
  void at_most(std::int64_t a, std::int64_t b, const char* what) {
    if (a > b) list_.push_back(fmt::format("{}: {} is more than {}", what, a, b));
  }
  void that(bool holds, const std::string& what) {
    if (!holds) list_.push_back(what);
  }
  std::vector<std::string> list() { return std::move(list_); }

 private:
  std::vector<std::string> list_;
};

std::int64_t left_care(const OfficeMonth& m) {
  std::int64_t sum = 0;
  for (const Tally t :
       {Tally::exits_job, Tally::exits_insurance, Tally::exits_other_benefit, Tally::exits_studies,
        Tally::exits_household, Tally::exits_pension, Tally::exits_unknown, Tally::exits_death,
        Tally::exits_transfer, Tally::withdrawals, Tally::refusals}) {
    sum += m[t];
  }
  return sum;
}

// Everybody held has an allowed status and one place: active, free or waiting for one event.
void check_people(const OfficeState& state, const OfficeMonth& m, Faults& faults) {
  std::set<std::uint32_t> slots;
  std::int64_t applicants = 0, paid_or_suspended = 0, employed = 0;
  for (const std::uint32_t slot : state.active) {
    faults.that(slots.insert(slot).second, fmt::format("slot {} is active twice", slot));
    const Person& person = state.people[slot];
    faults.that(is_active(person.entitlement),
                fmt::format("active with entitlement {}", static_cast<int>(person.entitlement)));
    applicants += person.entitlement == Entitlement::applicant ? 1 : 0;
    employed += person.entitlement == Entitlement::employed ? 1 : 0;
    paid_or_suspended += on_benefit(person.entitlement) ? 1 : 0;
    faults.that(person.suspended_from == 0 || person.suspended_from < person.suspended_until,
                "a suspension that ends before it starts");
  }
  const std::vector<std::uint32_t> unused = state.linked(state.first_free);
  faults.equal(static_cast<std::int64_t>(unused.size()), state.n_free, "free slots against their count");
  for (const std::uint32_t slot : unused) {
    faults.that(slots.insert(slot).second, fmt::format("slot {} is free and something else", slot));
  }
  for (const std::uint32_t first : state.calendar) {
    for (const std::uint32_t slot : state.linked(first)) {
      faults.that(slots.insert(slot).second, fmt::format("slot {} waits and is something else", slot));
      faults.that(!is_active(state.people[slot].entitlement), "waits for an event while active");
    }
  }
  faults.equal(static_cast<std::int64_t>(slots.size()), static_cast<std::int64_t>(state.people.size()),
               "active, free and waiting against all slots");
  const std::set<std::uint32_t> free(unused.begin(), unused.end());
  for (std::uint32_t slot = 0; slot < state.people.size(); ++slot) {
    const Status s = state.people[slot].status();
    faults.that(free.contains(slot) || is_allowed(s),
                fmt::format("status not allowed: entitlement {}, contracts {} and {}, activity {}, exit {}",
                            static_cast<int>(s.entitlement), static_cast<int>(s.contract),
                            static_cast<int>(s.second_contract), static_cast<int>(s.activity),
                            static_cast<int>(s.exit)));
  }
  faults.equal(m[Tally::applicants], applicants, "applicants");
  faults.equal(m[Tally::in_article_60] + m[Tally::in_article_61], employed, "employed");
  faults.equal(m[Tally::required] + m[Tally::exempted_health] + m[Tally::exempted_equity], paid_or_suspended,
               "required and exempted against everybody on benefit");
}

void check_parts(const OfficeMonth& m, Faults& faults) {
  faults.equal(m[Tally::paid_cohabitant] + m[Tally::paid_single] + m[Tally::paid_family], m[Tally::paid],
               "categories");
  faults.equal(m[Tally::paid_under_25] + m[Tally::paid_25_to_64] + m[Tally::paid_65_plus], m[Tally::paid],
               "ages");
  faults.equal(m[Tally::paid_equivalent_cohabitant] + m[Tally::paid_equivalent_single] +
                   m[Tally::paid_equivalent_family],
               m[Tally::paid_equivalent], "categories of equivalent income");
  faults.equal(m[Tally::grants] + m[Tally::refusals], m[Tally::decisions_on_time] + m[Tally::decisions_late],
               "decisions");
  faults.equal(m[Tally::first_entries] + m[Tally::re_entries], m[Tally::grants], "grants");
  faults.equal(m[Tally::contract_formal] + m[Tally::contract_personalised],
               m[Tally::contract_covered] + m[Tally::contract_second_line], "contracts by quality");
  faults.equal(m[Tally::contract_general] + m[Tally::contract_employment] + m[Tally::contract_training] +
                   m[Tally::contract_studies] + m[Tally::contract_social_activation] +
                   m[Tally::contract_housing],
               m[Tally::contract_covered] + m[Tally::contract_second_line], "contracts by type");
  faults.equal(m[Tally::sanctions_dropped] + m[Tally::sanctions_barred] + m[Tally::sanctions_alternative] +
                   m[Tally::sanctions_sursis] + m[Tally::sanctions_partial] + m[Tally::sanctions_full],
               m[Tally::hearings], "outcomes of hearings");
  faults.at_most(m[Tally::sanctions_repeated], m[Tally::sanctions_partial] + m[Tally::sanctions_full],
                 "repeated sanctions");
  faults.at_most(m[Tally::breaches_excused] + m[Tally::breaches_tolerated], m[Tally::breaches],
                 "breaches without consequence");
  faults.at_most(m[Tally::contract_obliged_covered], m[Tally::contract_obliged], "obliged and covered");
  const std::int64_t on_benefit = m[Tally::on_integration_income] + m[Tally::on_equivalent_income];
  faults.equal(m[Tally::required] + m[Tally::exempted_health] + m[Tally::exempted_equity], on_benefit,
               "people by work disposition");
  faults.at_most(m[Tally::contract_covered], on_benefit, "people under contract");
  faults.at_most(m[Tally::contract_obliged], on_benefit, "people who must have a contract");
  faults.at_most(m[Tally::contract_registered], m[Tally::on_integration_income], "registered contracts");
  faults.at_most(m[Tally::contract_registered], m[Tally::contract_covered], "registered contracts");
  faults.at_most(m[Tally::exemption_reviews_overdue], m[Tally::exempted_health] + m[Tally::exempted_equity],
                 "overdue reviews of exemptions");
  faults.at_most(m[Tally::sanctions_unjustified], m[Tally::sanctions_partial] + m[Tally::sanctions_full],
                 "unjustified suspensions");
  faults.at_most(m[Tally::appeals], m[Tally::sanctions_partial] + m[Tally::sanctions_full], "appeals");
  faults.at_most(m[Tally::exemptions_overruled], m[Tally::exemptions_proposed], "overruled exemptions");
  faults.at_most(m[Tally::exemptions_as_health], m[Tally::exemptions_overruled], "grounds that came back");
  faults.at_most(m[Tally::suspended_days], m[Tally::suspended] * 31, "days of those suspended");
  faults.at_most(m[Tally::refusals_disposition], m[Tally::refusals], "refusals for want of disposition");
}

void check_minutes(const OfficeMonth& m, Faults& faults) {
  std::int64_t asked = 0, worked = 0;
  for (const TaskEntry& entry : all_tasks()) {
    const auto& task = m.workload[static_cast<std::size_t>(&entry - all_tasks().data())];
    const auto of = [&](Workload what) { return task[static_cast<std::size_t>(what)]; };
    faults.at_most(of(Workload::worked_minutes), of(Workload::asked_minutes), "minutes of a task");
    faults.at_most(of(Workload::done_tasks), of(Workload::asked_tasks), "tasks done");
    if (entry.line == 0) continue;  // outside the hours that are shared out
    asked += of(Workload::asked_minutes);
    worked += of(Workload::worked_minutes);
  }
  faults.equal(asked, m[Tally::minutes_asked], "minutes asked, by task and in all");
  faults.equal(worked, m[Tally::minutes_worked], "minutes worked, by task and in all");
  faults.at_most(worked, m[Tally::minutes_available], "minutes worked");
}

// Integration income is paid by the State, its contract subsidy and the CPAS; equivalent income by the State
// and the CPAS: to the cent.
void check_cents(const OfficeMonth& m, Faults& faults) {
  faults.equal(m[Tally::euro_state_income] + m[Tally::euro_state_contracts] +
                   m[Tally::euro_state_equivalent] + m[Tally::euro_cpas_income],
               m[Tally::euro_integration_income] + m[Tally::euro_equivalent], "who pays");
  faults.at_most(m[Tally::euro_state_income] + m[Tally::euro_state_contracts],
                 m[Tally::euro_integration_income], "State's share of integration income");
  faults.at_most(m[Tally::euro_state_equivalent], m[Tally::euro_equivalent], "State's share of equivalent");
  faults.at_most(m[Tally::euro_windfall], m[Tally::euro_state_contracts], "windfall");
}

std::int64_t cents(double euro) { return std::llround(euro * 100); }

// An amount of so many cents a year for each, a twelfth of it booked and rounded to the cent.
void a_twelfth_of(std::int64_t booked, std::int64_t n, std::int64_t cents_a_year, const char* what,
                  Faults& faults) {
  faults.at_most(std::abs(12 * booked - n * cents_a_year), 6, what);
}

// Wages of article 60 and 61 (law of 26 May 2002, art. 36): paid by the State (the amount of a family), by
// the user and by the CPAS, to the cent.
void check_article_60(const OfficeMonth& m, const Rules& rules, Faults& faults) {
  const std::int64_t employed = m[Tally::in_article_60] + m[Tally::in_article_61];
  faults.equal(m[Tally::euro_state_article_60], employed * cents(rules.ris_family), "article 60, State");
  faults.equal(m[Tally::euro_state_article_60] + employed * cents(rules.article60_user_contribution) +
                   m[Tally::euro_cpas_article_60],
               employed * cents(rules.article60_wage), "article 60: State, user and CPAS against wages");
}

// Staff is counted in hundredths of an FTE, so that its cost is a hundredth of FTE x cost, a twelfth of it a
// month. The State's staff subsidy: of everybody paid, and of those whose unemployment benefit ended what
// their own page adds.
void check_staff(const OfficeMonth& m, const LawOfMonth& law, Faults& faults) {
  const std::int64_t hundredths = m[Tally::staff_first_line] + m[Tally::staff_second_line];
  faults.at_most(std::abs(1200 * m[Tally::euro_cpas_staff] - hundredths * cents(law.office.staff_cost)), 600,
                 "cost of staff against FTE x cost, in 1200ths of a cent");
  const auto [least, most] = std::ranges::minmax_element(law.pages, {}, &Rules::staff_subsidy_ended);
  const std::int64_t all = m[Tally::paid] * cents(law.office.staff_subsidy);
  const std::int64_t ended = m[Tally::paid_benefit_ended];
  // Each of these is rounded by itself.
  const std::int64_t rounding = 6 + 6 * ended;
  faults.at_most(12 * m[Tally::euro_state_staff],
                 all + ended * cents((*most)->staff_subsidy_ended) + rounding, "staff subsidy");
  faults.at_most(all + ended * cents((*least)->staff_subsidy_ended) - rounding,
                 12 * m[Tally::euro_state_staff], "staff subsidy due");
}

void check_activation(const OfficeMonth& m, const Rules& rules, Faults& faults) {
  const std::int64_t active = m[Tally::in_social_activation];
  faults.equal(m[Tally::euro_cpas_incentives], active * cents(rules.social_activation_incentive),
               "incentives against people x amount");
  a_twelfth_of(m[Tally::euro_state_social_activation], active, cents(rules.social_activation_funding),
               "subsidy of social activation against people x amount", faults);
}

// People seen in an activity are those counted in it, and those counted in one that takes a place hold one:
// places are taken before anybody leaves, so that the two differ by who left the place and the office.
void check_places(const OfficeState& state, const OfficeMonth& m, Faults& faults) {
  constexpr std::array counted = {
      Tally::in_orientation,  Tally::in_guidance,          Tally::in_social_activation,
      Tally::in_volunteering, Tally::in_community_service, Tally::in_training,
      Tally::in_studies,      Tally::in_article_60,        Tally::in_article_61};
  constexpr std::array activities = {
      Activity::orientation,  Activity::guidance,          Activity::social_activation,
      Activity::volunteering, Activity::community_service, Activity::training,
      Activity::studies,      Activity::article_60,        Activity::article_61};
  for (std::size_t i = 0; i < counted.size(); ++i) {
    faults.equal(
        m[counted[i]],
        std::ranges::count_if(
            state.active, [&](std::uint32_t slot) { return state.people[slot].activity == activities[i]; }),
        "people in an activity, counted and seen");
  }
  const std::int64_t held = m[Tally::in_guidance] + m[Tally::in_social_activation] + m[Tally::in_training] +
                            m[Tally::in_article_60] + m[Tally::in_article_61];
  faults.at_most(held, m[Tally::places_used], "people in a place against places used");
  faults.at_most(m[Tally::places_used], held + left_care(m), "places used against people in a place");
}

void check_signs(const OfficeMonth& m, Faults& faults) {
  for (const TallyEntry& entry : all_tallies()) {
    const auto tally = static_cast<Tally>(&entry - all_tallies().data());
    // An index of either sign, and a balance.
    if (tally == Tally::readiness || tally == Tally::euro_cpas_article_60) continue;
    faults.that(m[tally] >= 0, fmt::format("{} is {}", entry.name, m[tally]));
  }
}

}  // namespace

LawOfMonth::LawOfMonth(const RulesTable& table, Month month, const Office& of)
    : office(table.at(month, of.jurisdiction(), table.page_of(month))) {
  for (int page = 0; page < table.n_pages(); ++page)
    pages.push_back(&table.at(month, of.jurisdiction(), static_cast<std::uint8_t>(page)));
}

std::vector<std::string> Ledger::enter(const OfficeState& state, const OfficeMonth& m,
                                       const LawOfMonth& law) {
  Faults faults;
  check_people(state, m, faults);
  check_parts(m, faults);
  check_minutes(m, faults);
  check_cents(m, faults);
  check_article_60(m, law.office, faults);
  check_staff(m, law, faults);
  check_activation(m, law.office, faults);
  check_places(state, m, faults);
  check_signs(m, faults);

  in_care_ += m[Tally::requests] - left_care(m);
  faults.equal(static_cast<std::int64_t>(state.active.size()), in_care_, "in care against came less left");
  // Nobody is given a place that is not there; places taken away empty as people leave them.
  faults.at_most(m[Tally::places_used], std::max(m[Tally::places], places_used_), "places used");
  places_used_ = m[Tally::places_used];
  // No hearing without a notice.
  notices_ += m[Tally::notices];
  hearings_ += m[Tally::hearings];
  faults.at_most(hearings_, notices_, "hearings so far against notices so far");
  // Potential applicants who do not ask at once wait once: the stock moves by at most the newcomers.
  faults.at_most(m[Tally::non_claimants], non_claimants_ + m[Tally::potential_applicants], "non-claimants");
  non_claimants_ = m[Tally::non_claimants];
  return faults.list();
}

}  // namespace tremplin::test
