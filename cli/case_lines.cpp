#include "cli/case_lines.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "cli/arithmetic_text.hpp"
#include "cli/case_wording.hpp"
#include "cli/plain.hpp"
#include "cli/texts.hpp"
#include "outputs/present.hpp"

namespace tremplin::cli {
namespace {

const char* exempt_income_lever(Category category) {
  constexpr std::array levers = {"ris/exempt_income/cohabitant", "ris/exempt_income/single",
                                 "ris/exempt_income/family"};
  return levers[static_cast<std::size_t>(category)];
}

constexpr int everybody = 120;  // years: the rule's way to say any age

// Puts the sentences of one case together.
class Teller : private Wording {
 public:
  using Wording::Wording;

  [[nodiscard]] CaseTelling all() const {
    CaseTelling telling{procedure(), contract(), {}, work_lines(*this), breach_lines(*this), {}};
    for (const CaseMonth& month : outcome_.months) telling.months.push_back({month.month, lines_of(month)});
    for (const Transition& transition : outcome_.transitions)
      telling.transitions.push_back(transition_line(transition));
    return telling;
  }

 private:
  [[nodiscard]] std::vector<CaseLine> procedure() const {
    std::vector<CaseLine> lines;
    if (outcome_.right_from == file_.request) {
      lines.push_back({say(Phrase::case_right_from, date(outcome_.right_from)), {}});
    } else {
      lines.push_back(
          {say(Phrase::case_right_of_age, date(outcome_.right_from), limits_.majority_years.value),
           {limit(limits_.majority_years)}});
    }
    if (file_.request.month.year() < limits_.categories.value)
      lines.push_back(
          {say(Phrase::case_four_categories, limits_.categories.value), {limit(limits_.categories)}});
    const Month asked = file_.request.month;
    lines.push_back(
        {say(Phrase::case_decision_by, date(outcome_.decision_by), law_.rules(asked).decision_deadline_days),
         {source("decision/deadline_days", asked)}});
    if (file_.decision_stated)
      lines.push_back({say(outcome_.decision <= outcome_.decision_by ? Phrase::case_decided_in_time
                                                                     : Phrase::case_decided_late,
                           date(outcome_.decision)),
                       {}});
    lines.push_back({say(Phrase::case_payment_by, date(outcome_.payment_by)), {limit(limits_.payment_days)}});
    lines.push_back({say(Phrase::case_appeal, date(outcome_.appeal_until)), {limit(limits_.appeal_months)}});
    return lines;
  }

  [[nodiscard]] CaseLine duty_line() const {
    const ContractDuty& duty = outcome_.duty;
    const Rules& rules = law_.rules(duty.since);
    switch (duty.reason) {
      case DutyReason::young:
        return {rules.piis_under_age >= everybody ? say(Phrase::case_due_any_age)
                                                  : say(Phrase::case_due_young, rules.piis_under_age),
                {source("piis/scope/under_age", duty.since)}};
      case DutyReason::newcomer:
        return {say(Phrase::case_due_new, rules.piis_novelty_months),
                {source("piis/scope/novelty_months", duty.since)}};
      case DutyReason::left_to_worker:
        return {say(Phrase::case_free_worker), {source("piis/scope/left_to_worker", duty.since)}};
      case DutyReason::out_of_scope:
        return {say(Phrase::case_free_scope),
                {source(file_.equivalent                   ? "piis/scope/equivalent_income"
                        : file_.exempted != Exempted::none ? "piis/scope/exempted_from_work"
                                                           : scope_of_category(),
                        duty.since)}};
      case DutyReason::refused:
        return {say(Phrase::case_free_refused), {limit(limits_.revision)}};
      case DutyReason::neither:
        break;
    }
    return {say(Phrase::case_free_neither),
            {source("piis/scope/under_age", duty.since), source("piis/scope/novelty_months", duty.since)}};
  }

  [[nodiscard]] std::string scope_of_category() const {
    constexpr std::array paths = {"piis/scope/cohabitant", "piis/scope/single", "piis/scope/family"};
    return paths[static_cast<std::size_t>(file_.households.front().category)];
  }

  [[nodiscard]] std::vector<CaseLine> contract() const {
    const ContractDuty& duty = outcome_.duty;
    std::vector<CaseLine> lines = {duty_line()};
    if (duty.due) {
      if (duty.since > outcome_.decision.month)
        lines[0].text = say(Phrase::case_due_since, lines[0].text, format_month(duty.since, language_));
      lines.push_back(
          {say(Phrase::case_due_by, date(duty.due_by), months(law_.rules(duty.since).piis_delay_months),
               date(duty.runs_from)),
           {source("piis/delay/months", duty.since), source("piis/delay/from_grant", duty.since)}});
      signature_lines(lines);
    }
    if (!file_.contract) return lines;
    const Date on = file_.contract->on;
    const Phrase signed_when = !duty.due           ? Phrase::case_signed_free
                               : on <= duty.due_by ? Phrase::case_signed_in_time
                                                   : Phrase::case_signed_late;
    lines.push_back({say(signed_when, date(on)), {}});
    lines.push_back(evaluation_line());
    return lines;
  }

