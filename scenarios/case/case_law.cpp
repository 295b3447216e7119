#include "scenarios/case/case_law.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "engine/cpas/office.hpp"

namespace tremplin {

namespace {

// The last month whose law the base follows for the lever.
Month last_month_of(const Scenario& base, std::string_view path) {
  Month last = end_of_time;
  for (const Freeze& freeze : base.freezes) {
    const bool covered = path.starts_with(freeze.path) &&
                         (path.size() == freeze.path.size() || path[freeze.path.size()] == '/');
    if (covered) last = freeze.last;
  }
  return last;
}

// Where a scenario tells communes apart by size, the case must say of what size its own is.
void require_no_sizes(const Scenario& scenario, const CaseFile& file) {
  const auto change =
      std::ranges::find_if(scenario.changes, [](const Change& one) { return !all_of(one.sizes); });
  if (change == scenario.changes.end()) return;
  throw InputError(Fault{.kind = FaultKind::missing_key,
                         .source = file.source,
                         .key = "population",
                         .expected = fmt::format("{}:{}: sizes", change->source, change->line)});
}

}  // namespace

GroupSet groups_of(const CaseFile& file, Month month) {
  const Date day = std::max(Date{month, 1}, file.request);
  const Household* household = &file.households.front();
  for (const Household& one : file.households)
    if (one.from <= day) household = &one;
  GroupSet groups = {static_cast<TargetGroup>(household->category)};
  groups.add(month.index - file.born.month.index < 12 * 25 ? TargetGroup::under_25 : TargetGroup::from_25);
  groups.add(TargetGroup::student, file.student);
  groups.add(TargetGroup::lone_parent, household->lone_parent);
  groups.add(TargetGroup::first_time, !file.last_paid);
  groups.add(TargetGroup::insured, file.insured);
  groups.add(TargetGroup::benefit_ended, file.benefit_ended);
  groups.add(TargetGroup::equivalent, file.equivalent);
  return groups;
}

CaseLaw::CaseLaw(const Law& law, Scenario base, std::vector<Scenario> reforms, const CaseFile& file,
                 Month until)
    : law_(law),
      base_(std::move(base)),
      reforms_(std::move(reforms)),
      file_(file),
      where_{file.region, file.population ? size_class_of(*file.population) : SizeClass{}, file.cpas},
      request_(file.request.month),
      table_(rules_table(law_, base_, reforms_, request_, until + 1)) {
  if (file.population) return;
  require_no_sizes(base_, file);
  for (const Scenario& reform : reforms_) require_no_sizes(reform, file);
}

Citation CaseLaw::cite(std::string_view path, Month month) const {
  Citation citation;
  citation.lever = find_lever(path);
  citation.value = citation.lever->get(rules(month));
  citation.law = &value_in_force(law_.history(path), std::min(month, last_month_of(base_, path)), request_);
  const auto add = [&](const Scenario& scenario) {
    for (const Change& change : scenario.changes) {
      const bool reaches = change.lever == citation.lever && change.from <= month && month < change.until &&
                           touches(change, where_) && is_for(change, groups_of(file_, month)) &&
                           (!change.new_files || change.from <= request_);
      if (reaches) citation.changes.push_back(&change);
    }
  };
  add(base_);
  for (const Scenario& reform : reforms_) add(reform);
  return citation;
}

std::string CaseLaw::name() const {
  std::string name = base_.name;
  for (const Scenario& reform : reforms_) name += "+" + reform.name;
  return name;
}

}  // namespace tremplin
