// Ages and delays of the law that no lever moves: scenarios/case/limits.yaml.
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
  Limit majority_years;  // age from which the right exists without a child
  Limit payment_days;    // from the decision to the first payment, at most
  Limit appeal_months;   // from the notification
};

// Throws InputError with every fault of the file.
Limits load_limits(const SourceText& source);

}  // namespace tremplin
