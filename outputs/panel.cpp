#include "outputs/panel.hpp"

#include <numeric>

#include "engine/base/errors.hpp"
#include "outputs/atomic_file.hpp"
#include "outputs/axis_writer.hpp"
#include "outputs/collect.hpp"
#include "outputs/hdf5/sheet.hpp"
#include "outputs/result_file.hpp"
#include "outputs/status_names.hpp"

namespace tremplin {

namespace {

using hdf5::Dataset;
using hdf5::Sheet;

// 8192 people and 12 months: one person's life and one month's cross-section both read a small part.
const hdf5::Shape chunk = {8192, 12};

// Some people of an office, the first ones.
struct Part {
  const OfficePanel* panel;
  std::size_t n_people;
};

std::vector<Part> first_people(std::span<const OfficePanel> panels, std::size_t most_people) {
  std::vector<Part> parts;
  for (const OfficePanel& panel : panels) {
    const std::size_t n = std::min(panel.people.size(), most_people);
    parts.push_back({&panel, n});
    most_people -= n;
  }
  return parts;
}

class PanelWriter {
 public:
  PanelWriter(const Run& run, std::vector<Part> parts)
      : run_(run),
        parts_(std::move(parts)),
        n_months_(static_cast<std::size_t>(run.plan.report_until - run.plan.report_from)),
        n_people_(std::accumulate(parts_.begin(), parts_.end(), std::size_t{0},
                                  [](std::size_t sum, const Part& part) { return sum + part.n_people; })) {}

  [[nodiscard]] std::size_t n_people() const { return n_people_; }

  std::string bytes() {
    hdf5::File file = hdf5::File::in_memory();
    attributes(file.root());
    inputs(file.root());
    Sheet lives(file.root().create_group("lives"));
    axes(lives);
    people(lives);
    column(lives, PanelColumn::entitlement, "entitlement", entitlement_names, "right to integration");
    column(lives, PanelColumn::disposition, "disposition", disposition_names, "disposition to work");
    column(lives, PanelColumn::contract, "contract", contract_stage_names,
           "stage of the contract, first line");
    column(lives, PanelColumn::activity, "activity", activity_names, "activity of the trajectory");
    column(lives, PanelColumn::exit, "exit", exit_names, "destination of the last exit");
    Dataset days =
        lives.create<std::int8_t>("paid_days", {"person", "month"}, chunk,
                                  {"days paid in the month, arrears included, 127 at most", "day"});
    write(days, PanelColumn::paid_days);
    return file.bytes();
  }

 private:
  void attributes(hdf5::Group& root) const {
    root.set_text("Conventions", "CF-1.8");
    root.set_text("title", "Tremplin: simulated lives, month by month");
    root.set_text("format", std::string(lives_format.name));
    root.set_value("format_version", lives_format.version);
    root.set_text("program_version", run_.program_version);
    root.set_text("command", run_.command);
    root.set_text("scenario", run_.scenarios.back().name);
    root.set_value("seed", run_.seed);
    root.set_value("replicate", std::int64_t{run_.plan.luck.replicate});
    root.set_value("sample", run_.sample);
    root.set_value("fixed_parameters", std::int32_t{run_.fixed_parameters});
  }

  void inputs(hdf5::Group& root) const {
    Sheet to(root.create_group("inputs"));
    to.axis("input", texts_of(run_.inputs, &InputText::name), {"file that went into the run"});
    to.texts("text", "input", texts_of(run_.inputs, &InputText::text), {"its whole text"});
    to.texts("sha256", "input", texts_of(run_.inputs, &InputText::sha256), {"SHA-256 of the whole input"});
  }

  void axes(Sheet& to) const {
    std::vector<std::int32_t> rows(n_people_);
    std::iota(rows.begin(), rows.end(), 0);
    to.axis("person", rows, {"person; the identity is office, appeared, serial, equivalent and by_limit"});
    std::vector<std::int32_t> days;
    for (Month m = run_.plan.report_from; m < run_.plan.report_until; ++m) days.push_back(first_day_of(m));
    Dataset& month = to.axis("month", days, {"first day of the month", time_unit});
    month.set_text("calendar", time_calendar);
    month.set_text("standard_name", "time");
  }

  // One value for each person.
  template <typename T, typename Value>
  std::vector<T> each(Value value) const {
    std::vector<T> values;
    values.reserve(n_people_);
    for (const Part& part : parts_) {
      for (std::size_t i = 0; i < part.n_people; ++i) {
        values.push_back(static_cast<T>(value(part.panel->people[i], part.panel->office)));
      }
    }
    return values;
  }

