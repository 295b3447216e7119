#include "scenarios/landscape/office_columns.hpp"

#include <algorithm>
#include <array>
#include <type_traits>

namespace tremplin {

namespace {

// A field added to Office or Practice needs its line in office_columns.def: files would lose it.
static_assert(sizeof(Practice) == 224 && sizeof(Office) == 312, "add the field to office_columns.def");

constexpr std::array columns = {
#define OFFICE_COLUMN(name, field, unit, choices, minimum, maximum, loading, figures, meaning) \
  OfficeColumn{#name,                                                                          \
               unit,                                                                           \
               choices,                                                                        \
               minimum,                                                                        \
               maximum,                                                                        \
               loading,                                                                        \
               figures,                                                                        \
               meaning,                                                                        \
               std::string_view(#field).starts_with("practice."),                              \
               [](const Office& office) { return static_cast<double>(office.field); },         \
               [](Office& office, double value) {                                              \
                 using Field = std::remove_reference_t<decltype((office.field))>;              \
                 office.field = static_cast<Field>(value);                                     \
               }},
#include "scenarios/landscape/office_columns.def"
#undef OFFICE_COLUMN
};

}  // namespace

int OfficeColumn::n_choices() const { return static_cast<int>(words_of(choices).size()); }

std::span<const OfficeColumn> office_columns() { return columns; }

const OfficeColumn& office_column(std::string_view name) {
  return *std::ranges::find(columns, name, &OfficeColumn::name);
}

std::vector<std::string_view> words_of(std::string_view list) {
  std::vector<std::string_view> words;
  while (!list.empty()) {
    const std::size_t end = std::min(list.find(' '), list.size());
    if (end > 0) words.push_back(list.substr(0, end));
    list.remove_prefix(std::min(end + 1, list.size()));
  }
  return words;
}

}  // namespace tremplin
