#include "scenarios/compose.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "engine/base/money.hpp"
#include "scenarios/consistency.hpp"
#include "scenarios/overlap.hpp"
#include "scenarios/yaml/reader.hpp"

namespace tremplin {

namespace {

// Last month whose law the base follows for each lever, in the order of all_levers().
std::vector<Month> last_months(const Scenario& base) {
  std::vector<Month> result(all_levers().size(), end_of_time);
  for (std::size_t i = 0; i < result.size(); ++i) {
    const std::string_view path = all_levers()[i].path;
    for (const Freeze& freeze : base.freezes) {
      const bool covered = path.starts_with(freeze.path) &&
                           (path.size() == freeze.path.size() || path[freeze.path.size()] == '/');
      if (covered) result[i] = freeze.last;
    }
  }
  return result;
}

// Changes in an order that does not depend on how the reforms were named. Those that share a lever and
// a cell all scale or all shift; ordering them by value makes even the rounding of their product the
// same.
std::vector<const Change*> in_order(const std::vector<const Change*>& changes) {
  std::vector<const Change*> sorted = changes;
  std::ranges::stable_sort(sorted, [](const Change* a, const Change* b) {
    return std::tuple(a->lever, a->from, a->until, a->value, a->over_months, a->indexed) <
           std::tuple(b->lever, b->from, b->until, b->value, b->over_months, b->indexed);
  });
  return sorted;
}

struct Layers {
  std::vector<Month> last;             // [lever]
  std::vector<const Change*> of_base;  // applied first
  std::vector<const Change*> of_reforms;
};

Layers layers_of(const Scenario& base, std::span<const Scenario> reforms, Faults& faults) {
  Layers layers{last_months(base), {}, {}};
  for (const Change& change : base.changes) layers.of_base.push_back(&change);
  for (const Scenario& reform : reforms) {
    for (const Change& change : reform.changes) layers.of_reforms.push_back(&change);
  }
  report_overlaps(layers.of_reforms, faults);
  layers.of_base = in_order(layers.of_base);
  layers.of_reforms = in_order(layers.of_reforms);
  return layers;
}

// Months from which new files follow rules of their own.
std::vector<Month> generations(const Law& law, const Layers& layers, Month until) {
  std::set<Month> opens;
  for (std::size_t i = 0; i < law.levers.size(); ++i) {
    for (const DatedValue& value : law.levers[i].values) {
      const Month counts_from = value.from.counts_from();
      if (value.new_files && counts_from <= layers.last[i]) opens.insert(counts_from);
    }
  }
  for (const auto* changes : {&layers.of_base, &layers.of_reforms}) {
    for (const Change* change : *changes) {
      if (change->new_files) opens.insert(change->from);
    }
  }
  return {opens.begin(), opens.lower_bound(until)};
}

// CPAS that changes name: in one list those that the same changes name.
std::vector<std::vector<CpasId>> named_by(const Layers& layers) {
  std::map<CpasId, std::vector<const Change*>> naming;
  for (const auto* changes : {&layers.of_base, &layers.of_reforms})
    for (const Change* change : *changes)
      for (const CpasId id : change->cpas) naming[id].push_back(change);
  std::map<std::vector<const Change*>, std::vector<CpasId>> alike;
  for (const auto& [id, changes] : naming) alike[changes].push_back(id);
  std::vector<std::vector<CpasId>> lists;
  for (auto& [changes, ids] : alike) lists.push_back(std::move(ids));
  std::ranges::sort(lists);  // not by where changes are in memory
  return lists;
}

Divisions divisions_by(const Law& law, const Layers& layers, Month until) {
  std::set<GroupSet> audiences;
  for (const auto* changes : {&layers.of_base, &layers.of_reforms})
    for (const Change* change : *changes)
      if (!change->groups.empty()) audiences.insert(change->groups);
  return {.generations_open = generations(law, layers, until),
          .named = named_by(layers),
          .audiences = {audiences.begin(), audiences.end()}};
}

struct Cell {
  Month month;
  Jurisdiction where{};
  Month opened;       // of its generation of files: every file in it was requested then or later
  GroupSet groups{};  // of its people; empty: the office itself
};

bool applies(const Change& change, const Cell& cell) {
  return change.from <= cell.month && cell.month < change.until && touches(change, cell.where) &&
         (!change.new_files || change.from <= cell.opened) && is_for(change, cell.groups);
}

// The share of a change that is reached in a month: of one over n months, 1/n in the first and all of it from
// the nth on.
double share_reached(const Change& change, Month month) {
  const int steps = month - change.from + 1;
  return steps >= change.over_months ? 1 : static_cast<double>(steps) / change.over_months;
}

// What a change sets or adds in a month: from its date on, an amount that follows the index moves with the
// steps of the coefficient, rounded to the cent at each of them as the law's own amounts are.
double amount_in(const Change& change, const Law& law, Month month) {
  if (!change.indexed) return change.value;
  const bool lowers = change.value < 0;
  const Cents amount = cents_of(lowers ? -change.value : change.value);
  const std::int64_t then = coefficient_in(law.index, change.from);
  const auto cents = static_cast<double>(part_of(amount, coefficient_in(law.index, month), then).value);
  return (lowers ? -cents : cents) / 100;
}

// A change on its way lies between the value that the month would have without it and the one it leads to.
double after(double value, const Change& change, const Law& law, Month month) {
  const double share = share_reached(change, month);
  switch (change.operation) {
    case Operation::set: {
      const double aim = amount_in(change, law, month);
      return share == 1 ? aim : value + share * (aim - value);
    }
    case Operation::scale:
      return value * (share == 1 ? change.value : 1 + share * (change.value - 1));
    case Operation::shift:
      return value + share * amount_in(change, law, month);
  }
  return value;
}

// Composed values as doubles, before whole levers are rounded.
std::vector<double> values_of(const Law& law, const Layers& layers, const Cell& cell) {
  std::vector<double> values(law.levers.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    values[i] = value_in_force(law.levers[i], std::min(cell.month, layers.last[i]), cell.opened).value;
  }
  for (const auto* changes : {&layers.of_base, &layers.of_reforms}) {
    for (const Change* change : *changes) {
      double& value = values[static_cast<std::size_t>(change->lever - all_levers().data())];
      if (applies(*change, cell)) value = after(value, *change, law, cell.month);
    }
  }
  return values;
}

// Tells each lever's fault once, in the first month that has it, at the last change that touched it.
class CellChecks {
 public:
  CellChecks(const Layers& layers, Faults& faults) : layers_(layers), faults_(faults) {}

