// What Fault::expected may say in words of the cells of a table (calibration/survey), beside those of YAML in
// faults.hpp; fault_vocabulary.cpp puts them into the three languages.
#pragma once

#include <array>
#include <string_view>

namespace tremplin::expects {

inline constexpr std::string_view plain_quotes = "plain quotes";  // of a CSV cell
inline constexpr std::string_view not_asked = "not asked";        // an empty cell
// Of the calibrated model's draws and of parameters that share an error.
inline constexpr std::string_view each_name_once = "each name once";
inline constexpr std::string_view draws = "a line of names, then a line of as many numbers for each draw";
inline constexpr std::string_view its_common_error = "a column of the common error as well";
inline constexpr std::string_view normal_prior = "a normal or lognormal prior without spike";
inline constexpr std::string_view one_common_error = "one common error";
inline constexpr std::string_view two_names = "two names or more";
// Of a survey's figure in the landscape.
inline constexpr std::string_view one_or_each = "one number, or one for each value";
inline constexpr std::string_view shares = "shares of answers";
inline constexpr std::array of_cells = {plain_quotes,     not_asked,    each_name_once,   draws,
                                        its_common_error, normal_prior, one_common_error, two_names,
                                        one_or_each,      shares};

}  // namespace tremplin::expects