  void people(Sheet& to) const {
    const auto bits = [](const Person& person) { return static_cast<std::uint32_t>(person.id); };
    const auto day = [](std::int32_t month) { return first_day_of(Month(month)); };
    const auto number = [&](const char* name, auto value, const hdf5::Meaning& meaning) {
      return to.numbers(name, {"person"}, each<std::int32_t>(value), meaning);
    };
    const auto flag = [&](const char* name, auto value, const char* choices, const char* meaning) {
      to.flags(name, "person", each<std::int8_t>(value), choices, {meaning});
    };
    number("office", [](const Person&, CpasId office) { return office; }, {"number of the CPAS"});
    number("appeared", [&](const Person& p, CpasId) { return first_day_of(appeared_in(p.id)); },
           {"month in which the person became eligible", time_unit})
        .set_text("calendar", time_calendar);
    number("serial", [&](const Person& p, CpasId) { return bits(p) & serials; },
           {"number within office, month and kind"});
    number("born", [&](const Person& p, CpasId) { return day(p.born); }, {"month of birth", time_unit})
        .set_text("calendar", time_calendar);
    flag(
        "equivalent", [](const Person& p, CpasId) { return p.comes_for_equivalent; }, "no yes",
        "comes for equivalent income");
    flag(
        "by_limit", [&](const Person& p, CpasId) { return (bits(p) & serial_of_benefit_ended) != 0; },
        "no yes",
        "appeared because unemployment benefit ended by its limit in time (u before the serial number)");
    flag(
        "benefit_ended", [](const Person& p, CpasId) { return p.benefit_ended; }, "no yes",
        "asked because unemployment benefit ended so, at first or on a return");
    flag(
        "sex", [](const Person& p, CpasId) { return p.woman; }, "man woman", "sex");
    flag(
        "category", [](const Person& p, CpasId) { return p.category; }, "cohabitant single family",
        "household category");
    flag(
        "student", [](const Person& p, CpasId) { return p.student; }, "no yes", "student");
    flag(
        "homeless", [](const Person& p, CpasId) { return p.homeless; }, "no yes", "homeless");
    flag(
        "lone_parent", [](const Person& p, CpasId) { return p.lone_parent; }, "no yes", "lone parent");
    flag(
        "health_limited", [](const Person& p, CpasId) { return p.health_limited; }, "no yes",
        "health limitation, when last in care");
    flag(
        "insured_before", [](const Person& p, CpasId) { return p.insured_before; }, "no yes",
        "unemployment insurance before");
    flag(
        "low_education", [](const Person& p, CpasId) { return p.low_education; }, "no yes", "low education");
    flag(
        "non_eu", [](const Person& p, CpasId) { return p.non_eu; }, "no yes",
        "nationality of a country outside the EU");
  }

  template <std::size_t n>
  void column(Sheet& to, PanelColumn which, const char* name, const std::array<std::string_view, n>& names,
              const char* meaning) const {
    Dataset dataset = to.create<std::int8_t>(name, {"person", "month"}, chunk, {meaning});
    std::array<std::int8_t, n> values{};
    std::iota(values.begin(), values.end(), std::int8_t{0});
    dataset.set_values("flag_values", std::span<const std::int8_t>(values));
    dataset.set_text("flag_meanings", joined(names));
    write(dataset, which);
  }

  void write(Dataset& dataset, PanelColumn which) const {
    std::vector<std::int8_t> cells;
    cells.reserve(n_people_ * n_months_);
    for (const Part& part : parts_) {
      const auto& from = part.panel->cells[static_cast<std::size_t>(which)];
      cells.insert(cells.end(), from.begin(),
                   from.begin() + static_cast<std::ptrdiff_t>(part.n_people * n_months_));
    }
    dataset.write(std::span<const std::int8_t>(cells));
  }

  const Run& run_;
  std::vector<Part> parts_;
  std::size_t n_months_;
  std::size_t n_people_;
};

}  // namespace

std::size_t write_panel(const Run& run, std::span<const OfficePanel> panels, std::size_t most_people,
                        const std::filesystem::path& path) {
  check_writable(path);
  const hdf5::SilencedErrors silenced;
  PanelWriter writer(run, first_people(panels, most_people));
  std::string bytes;
  try {
    bytes = writer.bytes();
    bytes += seal_of(bytes);
  } catch (const hdf5::Error& error) {
    throw InputError(Fault{.kind = FaultKind::unwritable, .source = path.string(), .found = error.what()});
  }
  write_file(path, bytes);
  return writer.n_people();
}

}  // namespace tremplin
