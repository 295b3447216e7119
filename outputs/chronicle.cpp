#include "outputs/chronicle.hpp"

#include <algorithm>
#include <array>

#include "outputs/status_names.hpp"

namespace tremplin {

namespace {

std::string activity_status(Activity activity) {
  return "activity/" + std::string(activity_names[static_cast<std::size_t>(activity)]);
}

// Collects what a month tells, subject by subject.
class Teller {
 public:
  Teller(const Person* before, const LifeMonth& month)
      : month_(month),
        now_(month.person),
        was_(before == nullptr ? Person{} : *before),
        appears_(before == nullptr) {}

  std::vector<Told> told() {
    asking();
    disposition();
    contract();
    activity();
    compliance();
    leaving();
    return std::move(told_);
  }

 private:
  [[nodiscard]] bool counted(Tally tally) const { return month_[tally] > 0; }
  void tell(Happening what) { told_.push_back({.what = what}); }
  void tell_if(Tally tally, Happening what) {
    if (counted(tally)) tell(what);
  }
  void tell_status(Happening what, std::string status) {
    told_.push_back({.what = what, .status = std::move(status)});
  }

  void asking() {
    if (appears_ && now_.entitlement == Entitlement::non_claimant) tell(Happening::did_not_ask);
    if (now_.requested_in == month_.month.index && was_.requested_in != now_.requested_in) {
      told_.push_back({.what = was_.requested_in == no_month ? Happening::asked : Happening::asked_again,
                       .day = now_.request_day});
    }
    tell_if(Tally::refusals, Happening::refused);
    if (counted(Tally::grants)) {
      tell(counted(Tally::decisions_late) ? Happening::granted_late : Happening::granted);
    }
  }

  void disposition() {
    const bool exempted = now_.disposition != Disposition::required;
    const bool assessed_anew = counted(Tally::grants) || now_.disposition != was_.disposition;
    if (exempted && assessed_anew) {
      tell_status(Happening::exempted,
                  now_.disposition == Disposition::exempted_health ? "exempted/health" : "exempted/equity");
    }
    tell_if(Tally::exemptions_overruled, Happening::council_overruled);
    if (!exempted && was_.disposition != Disposition::required) tell(Happening::must_be_disposed);
  }

  void contract() {
    const bool fell_due = now_.obliged && !was_.obliged;
    if (fell_due && now_.contracts[0].due_by != no_month) {
      told_.push_back({.what = Happening::contract_due, .month = Month(now_.contracts[0].due_by)});
    }
    const std::string type =
        "contract/" + std::string(contract_type_names[static_cast<std::size_t>(now_.contracts[0].type)]);
    if (counted(Tally::contracts_on_time)) tell_status(Happening::contract_concluded, type);
    if (counted(Tally::contracts_late)) tell_status(Happening::contract_concluded_late, type);
    if (counted(Tally::contracts_optional)) tell_status(Happening::contract_chosen, type);
    tell_if(Tally::contracts_refused, Happening::contract_refused);
    if (counted(Tally::contracts_annexed) || counted(Tally::contracts_renewed)) {
      tell_status(Happening::contract_amended, type);
    }
    tell_if(Tally::evaluations_held, Happening::evaluated);
    tell_if(Tally::evaluations_late, Happening::evaluated_late);
    if (now_.contracts[0].evaluation_missed && !was_.contracts[0].evaluation_missed) {
      tell(Happening::evaluation_missed);
    }
  }

  void activity() {
    if (counted(Tally::activity_completed)) {
      tell_status(Happening::activity_completed, activity_status(was_.activity));
    }
    if (counted(Tally::activity_dropped)) {
      tell_status(Happening::activity_dropped, activity_status(was_.activity));
    }
    if (counted(Tally::activity_starts) && now_.activity != Activity::none) {
      tell_status(Happening::activity_started, activity_status(now_.activity));
    }
    tell_if(Tally::places_refused, Happening::no_place);
  }

