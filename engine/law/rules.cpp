#include "engine/law/rules.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace tremplin {

namespace {
constexpr std::array levers = {
#define LEVER(field, type, path, unit, minimum, maximum, reach, meaning) \
  Lever{path, Unit::unit, minimum, maximum, Reach::reach, meaning, &Rules::field},
#include "engine/law/rules.def"
#undef LEVER
};
}  // namespace

double Lever::get(const Rules& rules) const {
  return std::visit([&](auto member) { return static_cast<double>(rules.*member); }, field);
}

void Lever::set(Rules& rules, double value) const {
  if (const auto* number = std::get_if<double Rules::*>(&field)) {
    rules.*(*number) = value;
  } else {
    rules.*std::get<int Rules::*>(field) = static_cast<int>(std::lround(value));
  }
}

std::span<const Lever> all_levers() { return levers; }

const Lever* find_lever(std::string_view path) {
  const auto* found = std::ranges::find(levers, path, &Lever::path);
  return found == levers.end() ? nullptr : found;
}

namespace {

// Which of the audiences somebody belongs to, a bit each.
std::vector<bool> audiences_met(const std::vector<GroupSet>& audiences, GroupSet groups) {
  std::vector<bool> met;
  for (const GroupSet audience : audiences) met.push_back(audience.meets(groups));
  return met;
}

// The kinds of people that differ in the audiences they belong to, the first in none.
std::vector<std::vector<bool>> kinds_by(const std::vector<GroupSet>& audiences) {
  std::vector<std::vector<bool>> kinds = {std::vector<bool>(audiences.size(), false)};
  if (audiences.empty()) return kinds;
  for (const GroupSet groups : all_kinds_of_people) {
    std::vector<bool> met = audiences_met(audiences, groups);
    if (std::ranges::find(kinds, met) == kinds.end()) kinds.push_back(std::move(met));
  }
  return kinds;
}

std::size_t n_places(const Divisions& divisions) {
  return static_cast<std::size_t>(n_jurisdictions) * (divisions.named.size() + 1);
}

}  // namespace

bool RulesTable::fits(int n_months, const Divisions& divisions) {
  const std::size_t pages = (divisions.generations_open.size() + 1) * kinds_by(divisions.audiences).size();
  return pages <= static_cast<std::size_t>(max_rules_pages) &&
         static_cast<std::size_t>(n_months) * n_places(divisions) * pages <= max_rules_cells;
}

RulesTable::RulesTable(Month from, Month until, Divisions divisions, const Rules& rules)
    : from_(from), until_(until), divisions_(std::move(divisions)) {
  std::ranges::sort(divisions_.generations_open);
  for (std::size_t i = 0; i < divisions_.named.size(); ++i)
    for (const CpasId id : divisions_.named[i]) named_.emplace_back(id, i + 1);
  std::ranges::sort(named_);
  const std::vector<std::vector<bool>> kinds = kinds_by(divisions_.audiences);
  n_kinds_ = static_cast<int>(kinds.size());
  if (n_kinds_ > 1) {
    kind_of_groups_.assign(std::size_t{1} << static_cast<unsigned>(n_groups), 0);
    // Any set of groups, whether somebody can belong to all of them or not.
    for (unsigned bits = 0; bits < kind_of_groups_.size(); ++bits) {
      GroupSet groups;
      for (unsigned g = 0; g < n_groups; ++g) groups.add(static_cast<TargetGroup>(g), (bits >> g & 1U) != 0);
      const auto kind = std::ranges::find(kinds, audiences_met(divisions_.audiences, groups));
      if (kind != kinds.end()) kind_of_groups_[bits] = static_cast<std::uint8_t>(kind - kinds.begin());
    }
  }
  rules_ = {rules};
  cells_.assign(static_cast<std::size_t>((until_ - from_) * n_pages()) * n_places(divisions_), 0);
}

std::uint8_t RulesTable::page_of(Month request, GroupSet groups) const {
  const auto& opens = divisions_.generations_open;
  const auto generation = static_cast<int>(std::ranges::upper_bound(opens, request) - opens.begin());
  const int kind = kind_of_groups_.empty() ? 0 : kind_of_groups_[groups.bits()];
  return static_cast<std::uint8_t>(generation * n_kinds_ + kind);
}

