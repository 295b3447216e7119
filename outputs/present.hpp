// Numbers as people read them: the marks of each language, as many digits as the number deserves, and one
// rounding for a whole row, so that a difference can be checked by eye.
#pragma once

#include <string>

#include "engine/base/month.hpp"
#include "outputs/compare.hpp"
#include "outputs/labels.hpp"

namespace tremplin {

// French writes 1 234,5 (with a narrow space that does not break), Dutch 1.234,5, English 1,234.5. Negative
// numbers take a true minus; `plus` puts a sign before positive ones too. Not-a-number is a dash.
std::string format_number(double value, int decimals, Language language, bool plus = false);

// What follows a number in per cent: a narrow space and the sign in French, the sign in Dutch and English.
const char* percent_sign(Language language);

// What stands between a head and its content: French wants a space that does not break before the colon.
const char* colon(Language language);

// Decimals that leave about three digits to a number of this size: 0 (from 100 on) to 3.
int decimals_for(double size);

// "0,00104 – 0,00131": as many decimals as leave two digits to the width, or three to the larger end.
std::string format_range(double low, double high, Language language);

// "janvier 2014", "januari 2014", "January 2014".
std::string format_month(Month month, Language language);

// How large the thing is that is shown. Of the country money stands in millions of euros and hours in
// thousands a year, of one CPAS in thousands of euros and in hours a month.
enum class Magnitude : std::uint8_t { country, office };
inline Magnitude magnitude_of(const Run& run) { return run.own ? Magnitude::office : Magnitude::country; }

// What a value is multiplied by to be shown; shares stand in per cent.
double shown_scale(IndicatorUnit unit, Magnitude magnitude);

// The sentence that says what the intervals of a run hold.
Say what_intervals_hold(const Run& run);

// A contrast of one indicator in words and digits, times shown_scale (differences of shares in points).
struct Shown {
  std::string base;
  std::string reform;
  std::string base_interval;  // empty without one
  std::string difference;
  std::string interval;  // "[−1,2 ; 3,4]" in French, "[−1,2; 3,4]" in Dutch, empty without one
  bool marked = false;   // ranked, and not by less than is shown
  std::string relative;  // "+2,0 %", empty without one
};
Shown show(const Contrast& contrast, IndicatorUnit unit, Language language, const Labels& labels,
           Magnitude magnitude = Magnitude::country);

// A value of an office column: the words of a choice, per cent for shares and probabilities, else a number.
std::string office_value(const OfficeColumn& column, double value, Language language, const Labels& labels);

// "personnes, moyenne mensuelle", "millions d’euros, par an", "%".
std::string unit_in_words(const IndicatorEntry& entry, Language language, const Labels& labels,
                          Magnitude magnitude = Magnitude::country);
// "pers.", "M€/an".
std::string short_unit(const IndicatorEntry& entry, Language language, const Labels& labels,
                       Magnitude magnitude = Magnitude::country);
// The unit of a difference: points for shares, else as the level's, without what it is per.
std::string difference_unit(const IndicatorEntry& entry, Language language, const Labels& labels,
                            Magnitude magnitude = Magnitude::country);

}  // namespace tremplin
