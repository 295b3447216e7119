#include "scenarios/rules_difference.hpp"

#include <algorithm>
#include <set>

namespace tremplin {

namespace {

using Spans = std::vector<ValueSpan>;

// The tables as files of one kind see them: in a jurisdiction, requested in a month.
class Comparison {
 public:
  Comparison(const RulesTable& a, const RulesTable& b) : a_(a), b_(b) {
    std::set<Month> opens(a.generations_open().begin(), a.generations_open().end());
    opens.insert(b.generations_open().begin(), b.generations_open().end());
    requests_ = {start_of_time};
    for (const Month open : opens)
      if (open < a.until()) requests_.push_back(open);
  }

  // All differences of a lever in a jurisdiction; where they hold is left open.
  [[nodiscard]] std::vector<LeverDifference> of(const Lever& lever, Jurisdiction where) const {
    std::vector<LeverDifference> found;
    for (std::size_t first = 0; first < requests_.size();) {
      const Spans spans = spans_of(lever, where, requests_[first]);
      std::size_t next = first + 1;
      while (next < requests_.size() &&
             spans_of(lever, where, requests_[next]) == from_month(spans, requests_[next]))
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
  [[nodiscard]] Spans spans_of(const Lever& lever, Jurisdiction where, Month request) const {
    const std::uint8_t in_a = a_.generation_of(request);
    const std::uint8_t in_b = b_.generation_of(request);
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

// A difference and all the places where it is the same.
struct Placed {
  LeverDifference difference;
  std::array<bool, n_jurisdictions> places{};
};

std::vector<Placed> placed(const Comparison& comparison, const Lever& lever) {
  std::vector<Placed> all;
  for (const Jurisdiction& where : all_jurisdictions) {
    for (LeverDifference& difference : comparison.of(lever, where)) {
      auto same = std::ranges::find_if(all, [&](const Placed& other) {
        return other.difference.requested_from == difference.requested_from &&
               other.difference.requested_until == difference.requested_until &&
               other.difference.spans == difference.spans;
      });
      if (same == all.end()) same = all.insert(all.end(), Placed{std::move(difference), {}});
      same->places[static_cast<std::size_t>(index_of(where))] = true;
    }
  }
  return all;
}

// One difference for all regions in which the same sizes are concerned.
std::vector<LeverDifference> by_regions_and_sizes(const Placed& placed) {
  std::vector<LeverDifference> all;
  for (std::size_t r = 0; r < n_regions; ++r) {
    std::array<bool, n_size_classes> sizes{};
    std::copy_n(placed.places.begin() + static_cast<std::ptrdiff_t>(r) * n_size_classes, n_size_classes,
                sizes.begin());
    if (std::ranges::find(sizes, true) == sizes.end()) continue;
    auto same = std::ranges::find(all, sizes, &LeverDifference::sizes);
    if (same == all.end()) {
      same = all.insert(all.end(), placed.difference);
      same->sizes = sizes;
    }
    same->regions[r] = true;
  }
  return all;
}

}  // namespace

std::vector<LeverDifference> differences_between(const RulesTable& a, const RulesTable& b) {
  const Comparison comparison(a, b);
  std::vector<LeverDifference> all;
  for (const Lever& lever : all_levers()) {
    for (const Placed& found : placed(comparison, lever)) {
      const std::vector<LeverDifference> told = by_regions_and_sizes(found);
      all.insert(all.end(), told.begin(), told.end());
    }
  }
  return all;
}

}  // namespace tremplin
