// Units of levers, parameters and tallies. The name written in YAML and HDF5 is the enumerator's.
#pragma once

#include <array>
#include <string_view>

namespace tremplin {

#define TREMPLIN_UNITS(UNIT)                                                                              \
  UNIT(euro_per_month)                                                                                    \
  UNIT(euro_per_year)                                                                                     \
  UNIT(days)                                                                                              \
  UNIT(months)                                                                                            \
  UNIT(years) UNIT(yes_no) UNIT(hours) UNIT(per_year) UNIT(share) UNIT(factor) UNIT(choice) UNIT(persons) \
      UNIT(files) UNIT(file) UNIT(count) UNIT(fte_per_1000) UNIT(probability) UNIT(per_month)             \
          UNIT(hazard_ratio) UNIT(index) UNIT(person) UNIT(person_months) UNIT(decision) UNIT(contract)   \
              UNIT(cent) UNIT(evaluation) UNIT(activity) UNIT(place) UNIT(household) UNIT(minute)         \
                  UNIT(fte_hundredths) UNIT(sanction) UNIT(exemption) UNIT(child) UNIT(milli_index)       \
                      UNIT(log_odds) UNIT(review)

enum class Unit {
#define UNIT(name) name,
  TREMPLIN_UNITS(UNIT)
#undef UNIT
};

constexpr std::string_view name_of(Unit unit) {
  constexpr std::array names = {
#define UNIT(name) std::string_view(#name),
      TREMPLIN_UNITS(UNIT)
#undef UNIT
  };
  return names[static_cast<std::size_t>(unit)];
}

}  // namespace tremplin
