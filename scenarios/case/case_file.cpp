#include "scenarios/case/case_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "scenarios/scenario.hpp"

namespace tremplin {

namespace {

constexpr std::array<std::string_view, 3> categories = {"cohabitant", "single", "family"};
constexpr std::array<std::string_view, 3> exemptions = {"none", "health", "equity"};
constexpr std::array<std::string_view, 2> kinds = {"means", "work"};
constexpr std::array<std::string_view, 2> relations = {"first_degree", "other_debtor"};
constexpr std::array<std::string_view, 2> extents = {"full", "partial"};
constexpr std::array<std::string_view, n_contract_types> contract_types = {
    "general", "employment", "training", "studies", "social_activation", "housing"};
constexpr yaml::Range money{0, 10'000, "euro_per_month"};
constexpr yaml::Range people{0, 20};
constexpr int default_months = 12;

Category category_of(int minor_children, int others) {
  if (minor_children > 0) return Category::family;
  return others > 0 ? Category::cohabitant : Category::single;
}

// A date that must not lie before another one.
Date date_from(yaml::MapReader& map, std::string_view key, Date earliest) {
  const Date date = map.date(key);
  if (date < earliest)
    map.place_of(key).report(FaultKind::out_of_range, *map.optional(key), to_string(date),
                             ">= " + to_string(earliest));
  return date;
}

// Reads a list of maps; absent is empty.
template <class Read>
auto optional_list(yaml::MapReader& map, std::string_view key, Read read) {
  std::vector<decltype(read(std::declval<yaml::MapReader&>()))> result;
  const yaml::Node* node = map.optional(key);
  if (node == nullptr) return result;
  const yaml::Place place = map.place_of(key);
  for (const yaml::Node& item : yaml::items(*node, place)) {
    yaml::MapReader one(item, place.at(result.size()));
    result.push_back(read(one));
    one.finish();
  }
  return result;
}

// Either a category, or the people who live there.
Household read_household(yaml::MapReader& map, Date from) {
  Household household;
  household.from = map.has("from") ? date_from(map, "from", from) : from;
  if (map.has("category")) {
    household.category = static_cast<Category>(map.one_of("category", categories));
    household.has_minor_child = household.category == Category::family;
    return household;
  }
  const int children = map.whole_number("minor_children", people, 0);
  const int others =
      map.whole_number("other_adults", people, 0) + static_cast<int>(map.truth("partner", false));
  household.category = category_of(children, others);
  household.has_minor_child = children > 0;
  household.lone_parent = children > 0 && !map.truth("partner", false);
  return household;
}

std::vector<Household> read_households(yaml::MapReader& root, Date request) {
  const bool by_category = root.has("category");
  const bool by_people = root.has("household");
  if (by_people && by_category)
    root.place().report(FaultKind::inconsistent, *root.optional("household"), "category, household",
                        std::string(expects::one_place));
  if (!by_people) {
    const auto category = static_cast<Category>(root.one_of("category", categories));
    return {{request, category, category == Category::family}};
  }
  std::vector<Household> households =
      optional_list(root, "household", [&](yaml::MapReader& map) { return read_household(map, request); });
  if (households.empty()) {
    root.place_of("household").report(FaultKind::out_of_range, *root.optional("household"), "[]", ">= 1");
    return {{request, Category::single, false}};
  }
  std::ranges::stable_sort(households, {}, &Household::from);
  households.front().from = request;
  return households;
}

Income read_income(yaml::MapReader& map, Date request) {
  Income income;
  income.work = map.one_of("kind", kinds) == 1;
  income.from = map.has("from") ? map.date("from") : request;
  income.until = map.has("until") ? date_from(map, "until", income.from) : Date{last_case_month, 31};
  income.monthly = cents_of(map.number("monthly", money));
  income.exempted = map.truth("exemption", income.work);
  income.shortage = map.truth("shortage", false);
  if (!income.work && (income.shortage || (map.has("exemption") && income.exempted)))
    map.place().report(FaultKind::inconsistent, *map.optional("kind"), "means", "kind: work");
  return income;
}

std::optional<SignedContract> read_contract(yaml::MapReader& root, Date request) {
  const yaml::Node* node = root.optional("contract");
  if (node == nullptr) return std::nullopt;
  yaml::MapReader map(*node, root.place_of("contract"));
  SignedContract contract;
  contract.on = date_from(map, "signed", request);
  contract.type = static_cast<ContractType>(map.one_of("type", contract_types, 0));
  map.finish();
  return contract;
}

Relative read_relative(yaml::MapReader& map, Date request) {
  Relative relative;
  relative.first_degree = map.one_of("relation", relations) == 0;
  relative.from = map.has("from") ? map.date("from") : request;
  relative.until = map.has("until") ? date_from(map, "until", relative.from) : Date{last_case_month, 31};
  relative.monthly = cents_of(map.number("monthly", money));
  relative.counted = map.truth("counted", false);
  if (relative.counted && !relative.first_degree)
    map.place_of("counted").report(FaultKind::inconsistent, *map.optional("counted"), "counted: true",
                                   "relation: first_degree");
  return relative;
}

std::optional<Article60> read_article_60(yaml::MapReader& root, Date request) {
  const yaml::Node* node = root.optional("article_60");
  if (node == nullptr) return std::nullopt;
  yaml::MapReader map(*node, root.place_of("article_60"));
  Article60 job;
  job.from = date_from(map, "from", request);
  if (map.has("until")) job.until = date_from(map, "until", job.from);
  job.wage = cents_of(map.number("wage", money));
  if (map.has("gross")) job.gross = cents_of(map.number("gross", money));
  job.increased = map.truth("increased_subsidy", false);
  if (job.increased && !job.gross) map.required("gross");  // what it is at most
  map.finish();
  return job;
}

std::optional<WorkRefusal> read_work_refusal(yaml::MapReader& root, Date request) {
  const yaml::Node* node = root.optional("work_refusal");
  if (node == nullptr) return std::nullopt;
  yaml::MapReader map(*node, root.place_of("work_refusal"));
  WorkRefusal refusal;
  refusal.on = date_from(map, "on", request);
  refusal.decided = map.has("decided") ? date_from(map, "decided", refusal.on) : refusal.on;
  refusal.shown_by_contract = map.truth("shown_by_contract", false);
  refusal.refused_to_sign = map.truth("refused_to_sign", false);
  if (map.has("new_request")) refusal.asked_again = date_from(map, "new_request", refusal.decided);
  map.finish();
  return refusal;
}

Breach read_sanctioned(yaml::MapReader& map, Date earliest) {
  Breach breach;
  breach.on = date_from(map, "on", earliest);
  breach.line = map.optional("on") != nullptr ? map.optional("on")->line : 0;
  breach.decided = map.has("decided") ? date_from(map, "decided", breach.on) : breach.on;
  breach.suspended_months = map.whole_number("suspended_months", {0, 48, "months"}, 0);
  breach.partial = map.one_of("extent", extents, 0) == 1;
  breach.execution_suspended = map.truth("sursis", false);
  return breach;
}

Breach read_breach(yaml::MapReader& map, Date request) {
  const bool excused = map.truth("excused", false);
  Breach breach = read_sanctioned(map, request);
  breach.excused = excused;
  return breach;
}

Breach read_undeclared(yaml::MapReader& map, Date request) {
  const bool fraud = map.truth("fraud", false);
  Breach omission = read_sanctioned(map, request);
  omission.undeclared = true;
  omission.fraud = fraud;
  return omission;
}

void read_breaches(yaml::MapReader& map, CaseFile& file) {
  file.breaches =
      optional_list(map, "breaches", [&](yaml::MapReader& one) { return read_breach(one, file.request); });
  for (const Breach& omission : optional_list(
           map, "undeclared", [&](yaml::MapReader& one) { return read_undeclared(one, file.request); }))
    file.breaches.push_back(omission);
  std::ranges::stable_sort(file.breaches, {}, &Breach::on);
}

// From the request, and no more months than one case may tell.
Month read_until(yaml::MapReader& map, Month request) {
  const Month last = std::min(request + (most_case_months - 1), last_case_month);
  if (!map.has("until")) return std::min(request + (default_months - 1), last);
  const Month until = map.date("until").month;
  if (until < request || until > last)
    map.place_of("until").report(FaultKind::out_of_range, *map.optional("until"), to_string(until),
                                 fmt::format("{} .. {}", to_string(request), to_string(last)));
  return std::clamp(until, request, last);
}

Date read_request(yaml::MapReader& map) {
  const Date request = map.date("request");
  if (map.has("request") && (request.month < first_case_month || request.month > last_case_month))
    map.place_of("request").report(
        FaultKind::out_of_range, *map.optional("request"), to_string(request),
        fmt::format("{} .. {}", to_string(first_case_month), to_string(last_case_month)));
  return request;
}

void read_past_and_end(yaml::MapReader& map, CaseFile& file) {
  file.last_paid = map.optional_date("last_paid");
  if (file.last_paid && *file.last_paid >= file.request)
    map.place_of("last_paid")
        .report(FaultKind::out_of_range, *map.optional("last_paid"), to_string(*file.last_paid),
                "< " + to_string(file.request));
  if (map.has("ends")) file.ends = date_from(map, "ends", file.request);
}

}  // namespace

Date date_of(Day day) {
  // The year is at most one too early.
  Month month(1900 + day / 366, 1);
  while (first_day_of(month + 1) <= day) ++month;
  return {month, day - first_day_of(month) + 1};
}

Date months_after(Date date, int months) {
  const Month month = date.month + months;
  return {month, std::min(date.day, days_in(month))};
}

CaseFile read_case(const yaml::Node& node, const yaml::Place& place) {
  CaseFile file;
  yaml::MapReader map(node, place);
  file.name = map.text("name", {});
  file.source = place.source;
  file.region = static_cast<Region>(map.one_of("region", region_names));
  if (map.has("population")) file.population = map.number("population", {1, 10'000'000, "persons"});
  if (map.has("cpas"))
    file.cpas = static_cast<CpasId>(map.whole_number("cpas", {0, static_cast<double>(no_cpas) - 1}));
  file.request = read_request(map);
  file.born = map.date("born");
  if (file.born > file.request && map.has("request"))
    map.place_of("born").report(FaultKind::out_of_range, *map.optional("born"), to_string(file.born),
                                "<= " + to_string(file.request));
  file.households = read_households(map, file.request);
  file.decision_stated = map.has("decision");
  if (file.decision_stated) file.decision = date_from(map, "decision", file.request);
  read_past_and_end(map, file);
  file.until = read_until(map, file.request.month);
  file.equivalent = map.truth("equivalent", false);
  file.student = map.truth("student", false);
  file.benefit_ended = map.truth("benefit_ended", false);
  file.insured = map.truth("insured", file.benefit_ended);
  if (file.benefit_ended && !file.insured)
    map.place_of("benefit_ended")
        .report(FaultKind::inconsistent, *map.optional("benefit_ended"), "benefit_ended: true",
                "insured: true");
  file.exempted = static_cast<Exempted>(map.one_of("exempted", exemptions, 0));
  file.incomes =
      optional_list(map, "income", [&](yaml::MapReader& one) { return read_income(one, file.request); });
  file.relatives =
      optional_list(map, "relatives", [&](yaml::MapReader& one) { return read_relative(one, file.request); });
  file.article_60 = read_article_60(map, file.request);
  file.work_refusal = read_work_refusal(map, file.request);
  file.contract = read_contract(map, file.request);
  read_breaches(map, file);
  if (map.has("people_paid")) file.people_paid = map.number("people_paid", {0, 100'000, "persons"});
  file.coverage = map.number("coverage", {0, 1, "share"}, 0);
  map.finish();
  return file;
}

CaseFile load_case(const SourceText& source) {
  Faults faults;
  CaseFile file;
  if (const auto root = yaml::read_document(source, faults))
    file = read_case(*root, {source.name, &faults, {}});
  faults.throw_if_any();
  return file;
}

}  // namespace tremplin
