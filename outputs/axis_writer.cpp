#include "outputs/axis_writer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <stdexcept>

#include "outputs/collect.hpp"
#include "outputs/registries.hpp"

namespace tremplin {

using hdf5::Sheet;

namespace {
std::vector<std::int32_t> counted_from_zero(std::size_t n) {
  std::vector<std::int32_t> numbers(n);
  std::iota(numbers.begin(), numbers.end(), 0);
  return numbers;
}
}  // namespace

std::string joined(std::span<const std::string_view> names) {
  return fmt::format("{}", fmt::join(names, " "));
}

void AxisWriter::add(Sheet& to, std::string_view name) const {
  struct Entry {
    std::string_view name;
    void (AxisWriter::*write)(Sheet&) const;
  };
  constexpr std::array entries = {
      Entry{"scenario", &AxisWriter::scenario}, Entry{"replicate", &AxisWriter::replicate},
      Entry{"month", &AxisWriter::month},       Entry{"stratum", &AxisWriter::stratum},
      Entry{"tally", &AxisWriter::tally},       Entry{"account", &AxisWriter::account},
      Entry{"task", &AxisWriter::task},         Entry{"measure", &AxisWriter::measure},
      Entry{"days", &AxisWriter::days},         Entry{"office", &AxisWriter::office}};
  if (to.group().has(std::string(name))) return;
  const auto* entry = std::ranges::find(entries, name, &Entry::name);
  if (entry == entries.end()) throw std::logic_error("no axis " + std::string(name));
  (this->*entry->write)(to);
}

std::string AxisWriter::coordinates_of(const ResultTable& table) {
  std::vector<std::string_view> names;
  for (const TableAxis& axis : table.axes) {
    if (axis.name == "stratum" || axis.name == "office") {
      names.push_back("region size_class income_group weight");
    }
    if (axis.name == "tally") names.push_back("unit kind scope meaning");
    if (axis.name == "account") names.push_back("account_meaning");
    if (axis.name == "task") names.push_back("line task_meaning");
  }
  return joined(names);
}

void AxisWriter::scenario(Sheet& to) const {
  to.axis("scenario", texts_of(run_.scenarios, &ScenarioInfo::name), {"scenario, the base first"});
}

void AxisWriter::replicate(Sheet& to) const {
  to.axis("replicate", counted_from_zero(run_.n_replicates()),
          {"replicate: one draw of luck and parameters, shared by all scenarios"});
}

void AxisWriter::month(Sheet& to) const {
  std::vector<std::int32_t> first_days;
  for (Month m = run_.plan.report_from; m < run_.plan.report_until; ++m) {
    first_days.push_back(first_day_of(m));
  }
  hdf5::Dataset& scale = to.axis("month", first_days, {"first day of the month", time_unit});
  scale.set_text("calendar", time_calendar);
  scale.set_text("standard_name", "time");
}

void AxisWriter::stratum(Sheet& to) const {
  to.axis("stratum", texts_of(axes_.strata, stratum_name),
          {"region, size class and income group; strata without an office are left out"});
  const auto part = [&](int Stratum::*member) {
    return values_of<std::int8_t>(axes_.strata, [&](std::size_t s) { return stratum_at(s).*member; });
  };
  to.flags("region", "stratum", part(&Stratum::region), joined(region_names), {"region"});
  to.flags("size_class", "stratum", part(&Stratum::size_class), joined(size_class_names),
           {"inhabitants of the commune"});
  to.flags("income_group", "stratum", part(&Stratum::income_group), joined(income_group_names),
           {"income group of the commune, GR1 the poorest"});
  to.numbers("weight", {"stratum"},
             values_of<double>(axes_.strata, [&](std::size_t s) { return run_.stratum_weights[s]; }),
             {"what one count stands for; 1 without sampling", "1"});
}

void AxisWriter::tally(Sheet& to) const {
  std::vector<TallyEntry> all;
  for (const std::size_t i : axes_.tallies) all.push_back(all_tallies()[i]);
  to.axis("tally", texts_of(all, &TallyEntry::name), {"what is counted"});
  to.texts("unit", "tally", texts_of(all, [](const TallyEntry& t) { return name_of(t.unit); }),
           {"unit of the count"});
  to.texts("meaning", "tally", texts_of(all, &TallyEntry::meaning), {"meaning of the count"});
  to.flags("kind", "tally", values_of<std::int8_t>(all, &TallyEntry::kind), "stock flow",
           {"stock: in the month; flow: events in the month"});
  to.flags("scope", "tally", values_of<std::int8_t>(all, &TallyEntry::scope), "rule behaviour",
           {"rule: from law and counting alone; behaviour: rests on assumed or calibrated behaviour"});
}

void AxisWriter::account(Sheet& to) const {
  std::vector<TallyEntry> all;
  for (const std::size_t i : axes_.accounts) all.push_back(all_tallies()[i]);
  to.axis("account", texts_of(all, &TallyEntry::name), {"account, in cents; a flow"});
  to.texts("account_meaning", "account", texts_of(all, &TallyEntry::meaning), {"meaning of the account"});
}

void AxisWriter::task(Sheet& to) const {
  const auto all = all_tasks();
  to.axis("task", texts_of(all, &TaskEntry::name), {"task of social workers"});
  to.numbers("line", {"task"}, values_of<std::int32_t>(all, &TaskEntry::line),
             {"1: general social service; 2: integration service", "1"});
  to.texts("task_meaning", "task", texts_of(all, &TaskEntry::meaning), {"meaning of the task"});
}

void AxisWriter::measure(Sheet& to) const {
  to.axis("measure", std::vector<std::string>(workload_names.begin(), workload_names.end()),
          {"what is measured of a task"});
}

void AxisWriter::days(Sheet& to) const {
  to.axis("days", counted_from_zero(cohort_window_days + 1),
          {"days paid in the 730 days from the first paid day", "day"});
}

void AxisWriter::office(Sheet& to) const {
  const OfficeColumn& id = office_columns().front();
  to.axis("office", values_of<std::int32_t>(run_.offices, id.get), {id.meaning});
}

}  // namespace tremplin