  void check(const std::vector<double>& values, const Rules& rules, const Cell& cell) {
    for (std::size_t i = 0; i < values.size(); ++i) {
      const Lever& lever = all_levers()[i];
      if (values[i] >= lever.minimum && values[i] <= lever.maximum) continue;
      Fault fault = fault_at(lever.path, lever.path);
      fault.kind = FaultKind::out_of_range;
      fault.found = yaml::to_string(values[i]);
      fault.expected = yaml::to_string(yaml::Range{lever.minimum, lever.maximum, name_of(lever.unit)});
      report(std::move(fault), cell);
    }
    for (const Contradiction& wrong : contradictions_in(rules)) {
      Fault fault = fault_at(wrong.path, wrong.other);
      fault.kind = FaultKind::inconsistent;
      fault.found = wrong.found;
      fault.expected = wrong.expected;
      report(std::move(fault), cell);
    }
  }

 private:
  // A fault at the last change of either lever; without a place if the law itself is at fault.
  [[nodiscard]] Fault fault_at(std::string_view path, std::string_view other) const {
    Fault fault;
    fault.key = path;
    for (const auto* changes : {&layers_.of_base, &layers_.of_reforms}) {
      for (const Change* change : *changes) {
        if (change->lever->path != path && change->lever->path != other) continue;
        fault.source = change->source;
        fault.line = change->line;
        fault.column = change->column;
      }
    }
    return fault;
  }

  void report(Fault fault, const Cell& cell) {
    if (!told_.insert({fault.kind, fault.key}).second) return;
    fault.found += fmt::format(" ({}, {})", to_string(cell.month),
                               region_names[static_cast<std::size_t>(cell.where.region)]);
    faults_.add(std::move(fault));
  }

