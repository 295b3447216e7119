// A group in which every array has named axes, and every axis its coordinate in the same group: what
// xarray asks for. Meanings and units follow the CF conventions (long_name, units, flag_values).
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "outputs/hdf5/file.hpp"

namespace tremplin::hdf5 {

// What an array means; the unit may be empty.
struct Meaning {
  std::string_view text;
  std::string_view unit = {};
};

class Sheet {
 public:
  explicit Sheet(Group group) : group_(std::move(group)) {}
  [[nodiscard]] Group& group() { return group_; }

  // Coordinates of axes, before the arrays that use them.
  Dataset& axis(const std::string& name, const std::vector<std::string>& labels, const Meaning& meaning);
  Dataset& axis(const std::string& name, const std::vector<std::int32_t>& numbers, const Meaning& meaning);

  // Arrays along axes that exist.
  Dataset texts(const std::string& name, const std::string& axis, const std::vector<std::string>& texts,
                const Meaning& meaning);
  template <typename T>
  Dataset numbers(const std::string& name, const std::vector<std::string>& axes, const std::vector<T>& values,
                  const Meaning& meaning) {
    Dataset dataset = create<T>(name, axes, {}, meaning);
    dataset.write(std::span<const T>(values));
    return dataset;
  }
  // Whole numbers that stand for names: 0 for the first of `choices`, which are separated by blanks.
  Dataset flags(const std::string& name, const std::string& axis, const std::vector<std::int8_t>& values,
                std::string_view choices, const Meaning& meaning);
  // An array yet to be written; its chunks as far as they are not empty.
  template <typename T>
  Dataset create(const std::string& name, const std::vector<std::string>& axes, const Shape& chunk,
                 const Meaning& meaning) {
    Dataset dataset = group_.create<T>(name, {.shape = shape_of(axes), .chunk = chunk});
    describe(dataset, axes, meaning);
    return dataset;
  }

 private:
  [[nodiscard]] Shape shape_of(const std::vector<std::string>& axes) const;
  Dataset& add_axis(const std::string& name, Dataset scale, const Meaning& meaning);
  void describe(Dataset& dataset, const std::vector<std::string>& axes, const Meaning& meaning);

  Group group_;
  std::map<std::string, Dataset> scales_;
};

}  // namespace tremplin::hdf5