void RulesTable::set(Month month, Jurisdiction where, std::uint8_t page, const Rules& rules) {
  // Equal rules, if there are any, were nearly always set shortly before.
  constexpr std::ptrdiff_t looked_at = 64;
  const auto oldest =
      rules_.rend() - rules_.rbegin() > looked_at ? rules_.rbegin() + looked_at : rules_.rend();
  const auto same = std::find(rules_.rbegin(), oldest, rules);
  const bool is_new = same == oldest;
  if (is_new) rules_.push_back(rules);
  const auto index = is_new ? rules_.size() - 1 : static_cast<std::size_t>(rules_.rend() - same) - 1;
  cells_[cell(month, where, page)] = static_cast<std::uint32_t>(index);
}

std::size_t RulesTable::cell(Month month, Jurisdiction where, std::uint8_t page) const {
  const auto months = static_cast<std::size_t>(std::clamp(month, from_, until_ - 1) - from_);
  const std::size_t place = list_of(where.cpas) * n_jurisdictions + static_cast<std::size_t>(index_of(where));
  return (months * n_places(divisions_) + place) * static_cast<std::size_t>(n_pages()) + page;
}

std::size_t RulesTable::list_of(CpasId cpas) const {
  if (named_.empty() || cpas == no_cpas) return 0;
  const auto named = std::ranges::lower_bound(named_, cpas, {}, &std::pair<CpasId, std::size_t>::first);
  return named != named_.end() && named->first == cpas ? named->second : 0;
}

std::vector<Jurisdiction> told_apart_by(const RulesTable& a, const RulesTable& b) {
  std::vector<Jurisdiction> places(all_jurisdictions.begin(), all_jurisdictions.end());
  std::vector<std::pair<std::size_t, std::size_t>> known = {{0, 0}};
  for (const RulesTable* table : {&a, &b}) {
    for (const auto& list : table->divisions().named) {
      for (const CpasId id : list) {
        const std::pair lists{a.list_of(id), b.list_of(id)};
        if (std::ranges::find(known, lists) != known.end()) continue;
        known.push_back(lists);
        for (const Jurisdiction& where : all_jurisdictions) places.push_back({where.region, where.size, id});
      }
    }
  }
  return places;
}

std::vector<GroupSet> kinds_told_apart_by(const RulesTable& a, const RulesTable& b) {
  std::vector<GroupSet> kinds = {GroupSet{}};
  if (a.n_kinds() == 1 && b.n_kinds() == 1) return kinds;
  std::vector<std::pair<int, int>> known;
  for (const GroupSet groups : all_kinds_of_people) {
    const std::pair<int, int> pages{a.page_of(a.from(), groups), b.page_of(b.from(), groups)};
    if (std::ranges::find(known, pages) != known.end()) continue;
    known.push_back(pages);
    kinds.push_back(groups);
  }
  return kinds;
}

Month RulesTable::first_difference(const RulesTable& a, const RulesTable& b) {
  const Month end = std::max(a.until(), b.until());
  // Files of the same generation in both tables meet the same rules: one request month of each will do.
  std::vector<Month> requests = {std::min(a.from(), b.from())};
  for (const RulesTable* table : {&a, &b})
    requests.insert(requests.end(), table->generations_open().begin(), table->generations_open().end());
  const std::vector<Jurisdiction> places = told_apart_by(a, b);
  const std::vector<GroupSet> kinds = kinds_told_apart_by(a, b);
  for (Month month = requests.front(); month < end; ++month) {
    for (const Month request : requests) {
      if (request > month) continue;
      for (const GroupSet groups : kinds) {
        const std::uint8_t in_a = a.page_of(request, groups);
        const std::uint8_t in_b = b.page_of(request, groups);
        const bool same = std::ranges::all_of(places, [&](const Jurisdiction& where) {
          return a.at(month, where, in_a) == b.at(month, where, in_b);
        });
        if (!same) return month;
      }
    }
  }
  return end;
}

}  // namespace tremplin
