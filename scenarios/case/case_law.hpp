// The law that one case meets: the rules of each month for its region and its file, and for each number the
// text that it comes from, reforms included.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/case/case_file.hpp"
#include "scenarios/compose.hpp"
#include "scenarios/law.hpp"
#include "scenarios/scenario.hpp"

namespace tremplin {

// One number of the law in one month, and what it rests on.
struct Citation {
  const Lever* lever = nullptr;
  double value = 0;                    // as composed
  const DatedValue* law = nullptr;     // the value of the law's files on which it stands
  std::vector<const Change*> changes;  // of the base and of reforms, that reach this file
};

// The groups to which the person belongs in a month, as on its first day, or at the request.
GroupSet groups_of(const CaseFile& file, Month month);

class CaseLaw {
 public:
  // Rules from the month of the request to `until`. `law` must outlive it. Throws InputError as rules_table,
  // and where the scenarios tell communes apart by size and the case does not state its population.
  CaseLaw(const Law& law, Scenario base, std::vector<Scenario> reforms, const CaseFile& file, Month until);

  [[nodiscard]] const Rules& rules(Month month) const { return for_file(month, request_); }
  // For a file that is requested now: what older files may be spared.
  [[nodiscard]] const Rules& rules_of_new_files(Month month) const { return for_file(month, month); }

  // path: one that find_lever() knows.
  [[nodiscard]] Citation cite(std::string_view path, Month month) const;

  // "law-2015" or "law-2015+generalisation".
  [[nodiscard]] std::string name() const;

 private:
  [[nodiscard]] const Rules& for_file(Month month, Month request) const {
    return table_.at(month, where_, table_.page_of(request, groups_of(file_, month)));
  }

  const Law& law_;
  Scenario base_;
  std::vector<Scenario> reforms_;
  CaseFile file_;
  Jurisdiction where_;
  Month request_;
  RulesTable table_;
};

}  // namespace tremplin