  void compliance() {
    tell_if(Tally::breaches, Happening::breached);
    tell_if(Tally::breaches_excused, Happening::breach_excused);
    tell_if(Tally::breaches_tolerated, Happening::breach_tolerated);
    tell_if(Tally::notices, Happening::notice_sent);
    tell_if(Tally::hearings, Happening::heard);
    tell_if(Tally::sanctions_dropped, Happening::no_sanction);
    tell_if(Tally::sanctions_barred, Happening::sanction_barred);
    tell_if(Tally::sanctions_alternative, Happening::alternative);
    tell_if(Tally::sanctions_sursis, Happening::sursis);
    const auto suspension = [this](Tally tally, Happening what) {
      if (!counted(tally)) return;
      told_.push_back({.what = what, .from = now_.suspended_from, .until = now_.suspended_until});
    };
    suspension(Tally::sanctions_partial, Happening::suspended_partly);
    suspension(Tally::sanctions_full, Happening::suspended);
    suspension(Tally::sanctions_non_declaration, Happening::suspended_undeclared);
    suspension(Tally::sanctions_insured_leavers, Happening::suspended_insured);
  }

  void leaving() {
    tell_if(Tally::withdrawals, Happening::withdrawn);
    tell_if(Tally::exits_transfer, Happening::moved);
    if (now_.entitlement == Entitlement::exited && was_.entitlement != Entitlement::exited) {
      tell_status(Happening::left, "exit/" + std::string(exit_names[static_cast<std::size_t>(now_.exit)]));
    }
  }