  void signature_lines(std::vector<CaseLine>& lines) const {
    const Month month = outcome_.duty.since;
    const Rules& rules = law_.rules(month);
    lines.push_back(
        {say(rules.piis_signature == 0 ? Phrase::case_signature_worker : Phrase::case_signature_council),
         {source("piis/signature", month)}});
    if (rules.piis_coupled_to_disposition != 0 && file_.exempted == Exempted::none)
      lines.push_back({say(Phrase::case_unsigned_ends), {source("piis/coupled_to_disposition", month)}});
  }

  [[nodiscard]] CaseLine evaluation_line() const {
    std::vector<std::string> dates;
    for (const Evaluation& evaluation : outcome_.evaluations)
      dates.push_back(evaluation.face_to_face ? date(evaluation.on)
                                              : say(Phrase::case_evaluation_distance, date(evaluation.on)));
    const Month month = file_.contract->on.month;
    std::vector<Source> sources = {source("piis/evaluations/per_year", month),
                                   source("piis/evaluations/face_to_face", month)};
    if (dates.empty()) return {say(Phrase::case_no_evaluations), std::move(sources)};
    return {say(Phrase::case_evaluations, fmt::format("{}", fmt::join(dates, ", "))), std::move(sources)};
  }

  // "817,36 − (ressources 150,00 + travail 400,00 − exonération SPI 234,55 − exonération générale 20,83) =
  // …".
  [[nodiscard]] CaseLine amount_line(const MonthLine& line, Month month) const {
    CaseLine told;
    const char* lever = category_lever(line.category);
    told.sources.push_back(source(lever, month));
    told.text =
        labels_.of(Section::levers, lever)[language_] + std::string(colon(language_)) + euro(line.income);
    if (line.means.value + line.wage.value + line.relatives_means.value + line.earnings.value != 0) {
      told.text += " − (" + counted(line, month, told.sources) + ") = " + euro(line.full);
    }
    const int n_days = days_in(month);
    if (line.days != n_days) {
      told.text += " × " + say(Phrase::case_days, line.days, n_days) + " = " +
                   euro(part_of(line.full, line.days, n_days));
    }
    return told;
  }

  [[nodiscard]] std::string counted(const MonthLine& line, Month month, std::vector<Source>& sources) const {
    std::vector<std::string> plus;
    if (line.means.value != 0) plus.push_back(say(Phrase::case_means, euro(line.means)));
    if (line.wage.value != 0) plus.push_back(say(Phrase::case_wage, euro(line.wage)));
    if (line.n_relatives > 0) plus.push_back(relatives(line, month, sources));
    if (line.earnings.value != 0) plus.push_back(say(Phrase::case_earnings, euro(line.earnings)));
    std::string text = fmt::format("{}", fmt::join(plus, " + "));
    if (line.exempted.value != 0) {
      text += " − " + say(line.shortage ? Phrase::case_exempted_shortage : Phrase::case_exempted,
                          euro(line.exempted));
      sources.push_back(source(line.shortage ? "spi/shortage/amount" : "spi/amount", month));
    }
    const Cents general = std::min(line.exempt_income, line.counted());
    if (general.value != 0) {
      text += " − " + say(Phrase::case_general_exemption, euro(general));
      sources.push_back(source(exempt_income_lever(line.category), month));
    }
    return text;
  }

  // "relatives (900.00 − 1 × 789.29 = 110.71)".
  [[nodiscard]] std::string relatives(const MonthLine& line, Month month,
                                      std::vector<Source>& sources) const {
    sources.push_back(source("decision/relatives_means", month));
    sources.push_back(limit(limits_.relatives));
    const char* lever = category_lever(Category::cohabitant);
    const Cents left = cents_of(law_.cite(lever, month).value);
    return say(Phrase::case_relatives, euro(line.relatives_means), line.n_relatives, euro(left),
               euro(line.relatives));
  }

  [[nodiscard]] CaseLine suspension_line(const MonthLine& line, Month month) const {
    const Cents whole = part_of(line.full, line.suspended, days_in(month));
    CaseLine told;
    if (line.suspended > 0) told.text = say(Phrase::case_suspended, line.suspended, euro(whole));
    if (line.withheld > 0) {
      told.text += (told.text.empty() ? "" : "; ") +
                   say(Phrase::case_suspended_in_part, line.withheld, euro(line.lost - whole));
      told.sources.push_back(source("sanction/partial_withheld", month));
    }
    told.text += " → " + euro(line.paid);
    return told;
  }

