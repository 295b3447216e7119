#include "scenarios/case/case_law.hpp"

#include <algorithm>

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

}  // namespace

CaseLaw::CaseLaw(const Law& law, Scenario base, std::vector<Scenario> reforms, Region region, Month request,
                 Month until)
    : law_(law),
      base_(std::move(base)),
      reforms_(std::move(reforms)),
      region_(region),
      request_(request),
      table_(rules_table(law_, base_, reforms_, request, until + 1)) {}

Citation CaseLaw::cite(std::string_view path, Month month) const {
  Citation citation;
  citation.lever = find_lever(path);
  citation.value = citation.lever->get(rules(month));
  citation.law = &value_in_force(law_.history(path), std::min(month, last_month_of(base_, path)), request_);
  const auto add = [&](const Scenario& scenario) {
    for (const Change& change : scenario.changes) {
      const bool reaches = change.lever == citation.lever && change.from <= month && month < change.until &&
                           change.regions[static_cast<std::size_t>(region_)] &&
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
