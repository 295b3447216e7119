// Where loaders put what they find wrong, so that every fault of a file is told at once, and the
// nearest valid name for a misspelt one.
#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/base/errors.hpp"

namespace tremplin {

class Faults {
 public:
  void add(Fault fault) { faults_.push_back(std::move(fault)); }
  [[nodiscard]] bool empty() const { return faults_.empty(); }
  [[nodiscard]] std::size_t size() const { return faults_.size(); }
  // Throws InputError with all faults, ordered by source and line, if there is any.
  void throw_if_any() const;

 private:
  std::vector<Fault> faults_;
};

// The candidate at the smallest edit distance (insertion, deletion, change, swap of neighbours, case
// ignored), if that is at most a third of the longer name; the first one wins a tie. Empty if none.
std::string nearest_name(std::string_view found, std::span<const std::string_view> candidates);
std::string nearest_name(std::string_view found, std::span<const std::string> candidates);

// What Fault::expected may say in words. fault_text.cpp puts them into the three languages; any other
// text of `expected` is a fact (a range, a list of names) shown as it stands.
namespace expects {
inline constexpr std::string_view number = "number";
inline constexpr std::string_view whole_number = "whole number";
inline constexpr std::string_view text = "text";
inline constexpr std::string_view list = "list";
inline constexpr std::string_view map = "map";
inline constexpr std::string_view truth = "true | false";
inline constexpr std::string_view date = "YYYY-MM-DD";
inline constexpr std::string_view month = "YYYY-MM";
inline constexpr std::string_view year_or_month = "YYYY | YYYY-MM";
inline constexpr std::string_view plain_yaml = "plain yaml";  // no anchors, aliases, tags
inline constexpr std::string_view one_document = "one document";
inline constexpr std::string_view not_empty = "not empty";
inline constexpr std::string_view utf8 = "UTF-8";
inline constexpr std::string_view base = "a base";
inline constexpr std::string_view reform = "a reform";
inline constexpr std::string_view one_change = "one change";  // or all scale, or all shift
inline constexpr std::string_view one_place = "one place";    // not in both
inline constexpr std::string_view once = "once";              // not twice
inline constexpr std::string_view own_name = "own name";      // another has it
inline constexpr std::string_view plain_name = "plain name";  // of a new file, without ending
inline constexpr std::string_view gradual = "gradual";        // a lever with values between
inline constexpr std::string_view of_a_file = "of a file";    // a lever that may differ between people
inline constexpr std::string_view an_amount = "an amount";    // euros, set or added
inline constexpr std::string_view a_language = "a language";  // at least one
inline constexpr std::string_view result_file = "a result file";
inline constexpr std::string_view snapshot_file = "a snapshot";
inline constexpr std::string_view lives_file = "a file of lives";
inline constexpr std::string_view posterior_file = "a posterior";
inline constexpr std::string_view uncertainty_file = "a split of uncertainty";
inline constexpr std::array all = {
    number,          whole_number,  text,       list,         map,           truth,      date,
    month,           year_or_month, plain_yaml, one_document, not_empty,     utf8,       base,
    reform,          one_change,    one_place,  once,         own_name,      plain_name, gradual,
    of_a_file,       an_amount,     a_language, result_file,  snapshot_file, lives_file, posterior_file,
    uncertainty_file};
}  // namespace expects

}  // namespace tremplin
