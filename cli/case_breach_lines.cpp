// What each breach of the contract, and means that were not declared, can cost: law of 26 May 2002, art. 30.
#include "cli/case_wording.hpp"

namespace tremplin::cli {
namespace {

const char* ground_lever(ContractType type) {
  constexpr std::array<const char*, n_contract_types> levers = {
      "sanction/grounds/general", "sanction/grounds/employment",        "sanction/grounds/training",
      "sanction/grounds/studies", "sanction/grounds/social_activation", "sanction/grounds/housing"};
  return levers[static_cast<std::size_t>(type)];
}

class BreachTeller : private Wording {
 public:
  explicit BreachTeller(const Wording& words) : Wording(words) {}

  void tell(const BreachOutcome& breach, std::vector<CaseLine>& lines) const {
    if (breach.verdict != Verdict::can_be_suspended) {
      lines.push_back(without_sanction(breach));
      return;
    }
    lines.push_back(breach.undeclared ? longest_of_omission(breach) : longest_of_breach(breach));
    const Month month = breach.decided.month;
    lines.push_back(
        {say(Phrase::case_breach_costs, date(breach.decided), day(breach.at_most.from),
             day(breach.at_most.until - 1), euro(breach.costs_at_most)),
         {source(breach.undeclared ? "sanction/undeclared/start_delay_months" : "sanction/start_delay_months",
                 month)}});
    lines.push_back({say(Phrase::case_heard), {limit(limits_.hearing)}});
    tell_guard(breach, lines);
    tell_shorter(breach, lines);
    if (const double replaced = law_.rules(month).sanction_alternative_share;
        replaced > 0 && !breach.undeclared)
      lines.push_back({say(Phrase::case_breach_alternative, rate_text(millionths_of(replaced), language_)),
                       {source("sanction/alternative_share", month)}});
    tell_decision(breach, lines);
    lines.push_back({say(Phrase::case_appeal, date(breach.appeal_until)), {limit(limits_.appeal_months)}});
  }

 private:
  void tell_guard(const BreachOutcome& breach, std::vector<CaseLine>& lines) const {
    if (breach.guard == Guard::none) return;
    const Phrase phrase = breach.guard == Guard::third_party  ? Phrase::case_breach_guard
                          : breach.guard == Guard::inspection ? Phrase::case_breach_inspection
                                                              : Phrase::case_breach_mediation;
    lines.push_back({say(phrase), {source("sanction/procedural_guard", breach.decided.month)}});
  }

  // What a scenario makes of suspensions, within what the law allows.
  void tell_shorter(const BreachOutcome& breach, std::vector<CaseLine>& lines) const {
    if (breach.undeclared) return;
    const Month month = breach.decided.month;
    if (breach.first_days > 0)
      lines.push_back({say(Phrase::case_breach_days, breach.first_days), {source("sanction/days", month)}});
    if (const double partial = law_.rules(month).sanction_made_partial; partial > 0)
      lines.push_back({say(Phrase::case_breach_made_partial, rate_text(millionths_of(partial), language_)),
                       {source("sanction/made_partial", month)}});
  }

  [[nodiscard]] CaseLine without_sanction(const BreachOutcome& breach) const {
    const std::string on = date(breach.on);
    const Month month = breach.decided.month;
    switch (breach.verdict) {
      case Verdict::no_contract:
        return {say(Phrase::case_breach_none, on), {}};
      case Verdict::excused:
        return {say(Phrase::case_breach_excused, on), {}};
      case Verdict::tolerated:
        return {say(Phrase::case_breach_tolerated, on, law_.rules(month).sanction_tolerated_absences),
                {source("sanction/tolerated_absences", month)}};
      case Verdict::no_sanctions:
        return {say(breach.undeclared ? Phrase::case_omission_no_sanctions : Phrase::case_breach_no_sanctions,
                    on),
                {source(breach.undeclared ? omission_lever(breach) : "sanction/allowed", month)}};
      case Verdict::no_ground:
        return {say(Phrase::case_breach_no_ground, on), {source(ground_lever(file_.contract->type), month)}};
      case Verdict::too_late:
        return {say(Phrase::case_omission_too_late, on, date(breach.decided),
                    months(limits_.undeclared_months.value)),
                {limit(limits_.undeclared_months)}};
      case Verdict::no_right:
      case Verdict::can_be_suspended:
        break;
    }
    return {say(Phrase::case_omission_no_right, on), {}};
  }

  static const char* omission_lever(const BreachOutcome& omission) {
    if (omission.repeated)
      return omission.fraud ? "sanction/undeclared/max_months_fraud_repeated"
                            : "sanction/undeclared/max_months_repeated";
    return omission.fraud ? "sanction/undeclared/max_months_fraud" : "sanction/undeclared/max_months";
  }

  [[nodiscard]] CaseLine longest_of_omission(const BreachOutcome& omission) const {
    const Month month = omission.decided.month;
    std::vector<Source> sources = {source(omission_lever(omission), month)};
    if (omission.repeated) sources.push_back(source("sanction/undeclared/repetition_window_months", month));
    std::string text = say(omission.fraud ? Phrase::case_omission_fraud : Phrase::case_omission,
                           date(omission.on), months(omission.longest));
    if (omission.repeated) text = say(Phrase::case_omission_repeated, text);
    return {std::move(text), std::move(sources)};
  }

  [[nodiscard]] CaseLine longest_of_breach(const BreachOutcome& breach) const {
    const Month month = breach.decided.month;
    std::vector<Source> sources = {
        source(breach.repeated ? "sanction/max_months_repeated" : "sanction/max_months", month)};
    if (breach.repeated) sources.push_back(source("sanction/repetition_window_months", month));
    return {say(breach.repeated ? Phrase::case_breach_repeated : Phrase::case_breach_first, date(breach.on),
                months(breach.longest)),
            std::move(sources)};
  }

  void tell_decision(const BreachOutcome& breach, std::vector<CaseLine>& lines) const {
    if (breach.months == 0) return;
    const Month month = breach.decided.month;
    if (breach.execution_suspended) {
      lines.push_back({say(Phrase::case_decided_sursis, months(breach.months)),
                       {source("sanction/sursis_allowed", month)}});
    } else {
      lines.push_back({say(breach.partial ? Phrase::case_decided_partial : Phrase::case_decided_full,
                           months(breach.months), day(breach.days.from), day(breach.days.until - 1)),
                       {}});
    }
    if (breach.shortened) lines.push_back({say(Phrase::case_decided_shortened), {}});
  }
};

}  // namespace

std::vector<CaseLine> breach_lines(const Wording& words) {
  std::vector<CaseLine> lines;
  const BreachTeller teller(words);
  for (const BreachOutcome& breach : words.outcome().breaches) teller.tell(breach, lines);
  return lines;
}

}  // namespace tremplin::cli
