// How an indexed amount came about, as one would work it out by hand.
#pragma once

#include <string>
#include <string_view>

#include "engine/base/money.hpp"
#include "scenarios/indexation.hpp"
#include "scenarios/language.hpp"

namespace tremplin::cli {

// "7,733.71 a year × 1.3459 = 10,408.80; / 12 = 867.40" for the amount in force on a day. Empty where no acts
// are known, or where the amount is not the one that they give.
std::string arithmetic_text(const Indexation& indexation, std::string_view path, Date day, Cents amount,
                            Language language);

// "1,234.50"
std::string euro_text(Cents amount, Language language);

}  // namespace tremplin::cli
