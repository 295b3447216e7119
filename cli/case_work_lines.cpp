// What a job of article 60 opens, and what want of disposition to work costs.
#include "cli/case_wording.hpp"

namespace tremplin::cli {
namespace {

void tell_article_60(const Wording& words, std::vector<CaseLine>& lines) {
  const Article60Outcome& work = *words.outcome().article_60;
  std::vector<Source> length;
  if (words.law().rules(work.from.month).article60_months != 0)
    length.push_back(words.source("article60/months", work.from.month));
  lines.push_back({words.say(Phrase::case_work_instead, words.date(work.from), words.date(work.last)),
                   std::move(length)});
  const char* lever = work.years < middle_years_of_admission ? "unemployment/admission_months/under_36"
                      : work.years < late_years_of_admission ? "unemployment/admission_months/from_36"
                                                             : "unemployment/admission_months/from_50";
  lines.push_back({words.say(Phrase::case_work_by_age, words.months(work.months), work.years),
                   {words.source(lever, work.from.month)}});
  lines.push_back({work.opens ? words.say(Phrase::case_work_opens, words.date(work.rights_from))
                              : words.say(Phrase::case_work_too_short, words.date(work.rights_from)),
                   {}});
  lines.push_back({words.say(Phrase::case_work_not_summed), {}});
}

void tell_work_refusal(const Wording& words, std::vector<CaseLine>& lines) {
  const WorkRefusalOutcome& refusal = *words.outcome().work_refusal;
  const std::string from = words.date(refusal.from);
  switch (refusal.verdict) {
    case RefusalVerdict::exempted:
      lines.push_back({words.say(Phrase::case_refusal_exempted, from), {}});
      return;
    case RefusalVerdict::not_by_contract:
      lines.push_back({words.say(Phrase::case_refusal_not_by_contract, from),
                       {words.source("piis/coupled_to_grant", refusal.decided.month)}});
      return;
    case RefusalVerdict::not_by_refusal:
      lines.push_back({words.say(Phrase::case_refusal_not_by_refusal, from),
                       {words.source("piis/coupled_to_disposition", refusal.decided.month)}});
      return;
    case RefusalVerdict::refused:
    case RefusalVerdict::withdrawn:
      break;
  }
  const bool refused = refusal.verdict == RefusalVerdict::refused;
  lines.push_back({words.say(refused ? Phrase::case_refusal_refused : Phrase::case_refusal_withdrawn, from,
                             words.date(refusal.decided), words.euro(refusal.costs)),
                   {words.limit(words.limits().revision)}});
  lines.push_back({words.say(Phrase::case_heard), {words.limit(words.limits().hearing)}});
  if (refusal.asked_again) {
    lines.push_back({words.say(Phrase::case_refusal_again, words.date(*refusal.asked_again),
                               words.date(refusal.decision_by)),
                     {words.source("decision/deadline_days", refusal.asked_again->month)}});
  } else {
    lines.push_back({words.say(Phrase::case_refusal_any_time), {}});
  }
  lines.push_back({words.say(Phrase::case_appeal, words.date(refusal.appeal_until)),
                   {words.limit(words.limits().appeal_months)}});
}

}  // namespace

std::vector<CaseLine> work_lines(const Wording& words) {
  std::vector<CaseLine> lines;
  if (words.outcome().article_60) tell_article_60(words, lines);
  if (words.outcome().work_refusal) tell_work_refusal(words, lines);
  return lines;
}

}  // namespace tremplin::cli
