#include "outputs/panel.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <utility>

#include "engine/base/draw.hpp"
#include "engine/base/errors.hpp"
#include "outputs/atomic_file.hpp"
#include "outputs/axis_writer.hpp"
#include "outputs/collect.hpp"
#include "outputs/hdf5/sheet.hpp"
#include "outputs/result_file.hpp"
#include "outputs/status_names.hpp"
#include "outputs/tables.hpp"

namespace tremplin {

namespace {

using hdf5::Dataset;
using hdf5::Sheet;

// 8192 people and 12 months: one person's life and one month's cross-section both read a small part.
const hdf5::Shape chunk = {8192, 12};

// Some people of an office, and what each of them stands for.
struct Part {
  const OfficePanel* panel;
  const Office* office;
  std::vector<std::size_t> rows;  // of the panel, rising
  double weight;
};

// Where a person stands, and the lot by which a sample is drawn: no life draws anything in that month.
struct Lot {
  std::uint32_t word;
  std::uint32_t panel;
  std::uint32_t row;
  friend auto operator<=>(const Lot&, const Lot&) = default;
};

std::uint32_t word_of(std::uint64_t seed, PersonId person) {
  return Draws({.seed = seed, .replicate = 0}, person, Month(1900, 1)).word(Decision::landscape_sample);
}

// The people with the lowest words, in the order of the panels.
std::vector<Lot> drawn(std::uint64_t seed, std::span<const OfficePanel> panels, std::size_t n) {
  std::vector<Lot> lots;
  for (std::uint32_t p = 0; p < panels.size(); ++p) {
    for (std::uint32_t row = 0; row < panels[p].people.size(); ++row)
      lots.push_back({word_of(seed, person_id(panels[p].office, panels[p].people[row].id)), p, row});
  }
  if (n < lots.size()) {
    std::ranges::nth_element(lots, lots.begin() + static_cast<std::ptrdiff_t>(n));
    lots.resize(n);
  }
  std::ranges::sort(lots, {}, [](const Lot& lot) { return std::pair{lot.panel, lot.row}; });
  return lots;
}

// What each stands for: as many as its stratum's sample of CPAS, times the people for each one drawn.
std::vector<Part> parts_of(const Run& run, std::span<const OfficePanel> panels, std::size_t most_people) {
  std::map<CpasId, const Office*> offices;
  for (const Office& office : run.offices) offices[office.id] = &office;
  const std::size_t n_people =
      std::accumulate(panels.begin(), panels.end(), std::size_t{0},
                      [](std::size_t sum, const OfficePanel& panel) { return sum + panel.people.size(); });
  const double each =
      n_people > most_people ? static_cast<double>(n_people) / static_cast<double>(most_people) : 1;
  std::vector<Part> parts;
  for (const OfficePanel& panel : panels) {
    const Office* office = offices.at(panel.office);
    const double of_stratum = run.stratum_weights[static_cast<std::size_t>(stratum_of(*office))];
    parts.push_back({.panel = &panel, .office = office, .rows = {}, .weight = of_stratum * each});
  }
  for (const Lot& lot : drawn(run.seed, panels, most_people)) parts[lot.panel].rows.push_back(lot.row);
  return parts;
}

class PanelWriter {
 public:
  PanelWriter(const Run& run, std::vector<Part> parts)
      : run_(run),
        parts_(std::move(parts)),
        n_months_(static_cast<std::size_t>(run.plan.report_until - run.plan.report_from)),
        n_people_(std::accumulate(parts_.begin(), parts_.end(), std::size_t{0},
                                  [](std::size_t sum, const Part& part) { return sum + part.rows.size(); })) {
  }

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
      for (const std::size_t row : part.rows)
        values.push_back(static_cast<T>(value(part.panel->people[row], part)));
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
    number("office", [](const Person&, const Part& part) { return part.panel->office; },
           {"number of the CPAS"});
    number("appeared", [&](const Person& p, const Part&) { return first_day_of(appeared_in(p.id)); },
           {"month in which the person became eligible", time_unit})
        .set_text("calendar", time_calendar);
    number("serial", [&](const Person& p, const Part&) { return bits(p) & serials; },
           {"number within office, month and kind"});
    number("born", [&](const Person& p, const Part&) { return day(p.born); }, {"month of birth", time_unit})
        .set_text("calendar", time_calendar);
    flag(
        "equivalent", [](const Person& p, const Part&) { return p.comes_for_equivalent; }, "no yes",
        "comes for equivalent income");
    flag(
        "by_limit", [&](const Person& p, const Part&) { return (bits(p) & serial_of_benefit_ended) != 0; },
        "no yes",
        "appeared because unemployment benefit ended by its limit in time (u before the serial number)");
    flag(
        "benefit_ended", [](const Person& p, const Part&) { return p.benefit_ended; }, "no yes",
        "asked because unemployment benefit ended so, at first or on a return");
    flag(
        "sex", [](const Person& p, const Part&) { return p.woman; }, "man woman", "sex");
    flag(
        "category", [](const Person& p, const Part&) { return p.category; }, "cohabitant single family",
        "household category");
    flag(
        "student", [](const Person& p, const Part&) { return p.student; }, "no yes", "student");
    flag(
        "homeless", [](const Person& p, const Part&) { return p.homeless; }, "no yes", "homeless");
    flag(
        "lone_parent", [](const Person& p, const Part&) { return p.lone_parent; }, "no yes", "lone parent");
    flag(
        "health_limited", [](const Person& p, const Part&) { return p.health_limited; }, "no yes",
        "health limitation, when last in care");
    flag(
        "insured_before", [](const Person& p, const Part&) { return p.insured_before; }, "no yes",
        "unemployment insurance before");
    flag(
        "low_education", [](const Person& p, const Part&) { return p.low_education; }, "no yes",
        "low education");
    flag(
        "non_eu", [](const Person& p, const Part&) { return p.non_eu; }, "no yes",
        "nationality of a country outside the EU");
    place(to);
  }

  // The stratum of the person's CPAS, and the weight of the person.
  void place(Sheet& to) const {
    const auto of_office = [&](const char* name, auto value, const std::string& choices,
                               const char* meaning) {
      to.flags(name, "person",
               each<std::int8_t>([&](const Person&, const Part& part) { return value(*part.office); }),
               choices, {meaning});
    };
    of_office(
        "region", [](const Office& office) { return office.region; }, joined(region_names), "region");
    of_office(
        "size_class", [](const Office& office) { return office.size(); }, joined(size_class_names),
        "inhabitants of the commune");
    of_office(
        "income_group", [](const Office& office) { return office.income_group; }, joined(income_group_names),
        "income group of the commune, GR1 the poorest");
    to.numbers("weight", {"person"},
               each<double>([](const Person&, const Part& part) { return part.weight; }),
               {"people that this one stands for; 1 where neither CPAS nor people were sampled", "1"});
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
      for (const std::size_t row : part.rows) {
        const auto life = from.begin() + static_cast<std::ptrdiff_t>(row * n_months_);
        cells.insert(cells.end(), life, life + static_cast<std::ptrdiff_t>(n_months_));
      }
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
  PanelWriter writer(run, parts_of(run, panels, most_people));
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
