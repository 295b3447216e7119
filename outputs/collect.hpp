// Columns out of rows: one text or number for each element of a range.
#pragma once

#include <functional>
#include <string>
#include <vector>

namespace tremplin {

template <typename Range, typename Get>
std::vector<std::string> texts_of(const Range& range, Get get) {
  std::vector<std::string> texts;
  for (const auto& element : range) texts.emplace_back(std::invoke(get, element));
  return texts;
}

template <typename T, typename Range, typename Get>
std::vector<T> values_of(const Range& range, Get get) {
  std::vector<T> values;
  for (const auto& element : range) values.push_back(static_cast<T>(std::invoke(get, element)));
  return values;
}

}  // namespace tremplin
