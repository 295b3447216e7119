// What a job of article 60 opens, and what want of disposition to work costs.
#include "cli/case_wording.hpp"

namespace tremplin::cli {
namespace {

const Limit& months_by_age(const Limits& limits, int months) {
  if (months == limits.article60_months_young.value) return limits.article60_months_young;
  if (months == limits.article60_months_middle.value) return limits.article60_months_middle;
  return limits.article60_months_old;
}

void tell_article_60(const Wording& words, std::vector<CaseLine>& lines) {
  const Article60Outcome& work = *words.outcome().article_60;
  lines.push_back({words.say(Phrase::case_work_instead, words.date(work.from), words.date(work.last)), {}});
  std::vector<Source> sources = {words.source("article60/months", work.from.month)};
  if (work.by_age)
    sources = {words.limit(months_by_age(words.limits(), work.months)),
               words.limit(words.limits().article60_middle_years)};
  const std::string length = words.months(work.months);
  lines.push_back({work.by_age ? words.say(Phrase::case_work_by_age, length, work.years)
                               : words.say(Phrase::case_work_by_rule, length),
                   std::move(sources)});
  lines.push_back({work.opens ? words.say(Phrase::case_work_opens, words.date(work.rights_from))
                              : words.say(Phrase::case_work_too_short, words.date(work.rights_from)),
                   {}});
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
