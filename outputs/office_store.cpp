#include "outputs/office_store.hpp"

#include <fmt/format.h>

#include <cmath>
#include <limits>

#include "outputs/collect.hpp"
#include "scenarios/date.hpp"

namespace tremplin {

namespace {

using hdf5::Error;
using hdf5::Group;
using hdf5::Sheet;

constexpr std::array categories = {"cohabitant", "single", "family"};
constexpr double not_stated = std::numeric_limits<double>::quiet_NaN();

std::optional<double> stated(double value) { return std::isnan(value) ? std::nullopt : std::optional(value); }

// "2019" or "2019-06".
std::string text_of(Reference reference) {
  return reference.month == 0 ? fmt::format("{}", reference.year) : to_string(reference.from());
}

Reference reference_of(const std::string& text) {
  const auto date = parse_date(text.size() == 4 ? text + "-01" : text);
  if (!date) throw Error("not a reference: " + text);
  return {date->month.year(), text.size() == 4 ? 0 : date->month.of_year()};
}

// One column of alignments, in the order of the replicates.
struct AlignmentColumn {
  const char* name;
  const char* meaning;
  const char* unit;
  double Alignment::*field;
};
constexpr std::array alignment_columns = {
    AlignmentColumn{"inflow", "factor on first requests for integration income", "1", &Alignment::inflow},
    AlignmentColumn{"inflow_equivalent", "factor on first requests for equivalent income", "1",
                    &Alignment::inflow_equivalent},
    AlignmentColumn{"paid", "people paid integration income in the reference, baseline", "person",
                    &Alignment::paid},
    AlignmentColumn{"paid_equivalent", "people paid equivalent income in the reference, baseline", "person",
                    &Alignment::paid_equivalent},
};
struct CategoryColumn {
  const char* name;
  const char* meaning;
  const char* unit;
  std::array<double, 3> Alignment::*field;
};
constexpr std::array category_columns = {
    CategoryColumn{"category_factor", "factor on the share of a category among those who come", "1",
                   &Alignment::category},
    CategoryColumn{"paid_by_category", "people paid integration income in the reference, baseline", "person",
                   &Alignment::paid_by_category},
};

std::vector<double> column(const Group& group, const std::string& name, std::size_t length) {
  std::vector<double> values = group.dataset(name).read<double>();
  if (values.size() != length) throw Error("array " + name + " of another length");
  return values;
}

}  // namespace

void write_office_columns(Sheet& to, const std::string& axis, const std::vector<Office>& offices) {
  for (const OfficeColumn& column : office_columns().subspan(1)) {
    const std::string name(column.name);
    const hdf5::Meaning meaning{column.meaning, column.unit};
    if (column.n_choices() > 0) {
      to.flags(name, axis, values_of<std::int8_t>(offices, column.get), column.choices, {column.meaning});
    } else if (column.whole()) {
      to.numbers(name, {axis}, values_of<std::int32_t>(offices, column.get), meaning);
    } else {
      to.numbers(name, {axis}, values_of<double>(offices, column.get), meaning);
    }
  }
}

void read_office_columns(const Group& group, std::vector<Office>& offices) {
  for (const OfficeColumn& office_column : office_columns().subspan(1)) {
    const std::string name(office_column.name);
    const std::vector<double> values = column(group, name, offices.size());
    const int n_choices = office_column.n_choices();
    for (std::size_t i = 0; i < values.size(); ++i) {
      // The engine indexes tables by these.
      if (n_choices > 0 && !(values[i] >= 0 && values[i] < n_choices)) throw Error(name + " out of range");
      if (n_choices == 0 && std::abs(values[i]) > 1e9) throw Error(name + " out of range");
      office_column.set(offices[i], values[i]);
    }
  }
}

void write_own_cpas(Sheet& to, const OwnCpas& own) {
  Group& group = to.group();
  group.set_text("name", own.name);
  group.set_text("reference", text_of(own.reference));
  group.set_value("align", std::int32_t{own.align});
  group.set_text("preset", own.preset);
  group.set_value("stated_paid", own.stated.paid.value_or(not_stated));
  group.set_value("stated_equivalent", own.stated.equivalent.value_or(not_stated));
  for (std::size_t c = 0; c < categories.size(); ++c) {
    group.set_value(std::string("stated_") + categories[c],
                    own.stated.by_category ? (*own.stated.by_category)[c] : not_stated);
  }
  to.axis("settled", texts_of(own.settled, &StatedValue::column), {"column that the file settles"});
  to.numbers("settled_value", {"settled"}, values_of<double>(own.settled, &StatedValue::value),
             {"its value; workers and places as of the reference"});
  to.axis("left_out", own.left_out, {"column that comes from the landscape, replicate by replicate"});
  write_office_columns(to, "replicate", own.offices);
  for (const AlignmentColumn& c : alignment_columns)
    to.numbers(c.name, {"replicate"}, values_of<double>(own.alignments, c.field), {c.meaning, c.unit});
  to.numbers("n_simulations", {"replicate"},
             values_of<std::int32_t>(own.alignments, &Alignment::n_simulations),
             {"simulations that the alignment took"});
  to.axis("category", std::vector<std::string>(categories.begin(), categories.end()),
          {"category of integration income"});
  for (const CategoryColumn& c : category_columns) {
    std::vector<double> values;
    for (const Alignment& alignment : own.alignments)
      for (const double value : alignment.*c.field) values.push_back(value);
    to.numbers(c.name, {"replicate", "category"}, values, {c.meaning, c.unit});
  }
}

OwnCpas read_own_cpas(const Group& group) {
  OwnCpas own;
  own.name = group.text("name");
  own.reference = reference_of(group.text("reference"));
  own.align = group.value<std::int32_t>("align") != 0;
  own.preset = group.text("preset");
  own.stated.paid = stated(group.value<double>("stated_paid"));
  own.stated.equivalent = stated(group.value<double>("stated_equivalent"));
  std::array<double, 3> by_category{};
  for (std::size_t c = 0; c < categories.size(); ++c)
    by_category[c] = group.value<double>(std::string("stated_") + categories[c]);
  if (!std::isnan(by_category[0])) own.stated.by_category = by_category;
  const std::vector<std::string> names = group.dataset("settled").read_texts();
  const std::vector<double> values = column(group, "settled_value", names.size());
  for (std::size_t i = 0; i < names.size(); ++i) own.settled.push_back({names[i], values[i]});
  own.left_out = group.dataset("left_out").read_texts();
  const std::size_t n = group.dataset("replicate").size();
  own.offices.resize(n);
  read_office_columns(group, own.offices);
  for (Office& office : own.offices) office.id = own_cpas_id;
  own.alignments.resize(n);
  for (const AlignmentColumn& c : alignment_columns) {
    const std::vector<double> read = column(group, c.name, n);
    for (std::size_t r = 0; r < n; ++r) own.alignments[r].*c.field = read[r];
  }
  const std::vector<double> simulations = column(group, "n_simulations", n);
  for (std::size_t r = 0; r < n; ++r) own.alignments[r].n_simulations = static_cast<int>(simulations[r]);
  for (const CategoryColumn& c : category_columns) {
    const std::vector<double> read = column(group, c.name, n * categories.size());
    for (std::size_t i = 0; i < read.size(); ++i)
      (own.alignments[i / categories.size()].*c.field)[i % categories.size()] = read[i];
  }
  return own;
}

}  // namespace tremplin
