#include "engine/law/rules.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace tremplin {

namespace {
constexpr std::array levers = {
#define LEVER(field, type, path, unit, minimum, maximum, meaning) \
  Lever{path, Unit::unit, minimum, maximum, meaning, &Rules::field},
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

RulesTable::RulesTable(Month from, Month until, std::vector<Month> generations_open, const Rules& rules)
    : from_(from), until_(until), generations_open_(std::move(generations_open)) {
  std::ranges::sort(generations_open_);
  rules_ = {rules};
  cells_.assign(static_cast<std::size_t>((until_ - from_) * n_jurisdictions * n_generations()), 0);
}

std::uint8_t RulesTable::generation_of(Month request) const {
  const auto opened = std::ranges::upper_bound(generations_open_, request);
  return static_cast<std::uint8_t>(opened - generations_open_.begin());
}

void RulesTable::set(Month month, Jurisdiction where, std::uint8_t generation, const Rules& rules) {
  // Equal rules, if there are any, were nearly always set shortly before.
  constexpr std::ptrdiff_t looked_at = 64;
  const auto oldest =
      rules_.rend() - rules_.rbegin() > looked_at ? rules_.rbegin() + looked_at : rules_.rend();
  const auto same = std::find(rules_.rbegin(), oldest, rules);
  const bool is_new = same == oldest;
  if (is_new) rules_.push_back(rules);
  const auto index = is_new ? rules_.size() - 1 : static_cast<std::size_t>(rules_.rend() - same) - 1;
  cells_[cell(month, where, generation)] = static_cast<std::uint32_t>(index);
}

std::size_t RulesTable::cell(Month month, Jurisdiction where, std::uint8_t generation) const {
  const Month clamped = std::clamp(month, from_, until_ - 1);
  return static_cast<std::size_t>(((clamped - from_) * n_jurisdictions + index_of(where)) * n_generations() +
                                  generation);
}

Month RulesTable::first_difference(const RulesTable& a, const RulesTable& b) {
  const Month end = std::max(a.until(), b.until());
  // Files of the same generation in both tables meet the same rules: one request month of each will do.
  std::vector<Month> requests = {std::min(a.from(), b.from())};
  requests.insert(requests.end(), a.generations_open_.begin(), a.generations_open_.end());
  requests.insert(requests.end(), b.generations_open_.begin(), b.generations_open_.end());
  for (Month month = requests.front(); month < end; ++month) {
    for (const Jurisdiction& where : all_jurisdictions) {
      for (const Month request : requests) {
        if (request > month) continue;
        if (a.at(month, where, a.generation_of(request)) != b.at(month, where, b.generation_of(request)))
          return month;
      }
    }
  }
  return end;
}

}  // namespace tremplin