  const Layers& layers_;
  Faults& faults_;
  std::set<std::pair<FaultKind, std::string>> told_;
};

void require_kind(const Scenario& scenario, ScenarioKind kind, Faults& faults) {
  if ((scenario.kind == ScenarioKind::base) == (kind == ScenarioKind::base)) return;
  Fault fault;
  fault.kind = FaultKind::wrong_type;
  fault.found = scenario.name;
  fault.expected = kind == ScenarioKind::base ? expects::base : expects::reform;
  faults.add(std::move(fault));
}

// Too many dates for new files, CPAS that are named and groups at once: told at the last change that has any.
void require_fit(int n_months, const Divisions& divisions, const Layers& layers, Faults& faults) {
  if (RulesTable::fits(n_months, divisions)) return;
  Fault fault;
  fault.kind = FaultKind::too_large;
  fault.found = fmt::format("applies_to: {}, cpas: {}, groups: {}", divisions.generations_open.size(),
                            divisions.named.size(), divisions.audiences.size());
  for (const auto* changes : {&layers.of_base, &layers.of_reforms}) {
    for (const Change* change : *changes) {
      if (!change->new_files && change->cpas.empty() && change->groups.empty()) continue;
      fault.source = change->source;
      fault.line = change->line;
      fault.column = change->column;
    }
  }
  faults.add(std::move(fault));
}

// Places where the same changes hold have the same rules: each list is composed once.
std::vector<std::vector<Jurisdiction>> places_alike(const RulesTable& table, const Layers& layers) {
  std::map<std::vector<bool>, std::vector<Jurisdiction>> alike;
  for (const Jurisdiction& where : told_apart_by(table, table)) {
    std::vector<bool> touched;
    for (const auto* changes : {&layers.of_base, &layers.of_reforms})
      for (const Change* change : *changes) touched.push_back(touches(*change, where));
    alike[touched].push_back(where);
  }
  std::vector<std::vector<Jurisdiction>> lists;
  for (auto& [touched, places] : alike) lists.push_back(std::move(places));
  return lists;
}

}  // namespace

RulesTable rules_table(const Law& law, const Scenario& base, std::span<const Scenario> reforms, Month from,
                       Month until) {
  Faults faults;
  require_kind(base, ScenarioKind::base, faults);
  for (const Scenario& reform : reforms) require_kind(reform, ScenarioKind::reform, faults);
  const Layers layers = layers_of(base, reforms, faults);
  faults.throw_if_any();

  Divisions divisions = divisions_by(law, layers, until);
  require_fit(until - from, divisions, layers, faults);
  faults.throw_if_any();
  RulesTable table(from, until, std::move(divisions), Rules{});
  CellChecks checks(layers, faults);
  const std::vector<std::vector<Jurisdiction>> places = places_alike(table, layers);
  const std::vector<GroupSet> kinds = kinds_told_apart_by(table, table);
  std::vector<Month> opened = {start_of_time};
  opened.insert(opened.end(), table.generations_open().begin(), table.generations_open().end());
  for (Month month = from; month < until; ++month) {
    for (const auto& alike : places) {
      for (const Month open : opened) {
        for (const GroupSet groups : kinds) {
          const Cell cell{month, alike.front(), open, groups};
          const std::vector<double> values = values_of(law, layers, cell);
          Rules rules;
          for (std::size_t i = 0; i < values.size(); ++i) all_levers()[i].set(rules, values[i]);
          const std::uint8_t page = table.page_of(open, groups);
          for (const Jurisdiction& where : alike) table.set(month, where, page, rules);
          // A generation that has not opened yet has no files: nothing to check.
          if (open <= month) checks.check(values, rules, cell);
        }
      }
    }
  }
  faults.throw_if_any();
  return table;
}

std::vector<std::string> references_of(const Law& law, const Scenario& base,
                                       std::span<const Scenario> reforms, const Lever& lever,
                                       const Question& question) {
  Faults none;
  const Layers layers = layers_of(base, reforms, none);
  const Cell cell{question.month, question.where, question.request, question.groups};
  const auto index = static_cast<std::size_t>(&lever - all_levers().data());
  std::vector<std::string> references = {
      value_in_force(law.levers[index], std::min(cell.month, layers.last[index]), cell.opened).reference};
  for (const auto* changes : {&layers.of_base, &layers.of_reforms}) {
    for (const Change* change : *changes) {
      if (change->lever != &lever || !applies(*change, cell)) continue;
      if (change->operation == Operation::set) references.clear();
      references.push_back(change->reference);
    }
  }
  return references;
}

}  // namespace tremplin
