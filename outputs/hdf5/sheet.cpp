#include "outputs/hdf5/sheet.hpp"

#include <algorithm>
#include <numeric>

namespace tremplin::hdf5 {

namespace {
void set_meaning(Dataset& dataset, const Meaning& meaning) {
  dataset.set_text("long_name", std::string(meaning.text));
  if (!meaning.unit.empty()) dataset.set_text("units", std::string(meaning.unit));
}
}  // namespace

Dataset& Sheet::axis(const std::string& name, const std::vector<std::string>& labels,
                     const Meaning& meaning) {
  return add_axis(name, group_.create_texts(name, labels), meaning);
}

Dataset& Sheet::axis(const std::string& name, const std::vector<std::int32_t>& numbers,
                     const Meaning& meaning) {
  Dataset scale = group_.create<std::int32_t>(name, {.shape = {numbers.size()}});
  scale.write(std::span<const std::int32_t>(numbers));
  return add_axis(name, std::move(scale), meaning);
}

Dataset& Sheet::add_axis(const std::string& name, Dataset scale, const Meaning& meaning) {
  scale.become_scale(name);
  set_meaning(scale, meaning);
  return scales_.insert_or_assign(name, std::move(scale)).first->second;
}

Dataset Sheet::texts(const std::string& name, const std::string& axis, const std::vector<std::string>& texts,
                     const Meaning& meaning) {
  Dataset dataset = group_.create_texts(name, texts);
  describe(dataset, {axis}, meaning);
  return dataset;
}

Dataset Sheet::flags(const std::string& name, const std::string& axis, const std::vector<std::int8_t>& values,
                     std::string_view choices, const Meaning& meaning) {
  Dataset dataset = numbers(name, {axis}, values, meaning);
  std::vector<std::int8_t> flags(static_cast<std::size_t>(std::ranges::count(choices, ' ')) + 1);
  std::iota(flags.begin(), flags.end(), std::int8_t{0});
  dataset.set_values("flag_values", std::span<const std::int8_t>(flags));
  dataset.set_text("flag_meanings", std::string(choices));
  return dataset;
}

Shape Sheet::shape_of(const std::vector<std::string>& axes) const {
  Shape shape;
  for (const std::string& axis : axes) shape.push_back(scales_.at(axis).size());
  return shape;
}

void Sheet::describe(Dataset& dataset, const std::vector<std::string>& axes, const Meaning& meaning) {
  for (unsigned i = 0; i < axes.size(); ++i) dataset.attach_scale(i, scales_.at(axes[i]));
  set_meaning(dataset, meaning);
}

}  // namespace tremplin::hdf5