  const LifeMonth& month_;
  const Person& now_;
  Person was_;
  bool appears_;
  std::vector<Told> told_;
};

// A life that the office has forgotten goes on without anything happening.
bool parts_here(const Life& first, const Life& second, std::size_t i) {
  const auto told = [i](const Life& life) {
    if (i >= life.months.size()) return std::vector<Told>{};
    return happenings(i == 0 ? nullptr : &life.months[i - 1].person, life.months[i]);
  };
  const auto days = [i](const Life& life) { return i < life.months.size() ? life.months[i].days_paid : 0; };
  const auto cents = [i](const Life& life) {
    return i < life.months.size() ? cents_paid(life.months[i]) : 0;
  };
  return days(first) != days(second) || cents(first) != cents(second) || told(first) != told(second);
}

// The first draw that turned out otherwise, or was asked in one life only.
void find_decision(const std::vector<ToldDraw>& first, const std::vector<ToldDraw>& second,
                   Parting& parting) {
  const auto asked = [](const std::vector<ToldDraw>& draws, std::size_t from, Decision decision) {
    return std::ranges::any_of(draws.begin() + static_cast<std::ptrdiff_t>(from), draws.end(),
                               [decision](const ToldDraw& draw) { return draw.decision == decision; });
  };
  for (std::size_t i = 0; i < std::max(first.size(), second.size()); ++i) {
    const bool both = i < first.size() && i < second.size();
    if (both && first[i].decision == second[i].decision) {
      if (first[i].happened == second[i].happened) continue;
      parting.why = WhyParted::probability;
      parting.first = first[i];
      parting.second = second[i];
      return;
    }
    // The one of the two that the other life does not ask later in the month.
    const bool first_alone = i < first.size() && (i >= second.size() || !asked(second, i, first[i].decision));
    parting.why = first_alone ? WhyParted::only_first : WhyParted::only_second;
    (first_alone ? parting.first : parting.second) =
        first_alone ? first[i] : second[std::min(i, second.size() - 1)];
    return;
  }
  parting.why = WhyParted::no_decision;
}

std::vector<RuleDifference> rules_that_differ(const LivedUnder& under, const LifeMonth& month,
                                              const std::optional<Decision>& decision) {
  const Rules& first = rules_of(month, *under.first, under.where);
  const Rules& second = rules_of(month, *under.second, under.where);
  std::vector<RuleDifference> all;
  for (const Lever& lever : all_levers()) {
    if (lever.get(first) != lever.get(second)) all.push_back({&lever, lever.get(first), lever.get(second)});
  }
  if (!decision) return all;
  const std::vector<const Lever*> bearing = levers_of(*decision);
  std::vector<RuleDifference> near;
  std::ranges::copy_if(all, std::back_inserter(near), [&bearing](const RuleDifference& difference) {
    return std::ranges::find(bearing, difference.lever) != bearing.end();
  });
  return near.empty() ? all : near;
}

}  // namespace

std::span<const std::string_view> happening_names() {
  static constexpr std::array<std::string_view, static_cast<std::size_t>(Happening::left) + 1> names = {
#define HAPPENING(name, placeholders) #name,
#include "outputs/happenings.def"
#undef HAPPENING
  };
  return names;
}

std::span<const std::string_view> status_names() {
  static constexpr std::array<std::string_view, 27> names = {"exempted/health",
                                                             "exempted/equity",
                                                             "contract/general",
                                                             "contract/employment",
                                                             "contract/training",
                                                             "contract/studies",
                                                             "contract/social_activation",
                                                             "contract/housing",
                                                             "activity/none",
                                                             "activity/orientation",
                                                             "activity/guidance",
                                                             "activity/social_activation",
                                                             "activity/volunteering",
                                                             "activity/community_service",
                                                             "activity/training",
                                                             "activity/studies",
                                                             "activity/article_60",
                                                             "activity/article_61",
                                                             "activity/part_time",
                                                             "exit/job",
                                                             "exit/insurance",
                                                             "exit/other_benefit",
                                                             "exit/studies_completed",
                                                             "exit/household_change",
                                                             "exit/pension",
                                                             "exit/unknown",
                                                             "exit/death"};
  return names;
}

std::vector<Told> happenings(const Person* before, const LifeMonth& month) {
  return Teller(before, month).told();
}

bool is_worth_telling(const ToldDraw& draw) {
  switch (draw.decision) {
    case Decision::exit:
    case Decision::breach:
    case Decision::end_activity:
    case Decision::part_time:
    case Decision::contract_young_exempt:
    case Decision::non_declaration:
    case Decision::health_change:
    case Decision::no_disposition:
      return draw.happened;
    case Decision::evaluation_habit:
      return !draw.happened;
    case Decision::partial_month:
    case Decision::contract_registered:
    case Decision::refusal_reason:
    case Decision::person_sex:  // what a person is stands at the head of the chronicle
    case Decision::person_health:
    case Decision::person_means:
    case Decision::person_student:
    case Decision::person_homeless:
    case Decision::person_education:
    case Decision::person_insured:
    case Decision::person_nationality:
    case Decision::person_partner:
      return false;
    case Decision::exemption_ground:
    case Decision::choose_activity:
    case Decision::place_lot:
    case Decision::sanction_kind:
    case Decision::article60_exit:
    case Decision::trajectory_outcome:
      return true;
    default:
      return draw.yes_or_no;
  }
}

std::vector<const Lever*> levers_of(Decision decision) {
  struct Bearing {
    Decision decision;
    std::string_view path;
  };
  static constexpr std::array bearings = {
#define BEARS_ON(decision, path) Bearing{Decision::decision, path},
#include "outputs/decision_levers.def"
#undef BEARS_ON
  };
  std::vector<const Lever*> levers;
  for (const Bearing& bearing : bearings) {
    if (bearing.decision == decision) levers.push_back(find_lever(bearing.path));
  }
  return levers;
}

const Rules& rules_of(const LifeMonth& month, const RulesTable& table, Jurisdiction where) {
  const MonthIndex asked = month.person.requested_in;
  const Month request = asked == no_month ? month.month : Month(asked);
  return table.at(month.month, where, table.page_of(request, month.groups));
}

std::optional<Parting> parting_of(const Life& first, const Life& second, const LivedUnder& under) {
  const std::size_t n = std::max(first.months.size(), second.months.size());
  std::size_t i = 0;
  while (i < n && !parts_here(first, second, i)) ++i;
  if (i == n) return std::nullopt;
  const LifeMonth forgotten;
  const LifeMonth& a = i < first.months.size() ? first.months[i] : forgotten;
  const LifeMonth& b = i < second.months.size() ? second.months[i] : forgotten;
  const LifeMonth& known = i < first.months.size() ? a : b;
  Parting parting{.month = known.month};
  find_decision(a.draws, b.draws, parting);
  std::optional<Decision> decision;
  if (parting.first) decision = parting.first->decision;
  if (parting.second) decision = parting.second->decision;
  parting.rules = rules_that_differ(under, known, decision);
  return parting;
}

}  // namespace tremplin