  [[nodiscard]] std::vector<CaseLine> lines_of(const CaseMonth& month) const {
    std::vector<CaseLine> lines;
    if (month.lines.empty()) return {{say(Phrase::case_no_right), {}}};
    for (const MonthLine& line : month.lines) {
      lines.push_back(amount_line(line, month.month));
      if (line.suspended + line.withheld > 0) lines.push_back(suspension_line(line, month.month));
    }
    if (month.lines.size() > 1) lines.push_back({say(Phrase::case_total, euro(month.paid)), {}});
    if (month.state_rate > 0 && (month.paid.value != 0 || month.article_60.days == 0))
      lines.push_back(payer_line(month));
    if (month.article_60.days > 0) lines.push_back(article_60_line(month));
    return lines;
  }

  [[nodiscard]] CaseLine article_60_line(const CaseMonth& month) const {
    const Article60Month& work = month.article_60;
    std::vector<Source> sources = {source("article60/wage", month.month),
                                   source("article60/user_contribution", month.month),
                                   limit(limits_.article60_subsidy)};
    if (!file_.article_60->increased) sources.push_back(source("ris/amount/family", month.month));
    const std::string days = work.days == days_in(month.month)
                                 ? ""
                                 : " (" + say(Phrase::case_days, work.days, days_in(month.month)) + ")";
    return {
        say(file_.article_60->increased ? Phrase::case_work_increased : Phrase::case_work_month,
            euro(work.wage) + days, euro(work.cost), euro(work.state), euro(work.user), euro(work.cpas())),
        std::move(sources)};
  }

  [[nodiscard]] std::string rate_lever(Month month) const {
    if (file_.equivalent) return "reimbursement/rate/equivalent";
    const Rules& rules = law_.rules_of_new_files(month);
    return *file_.people_paid >= rules.reimbursement_large_from    ? "reimbursement/rate/large"
           : *file_.people_paid >= rules.reimbursement_medium_from ? "reimbursement/rate/medium"
                                                                   : "reimbursement/rate/small";
  }

  [[nodiscard]] std::vector<Source> subsidy_sources(Month month) const {
    if (file_.contract && file_.contract->type == ContractType::studies)
      return {source("subsidy/piis/students", month)};
    const bool work = file_.contract && (file_.contract->type == ContractType::training ||
                                         file_.contract->type == ContractType::employment);
    if (work && law_.rules(month).subsidy_training_floor > 0)
      return {source("subsidy/piis/training_floor", month), source("subsidy/piis/training_months", month)};
    return {source("subsidy/piis/general", month), source("subsidy/piis/months", month),
            source("subsidy/piis/from_grant", month)};
  }

  [[nodiscard]] CaseLine payer_line(const CaseMonth& month) const {
    std::vector<Source> sources = {source(rate_lever(month.month), month.month)};
    const int kind = law_.rules(month.month).reimbursement_ended_kind;
    if (file_.benefit_ended && !file_.equivalent && kind != 0)
      sources.push_back(
          source(kind == 1 ? "reimbursement/benefit_ended/share" : "reimbursement/benefit_ended/added",
                 month.month));
    const std::string rate = rate_text(month.state_rate, language_);
    if (month.subsidy_rate == 0)
      return {say(Phrase::case_payers, rate, euro(month.state), euro(month.cpas)), std::move(sources)};
    for (Source& other : subsidy_sources(month.month)) sources.push_back(std::move(other));
    return {say(Phrase::case_payers_subsidy, rate, euro(month.state),
                rate_text(month.subsidy_rate, language_), euro(month.subsidy), euro(month.cpas)),
            std::move(sources)};
  }

  [[nodiscard]] CaseLine transition_line(const Transition& transition) const {
    const auto value = [&](double number) {
      return value_text(number, transition.lever->unit, labels_, language_);
    };
    return {
        say(Phrase::case_transition, labels_.of(Section::levers, transition.lever->path)[language_],
            value(transition.own), format_month(transition.since, language_), value(transition.of_new_files)),
        {source(transition.lever->path, transition.since)}};
  }
};

}  // namespace

CaseTelling tell(const CaseFile& file, const CaseLaw& law, const CaseOutcome& outcome, const Limits& limits,
                 const Labels& labels, Language language) {
  return Teller(file, law, outcome, limits, labels, language).all();
}

std::string date_text(Date date, Language language) {
  const bool first = date.day == 1 && language == Language::fr;
  return fmt::format("{}{} {}", date.day, first ? "er" : "", format_month(date.month, language));
}

std::string rate_text(std::int64_t millionths, Language language) {
  const bool whole = millionths % 10'000 == 0;
  return format_number(static_cast<double>(millionths) / 1e4, whole ? 0 : 2, language) +
         percent_sign(language);
}

const char* category_lever(Category category) {
  constexpr std::array levers = {"ris/amount/cohabitant", "ris/amount/single", "ris/amount/family"};
  return levers[static_cast<std::size_t>(category)];
}

}  // namespace tremplin::cli
