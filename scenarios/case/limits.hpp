// What `tremplin case` needs of the law and no lever moves: scenarios/case/limits.yaml.
#pragma once

#include <string>

#include "scenarios/source_text.hpp"

namespace tremplin {

// From the home folder.
inline constexpr const char* limits_file = "scenarios/case/limits.yaml";

struct Limit {
  int value = 0;
  std::string reference;
  std::string note;
};

struct Limits {
  Limit majority_years;     // age from which the right exists without a child
  Limit payment_days;       // from the decision to the first payment, at most
  Limit appeal_months;      // from the notification
  Limit categories;         // year since when there are three
  Limit hearing;            // 1: whoever is to be sanctioned may be heard first
  Limit undeclared_months;  // after the omission, in which it can be sanctioned
  Limit revision;           // 1: a revision holds from the day on which its ground arose
  Limit relatives;          // 1: parents' and adult children's means count where the CPAS chooses so
  Limit article60_subsidy;  // 1: the amount of category 3, or up to the gross wage where it is increased
};

// Throws InputError with every fault of the file.
Limits load_limits(const SourceText& source);

}  // namespace tremplin
