#include "scenarios/rules_difference.hpp"

#include <algorithm>
#include <set>

namespace tremplin {

namespace {

using Spans = std::vector<ValueSpan>;

// The tables as files of one kind see them: in a jurisdiction, of people of one kind, requested in a month.
class Comparison {
 public:
  Comparison(const RulesTable& a, const RulesTable& b) : a_(a), b_(b) {
    std::set<Month> opens(a.generations_open().begin(), a.generations_open().end());
    opens.insert(b.generations_open().begin(), b.generations_open().end());
    requests_ = {start_of_time};
    for (const Month open : opens)
      if (open < a.until()) requests_.push_back(open);
  }

  // All differences of a lever in a jurisdiction for people of some groups; where and for whom is left open.
  [[nodiscard]] std::vector<LeverDifference> of(const Lever& lever, Jurisdiction where,
                                                GroupSet groups) const {
    std::vector<LeverDifference> found;
    for (std::size_t first = 0; first < requests_.size();) {
      const Spans spans = spans_of(lever, where, groups, requests_[first]);
      std::size_t next = first + 1;
      while (next < requests_.size() &&
             spans_of(lever, where, groups, requests_[next]) == from_month(spans, requests_[next]))
        ++next;
      LeverDifference difference{.lever = &lever, .requested_from = requests_[first], .spans = spans};
      if (next < requests_.size()) difference.requested_until = requests_[next];
      if (!spans.empty()) found.push_back(std::move(difference));
      first = next;
    }
    return found;
  }

 private:
  // Months, from the request on, in which the values differ, cut where either of them moves.
  [[nodiscard]] Spans spans_of(const Lever& lever, Jurisdiction where, GroupSet groups, Month request) const {
    const std::uint8_t in_a = a_.page_of(request, groups);
    const std::uint8_t in_b = b_.page_of(request, groups);
    Spans spans;
    for (Month month = std::max(request, a_.from()); month < a_.until(); ++month) {
      const double of_a = lever.get(a_.at(month, where, in_a));
      const double of_b = lever.get(b_.at(month, where, in_b));
      if (of_a == of_b) continue;
      const bool goes_on = !spans.empty() && spans.back().until == month && spans.back().in_a == of_a &&
                           spans.back().in_b == of_b;
      if (goes_on) {
        spans.back().until = month + 1;
      } else {
        spans.push_back({month, month + 1, of_a, of_b});
      }
    }
    return spans;
  }

  // What remains of the spans from a month on.
  static Spans from_month(const Spans& spans, Month month) {
    Spans rest;
    for (const ValueSpan& span : spans)
      if (span.until > month) rest.push_back({std::max(span.from, month), span.until, span.in_a, span.in_b});
    return rest;
  }

  const RulesTable& a_;
  const RulesTable& b_;
  std::vector<Month> requests_;  // the first month of each generation of files that either table knows
};

// A difference, and for each kind of people all the places where it is the same.
struct Placed {
  LeverDifference difference;
  std::vector<std::vector<bool>> of_kind;
};

class Gathering {
 public:
  Gathering(const RulesTable& a, const RulesTable& b)
      : a_(a), b_(b), comparison_(a, b), places_(told_apart_by(a, b)), kinds_(kinds_told_apart_by(a, b)) {}

  void differences_of(const Lever& lever, std::vector<LeverDifference>& all) const {
    // A rule of the CPAS is the same for everybody; one of files is nobody's but people's.
    std::vector<GroupSet> kinds = kinds_;
    if (lever.reach == Reach::office) kinds.resize(1);
    if (kinds.size() > 1) kinds.erase(kinds.begin());
    for (const Placed& found : placed(lever, kinds)) {
      std::vector<std::vector<bool>> told;
      for (const std::vector<bool>& places : found.of_kind) {
        const bool somewhere = std::ranges::find(places, true) != places.end();
        if (!somewhere || std::ranges::find(told, places) != told.end()) continue;
        told.push_back(places);
        std::vector<GroupSet> alike;
        for (std::size_t k = 0; k < kinds.size(); ++k)
          if (found.of_kind[k] == places) alike.push_back(kinds[k]);
        for (const Audience& people : audiences_of(alike, kinds, a_, b_)) {
          LeverDifference difference = found.difference;
          difference.people = people;
          tell_places(difference, places, all);
        }
      }
    }
  }

