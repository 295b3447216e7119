// The JSON of case FILE.
#include "cli/case_page.hpp"
#include "cli/plain.hpp"
#include "scenarios/scenario.hpp"

namespace tremplin::cli {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::array categories = {"cohabitant", "single", "family"};
constexpr std::array reasons = {"young", "newcomer", "left_to_worker", "out_of_scope", "neither", "refused"};
constexpr std::array verdicts = {"no_contract", "excused",          "tolerated", "no_sanctions",
                                 "no_ground",   "can_be_suspended", "too_late",  "no_right"};
constexpr std::array refusals = {"exempted", "not_by_contract", "not_by_refusal", "refused", "withdrawn"};

template <class Names, class Value>
const char* name_in(const Names& names, Value value) {
  return names[static_cast<std::size_t>(value)];
}

double share(std::int64_t millionths) { return static_cast<double>(millionths) / 1e6; }

Json span_json(DaySpan span) {
  return {{"from", to_string(date_of(span.from))}, {"to", to_string(date_of(span.until - 1))}};
}

Json line_json(const MonthLine& line) {
  return {{"category", name_in(categories, line.category)},
          {"income", line.income.value},
          {"means", line.means.value},
          {"wage", line.wage.value},
          {"relatives", line.relatives.value},
          {"earnings", line.earnings.value},
          {"exempted_earnings", line.exempted.value},
          {"exempt_income", line.exempt_income.value},
          {"full", line.full.value},
          {"days", line.days},
          {"suspended_days", line.suspended},
          {"withheld_days", line.withheld},
          {"paid", line.paid.value}};
}

Json month_json(const CaseMonth& month) {
  Json json = {{"month", to_string(month.month)},
               {"n_days", days_in(month.month)},
               {"paid", month.paid.value},
               {"lost", month.lost.value}};
  if (month.state_rate > 0) {
    json["state_rate"] = share(month.state_rate);
    json["state"] = month.state.value;
    json["subsidy_rate"] = share(month.subsidy_rate);
    json["subsidy"] = month.subsidy.value;
    json["cpas"] = month.cpas.value;
  }
  if (const Article60Month& work = month.article_60; work.days > 0)
    json["article_60"] = {{"days", work.days},       {"wage", work.wage.value},
                          {"cost", work.cost.value}, {"state", work.state.value},
                          {"user", work.user.value}, {"cpas", work.cpas().value}};
  json["lines"] = Json::array();
  for (const MonthLine& line : month.lines) json["lines"].push_back(line_json(line));
  return json;
}

Json contract_json(const CaseFile& file, const CaseOutcome& outcome) {
  Json json = {{"due", outcome.duty.due}, {"reason", name_in(reasons, outcome.duty.reason)}};
  if (outcome.duty.due) {
    json["since"] = to_string(outcome.duty.since);
    json["runs_from"] = to_string(outcome.duty.runs_from);
    json["due_by"] = to_string(outcome.duty.due_by);
  }
  if (file.contract) json["signed"] = to_string(file.contract->on);
  json["evaluations"] = Json::array();
  for (const Evaluation& evaluation : outcome.evaluations)
    json["evaluations"].push_back(
        {{"on", to_string(evaluation.on)}, {"face_to_face", evaluation.face_to_face}});
  return json;
}

Json breach_json(const BreachOutcome& breach) {
  Json json = {{"on", to_string(breach.on)},
               {"kind", breach.undeclared ? "undeclared" : "contract"},
               {"verdict", name_in(verdicts, breach.verdict)}};
  if (breach.undeclared) json["fraud"] = breach.fraud;
  if (breach.verdict != Verdict::can_be_suspended) return json;
  json["decided"] = to_string(breach.decided);
  json["repeated"] = breach.repeated;
  json["longest_months"] = breach.longest;
  if (breach.first_days > 0) json["first_days"] = breach.first_days;
  json["at_most"] = span_json(breach.at_most);
  json["costs_at_most"] = breach.costs_at_most.value;
  json["appeal_until"] = to_string(breach.appeal_until);
  if (breach.months > 0)
    json["decision"] = {{"months", breach.months},
                        {"partial", breach.partial},
                        {"execution_suspended", breach.execution_suspended},
                        {"shortened", breach.shortened},
                        {"days", span_json(breach.days)}};
  return json;
}

Json work_refusal_json(const WorkRefusalOutcome& refusal) {
  Json json = {{"verdict", name_in(refusals, refusal.verdict)}};
  if (!refusal.ends_right()) return json;
  json["from"] = to_string(refusal.from);
  json["decided"] = to_string(refusal.decided);
  json["costs"] = refusal.costs.value;
  json["appeal_until"] = to_string(refusal.appeal_until);
  if (!refusal.asked_again) return json;
  json["new_request"] = to_string(*refusal.asked_again);
  json["decision_by"] = to_string(refusal.decision_by);
  return json;
}

Json article_60_json(const Article60Outcome& work) {
  return {{"from", to_string(work.from)},
          {"to", to_string(work.last)},
          {"months", work.months},
          {"rights_from", to_string(work.rights_from)},
          {"opens", work.opens}};
}

void add_sources(const std::vector<CaseLine>& lines, Json& json) {
  for (const CaseLine& line : lines) {
    for (const Source& source : line.sources) {
      if (source.limit != nullptr) continue;
      const Citation& citation = source.citation;
      const std::string since = to_string(citation.law->from);
      Json& entry = json[std::string(citation.lever->path)][to_string(source.month)];
      entry = {{"value", citation.value},
               {"since", since},
               {"class", name_of(citation.law->value_class)},
               {"reference", citation.law->reference}};
      for (const Change* change : citation.changes)
        entry["changes"].push_back({{"file", change->source}, {"reference", change->reference}});
    }
  }
}

Json sources_json(const CaseTelling& telling) {
  Json json = Json::object();
  for (const auto* lines :
       {&telling.procedure, &telling.contract, &telling.work, &telling.breaches, &telling.transitions})
    add_sources(*lines, json);
  for (const MonthText& month : telling.months) add_sources(month.lines, json);
  return json;
}

Json reading_json(const CaseFile& file, const CaseReading& reading, const CaseContext& context,
                  Language language) {
  const CaseOutcome& outcome = reading.outcome;
  Json json = {{"law", reading.law.name()},
               {"right_from", to_string(outcome.right_from)},
               {"decision_by", to_string(outcome.decision_by)},
               {"decision", to_string(outcome.decision)},
               {"payment_by", to_string(outcome.payment_by)},
               {"appeal_until", to_string(outcome.appeal_until)},
               {"contract", contract_json(file, outcome)}};
  json["months"] = Json::array();
  for (const CaseMonth& month : outcome.months) json["months"].push_back(month_json(month));
  if (outcome.work_refusal) json["work_refusal"] = work_refusal_json(*outcome.work_refusal);
  if (outcome.article_60) json["article_60"] = article_60_json(*outcome.article_60);
  json["breaches"] = Json::array();
  for (const BreachOutcome& breach : outcome.breaches) json["breaches"].push_back(breach_json(breach));
  json["transitions"] = Json::array();
  for (const Transition& transition : outcome.transitions)
    json["transitions"].push_back({{"path", transition.lever->path},
                                   {"since", to_string(transition.since)},
                                   {"own", transition.own},
                                   {"of_new_files", transition.of_new_files}});
  json["sources"] = sources_json(tell(file, reading.law, outcome, context.limits, context.labels, language));
  return json;
}

}  // namespace

Json case_json(const CaseFile& file, std::span<const CaseReading> readings, const CaseContext& context,
               Language language) {
  Json json = {{"name", file.name},
               {"region", region_names[static_cast<std::size_t>(file.region)]},
               {"request", to_string(file.request)},
               {"unit", "cent"}};
  json["laws"] = Json::array();
  for (const CaseReading& reading : readings)
    json["laws"].push_back(reading_json(file, reading, context, language));
  return json;
}

}  // namespace tremplin::cli
