// Questions to the law: what holds on a day, since when, and by which text.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "scenarios/law.hpp"

namespace tremplin {

struct LawValue {
  std::string path;
  std::string meaning;      // the registry's
  std::string description;  // the file's
  Unit unit{};
  double value = 0;
  Date in_force_since;     // may lie after the day asked: the first value holds backwards
  bool new_files = false;  // older files keep the value before
  ValueClass value_class{};
  std::string reference;
  std::string note;
};

// The value on a day (a value counts from its own day here, not from a month). Throws InputError with
// the nearest lever's path if there is no such lever.
LawValue law_value_at(const Law& law, std::string_view path, Date date);

// Every lever on a day: {"date": …, "levers": {path: {value, unit, since, class, reference, …}}}.
nlohmann::json dump_law(const Law& law, Date date);

}  // namespace tremplin
