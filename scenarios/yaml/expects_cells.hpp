// What Fault::expected may say in words of the cells of a table (calibration/survey), beside those of YAML in
// faults.hpp; fault_vocabulary.cpp puts them into the three languages.
#pragma once

#include <array>
#include <string_view>

namespace tremplin::expects {

inline constexpr std::string_view plain_quotes = "plain quotes";  // of a CSV cell
inline constexpr std::string_view not_asked = "not asked";        // an empty cell
inline constexpr std::array of_cells = {plain_quotes, not_asked};

}  // namespace tremplin::expects