 private:
  [[nodiscard]] std::vector<Placed> placed(const Lever& lever, const std::vector<GroupSet>& kinds) const {
    std::vector<Placed> all;
    for (std::size_t k = 0; k < kinds.size(); ++k) {
      for (std::size_t p = 0; p < places_.size(); ++p) {
        for (LeverDifference& difference : comparison_.of(lever, places_[p], kinds[k])) {
          auto same = std::ranges::find_if(all, [&](const Placed& other) {
            return other.difference.requested_from == difference.requested_from &&
                   other.difference.requested_until == difference.requested_until &&
                   other.difference.spans == difference.spans;
          });
          if (same == all.end()) {
            const std::vector<std::vector<bool>> nowhere(kinds.size(),
                                                         std::vector<bool>(places_.size(), false));
            same = all.insert(all.end(), Placed{std::move(difference), nowhere});
          }
          same->of_kind[k][p] = true;
        }
      }
    }
    return all;
  }

  // CPAS that nobody names come first; those named are told apart where it is otherwise for them.
  void tell_places(LeverDifference difference, const std::vector<bool>& places,
                   std::vector<LeverDifference>& all) const {
    using Block = std::vector<bool>;
    const auto block = [&](std::size_t first) {
      return Block(places.begin() + static_cast<std::ptrdiff_t>(first),
                   places.begin() + static_cast<std::ptrdiff_t>(first) + n_jurisdictions);
    };
    const Block unnamed = block(0);
    std::vector<std::pair<Block, std::vector<CpasId>>> apart;
    for (std::size_t first = n_jurisdictions; first < places.size(); first += n_jurisdictions) {
      const Block of_list = block(first);
      if (of_list == unnamed) continue;
      const std::vector<CpasId> ids = alike_with(places_[first].cpas);
      difference.but_for.insert(difference.but_for.end(), ids.begin(), ids.end());
      const auto same = std::ranges::find(apart, of_list, &std::pair<Block, std::vector<CpasId>>::first);
      if (same == apart.end()) {
        apart.emplace_back(of_list, ids);
      } else {
        same->second.insert(same->second.end(), ids.begin(), ids.end());
      }
    }
    std::ranges::sort(difference.but_for);
    by_regions_and_sizes(difference, unnamed, all);
    difference.but_for.clear();
    for (auto& [of_list, ids] : apart) {
      std::ranges::sort(ids);
      difference.cpas = ids;
      by_regions_and_sizes(difference, of_list, all);
    }
  }

  // All CPAS that both tables treat as this one.
  [[nodiscard]] std::vector<CpasId> alike_with(CpasId cpas) const {
    std::set<CpasId> ids;
    for (const RulesTable* table : {&a_, &b_})
      for (const auto& list : table->divisions().named)
        for (const CpasId id : list)
          if (a_.list_of(id) == a_.list_of(cpas) && b_.list_of(id) == b_.list_of(cpas)) ids.insert(id);
    return {ids.begin(), ids.end()};
  }

  // One difference for all regions in which the same sizes are concerned.
  static void by_regions_and_sizes(const LeverDifference& difference, const std::vector<bool>& places,
                                   std::vector<LeverDifference>& all) {
    std::vector<LeverDifference> found;
    for (std::size_t r = 0; r < n_regions; ++r) {
      std::array<bool, n_size_classes> sizes{};
      std::copy_n(places.begin() + static_cast<std::ptrdiff_t>(r) * n_size_classes, n_size_classes,
                  sizes.begin());
      if (std::ranges::find(sizes, true) == sizes.end()) continue;
      auto same = std::ranges::find(found, sizes, &LeverDifference::sizes);
      if (same == found.end()) {
        same = found.insert(found.end(), difference);
        same->sizes = sizes;
      }
      same->regions[r] = true;
    }
    all.insert(all.end(), found.begin(), found.end());
  }

  const RulesTable& a_;
  const RulesTable& b_;
  Comparison comparison_;
  std::vector<Jurisdiction> places_;
  std::vector<GroupSet> kinds_;
};

}  // namespace

Jurisdiction some_place_of(const LeverDifference& difference) {
  const auto region = std::ranges::find(difference.regions, true) - difference.regions.begin();
  const auto size = std::ranges::find(difference.sizes, true) - difference.sizes.begin();
  return {static_cast<Region>(region), static_cast<SizeClass>(size),
          difference.cpas.empty() ? no_cpas : difference.cpas.front()};
}

std::vector<LeverDifference> differences_between(const RulesTable& a, const RulesTable& b) {
  const Gathering gathering(a, b);
  std::vector<LeverDifference> all;
  for (const Lever& lever : all_levers()) gathering.differences_of(lever, all);
  return all;
}

}  // namespace tremplin
