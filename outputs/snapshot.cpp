#include "outputs/snapshot.hpp"

#include <fmt/format.h>

#include <numeric>

#include "engine/base/errors.hpp"
#include "outputs/axis_writer.hpp"
#include "outputs/collect.hpp"
#include "outputs/input_store.hpp"
#include "outputs/result_file.hpp"
#include "outputs/snapshot_columns.hpp"
#include "outputs/snapshot_origin.hpp"
#include "scenarios/date.hpp"

namespace tremplin {

namespace {

using hdf5::Error;
using hdf5::Group;
using hdf5::Sheet;

// A field added here needs its place below and in FORMAT.md.
static_assert(sizeof(Snapshot) == 152 && sizeof(RunResult) == 120 && sizeof(Plan) == 48);

std::string group_of(std::size_t replicate) { return fmt::format("replicate_{}", replicate); }

std::vector<std::int32_t> counting(std::size_t n) {
  std::vector<std::int32_t> numbers(n);
  std::iota(numbers.begin(), numbers.end(), 0);
  return numbers;
}

void month_axis(Sheet& to, Month from, std::size_t n) {
  std::vector<std::int32_t> days;
  for (std::size_t m = 0; m < n; ++m) days.push_back(first_day_of(from + static_cast<int>(m)));
  hdf5::Dataset& axis = to.axis("month", days, {"first day of the month", time_unit});
  axis.set_text("calendar", time_calendar);
}

void write_people(Group& replicate, const std::vector<OfficeState>& offices) {
  Sheet to(replicate.create_group("people"));
  std::vector<std::int32_t> slots;
  for (const OfficeState& office : offices) {
    const std::vector<std::int32_t> own = counting(office.people.size());
    slots.insert(slots.end(), own.begin(), own.end());
  }
  to.axis("person", slots, {"slot in the office; offices one after the other"});
  for_each_person_column([&]<typename Value>(const snapshot::Column<Person, Value>& column) {
    std::vector<Value> values;
    values.reserve(slots.size());
    for (const OfficeState& office : offices)
      for (const Person& person : office.people) values.push_back(column.get(person));
    to.numbers(column.name, {"person"}, values, {column.name});
  });
}

void write_offices(Group& replicate, const std::vector<OfficeState>& offices, Month burn_in_from) {
  Sheet to(replicate.create_group("offices"));
  to.axis("office", counting(offices.size()), {"place of the office in the run"});
  to.numbers("n_people", {"office"},
             values_of<std::int32_t>(offices, [](const OfficeState& o) { return o.people.size(); }),
             {"slots of people"});
  to.numbers("n_active", {"office"},
             values_of<std::int32_t>(offices, [](const OfficeState& o) { return o.active.size(); }),
             {"people waiting, on benefit or employed"});
  for_each_office_column([&]<typename Value>(const snapshot::Column<OfficeState, Value>& column) {
    to.numbers(column.name, {"office"}, values_of<Value>(offices, column.get), {column.name});
  });
  month_axis(to, burn_in_from, offices.empty() ? 0 : offices.front().calendar.size());
  std::vector<std::uint32_t> calendar;
  std::vector<std::uint32_t> active;
  for (const OfficeState& office : offices) {
    calendar.insert(calendar.end(), office.calendar.begin(), office.calendar.end());
    active.insert(active.end(), office.active.begin(), office.active.end());
  }
  to.numbers("calendar", {"office", "month"}, calendar, {"first slot with an event in the month"});
  to.axis("entry", counting(active.size()), {"place among active people; offices one after the other"});
  to.numbers("active", {"entry"}, active, {"slot of an active person"});
}

void write_past(Group& replicate, const RunResult& past, std::size_t n_offices) {
  Sheet to(replicate.create_group("past"));
  month_axis(to, past.from, static_cast<std::size_t>(past.n_months));
  std::vector<std::string> strata;
  for (std::size_t s = 0; s < n_strata; ++s) strata.push_back(stratum_name(s));
  to.axis("stratum", strata, {"region, size class and income group"});
  to.axis("tally", texts_of(all_tallies(), &TallyEntry::name), {"tally or account"});
  to.axis("task", texts_of(all_tasks(), &TaskEntry::name), {"task"});
  to.axis("measure", texts_of(workload_names, [](std::string_view name) { return name; }), {"measure"});
  to.axis("days", counting(cohort_window_days + 1), {"days paid"});
  to.axis("office", counting(n_offices), {"place of the office in the run"});
  to.numbers("tallies", {"month", "stratum", "tally"}, past.tallies, {"counts before the snapshot"});
  to.numbers("workload", {"month", "stratum", "task", "measure"}, past.workload, {"tasks before it"});
  to.numbers("by_office", {"office", "tally"}, past.offices, {"counts of each office before it"});
  to.numbers("paid_days", {"stratum", "days"}, past.paid_days, {"windows that ended before it"});
}

template <typename T>
std::vector<T> column(const Group& group, const std::string& name, std::size_t length) {
  const hdf5::Dataset dataset = group.dataset(name);
  if (dataset.size() != length) throw Error("array " + name + " of another length");
  return dataset.read<T>();
}

// Gives each office its part of an array that holds all offices one after the other.
template <typename T>
void deal(const Group& group, const std::string& name, const std::vector<std::int32_t>& lengths,
          std::vector<OfficeState>& offices, std::vector<T> OfficeState::*into) {
  const std::size_t total = std::accumulate(lengths.begin(), lengths.end(), std::size_t{0});
  const std::vector<T> values = column<T>(group, name, total);
  auto from = values.begin();
  for (std::size_t i = 0; i < offices.size(); ++i) {
    (offices[i].*into).assign(from, from + lengths[i]);
    from += lengths[i];
  }
}

std::vector<std::int32_t> lengths_of(const Group& group, const char* name, std::size_t n_offices) {
  std::vector<std::int32_t> lengths = column<std::int32_t>(group, name, n_offices);
  for (const std::int32_t length : lengths) {
    if (length < 0) throw Error(std::string("array ") + name + " with a negative length");
  }
  return lengths;
}

std::vector<OfficeState> read_offices(const Group& group, std::size_t n_offices, std::size_t n_months) {
  std::vector<OfficeState> offices(n_offices);
  for_each_office_column([&]<typename Value>(const snapshot::Column<OfficeState, Value>& c) {
    const std::vector<Value> values = column<Value>(group, c.name, n_offices);
    for (std::size_t i = 0; i < n_offices; ++i) c.set(offices[i], values[i]);
  });
  const std::vector<std::int32_t> months(n_offices, static_cast<std::int32_t>(n_months));
  deal(group, "calendar", months, offices, &OfficeState::calendar);
  deal(group, "active", lengths_of(group, "n_active", n_offices), offices, &OfficeState::active);
  return offices;
}

void read_people(const Group& group, const std::vector<std::int32_t>& lengths,
                 std::vector<OfficeState>& offices) {
  const std::size_t total = std::accumulate(lengths.begin(), lengths.end(), std::size_t{0});
  // Before memory is taken for them: the file holds as many.
  if (group.dataset("person").size() != total) throw Error("array person of another length");
  for (std::size_t i = 0; i < offices.size(); ++i)
    offices[i].people.resize(static_cast<std::size_t>(lengths[i]));
  for_each_person_column([&]<typename Value>(const snapshot::Column<Person, Value>& c) {
    const std::vector<Value> values = column<Value>(group, c.name, total);
    std::size_t at = 0;
    for (OfficeState& office : offices) {
      for (Person& person : office.people) {
        c.set(person, values[at]);
        if (c.get(person) != values[at++]) throw Error(std::string("array ") + c.name + " out of range");
      }
    }
  });
}

RunResult read_past(const Group& replicate, const Plan& plan, std::size_t n_offices) {
  const Group group = replicate.group("past");
  RunResult past;
  past.from = plan.report_from;
  past.n_months = plan.report_until - plan.report_from;
  const auto cells = static_cast<std::size_t>(past.n_months) * n_strata;
  past.tallies = column<std::int64_t>(group, "tallies", cells * n_tallies);
  past.workload = column<std::int64_t>(group, "workload", cells * n_tasks * n_workload);
  past.offices = column<std::int64_t>(group, "by_office", n_offices * n_tallies);
  past.paid_days = column<std::int64_t>(group, "paid_days", std::size_t{n_strata} * (cohort_window_days + 1));
  past.active_person_months = replicate.value<std::int64_t>("active_person_months");
  past.held_person_months = replicate.value<std::int64_t>("held_person_months");
  return past;
}

Month month_of(const Group& group, const char* name) {
  const auto date = parse_date(group.text(name));
  if (!date) throw Error(std::string("attribute ") + name + " is not a month");
  return date->month;
}

void write_origin(Group& root, const SnapshotOrigin& origin) {
  root.set_text("program", origin.program);
  root.set_text("base", origin.base);
  root.set_text("month", to_string(origin.month));
  root.set_value("seed", origin.plan.luck.seed);
  root.set_value("sample", origin.sample);
  root.set_value("fixed_parameters", std::int32_t{origin.fixed_parameters});
  root.set_text("fitted", origin.fitted);
  root.set_text("law", origin.law);
  root.set_text("landscape", origin.landscape);
  root.set_text("burn_in_from", to_string(origin.plan.burn_in_from));
  root.set_text("report_from", to_string(origin.plan.report_from));
  root.set_text("report_until", to_string(origin.plan.report_until));
  root.set_text("cohort_from", to_string(origin.plan.cohort_from));
  root.set_text("cohort_until", to_string(origin.plan.cohort_until));
}

SnapshotOrigin read_origin(const Group& root) {
  SnapshotOrigin origin;
  origin.program = root.text("program");
  origin.base = root.text("base");
  origin.month = month_of(root, "month");
  origin.plan.luck.seed = root.value<std::uint64_t>("seed");
  origin.sample = root.value<double>("sample");
  origin.fixed_parameters = root.value<std::int32_t>("fixed_parameters") != 0;
  origin.fitted = root.text("fitted");
  origin.law = root.text("law");
  origin.landscape = root.text("landscape");
  origin.plan.burn_in_from = month_of(root, "burn_in_from");
  origin.plan.report_from = month_of(root, "report_from");
  origin.plan.report_until = month_of(root, "report_until");
  origin.plan.cohort_from = month_of(root, "cohort_from");
  origin.plan.cohort_until = month_of(root, "cohort_until");
  return origin;
}

Fault other_past(const std::filesystem::path& path, const Difference& difference) {
  return {.kind = FaultKind::other_past,
          .source = path.string(),
          .key = difference.what,
          .found = difference.snapshot,
          .expected = difference.run};
}

}  // namespace

SnapshotWriter::SnapshotWriter(const SnapshotOrigin& origin, const Run& run)
    : file_(std::make_unique<hdf5::File>(hdf5::File::in_memory())), origin_(origin) {
  Group& root = file_->root();
  root.set_text("title", "Tremplin: the common past of scenarios");
  root.set_text("format", std::string(snapshot_format.name));
  root.set_value("format_version", snapshot_format.version);
  root.set_text("program_version", run.program_version);
  root.set_text("command", run.command);
  write_origin(root, origin);
  Sheet inputs(root.create_group("inputs"));
  write_inputs(inputs, run.inputs);
}

SnapshotWriter::~SnapshotWriter() = default;

void SnapshotWriter::add(const Snapshot& snapshot, const Parameters& parameters) {
  Group group = file_->root().create_group(group_of(n_replicates_));
  const std::string hash = fingerprint(parameters);
  group.set_text("parameters", hash);
  group.set_text("key", key_of(origin_, hash, n_replicates_));
  group.set_value("active_person_months", snapshot.past.active_person_months);
  group.set_value("held_person_months", snapshot.past.held_person_months);
  write_people(group, snapshot.offices);
  write_offices(group, snapshot.offices, origin_.plan.burn_in_from);
  write_past(group, snapshot.past, snapshot.offices.size());
  ++n_replicates_;
}

void SnapshotWriter::write(const std::filesystem::path& path) {
  file_->root().set_value("n_replicates", static_cast<std::int64_t>(n_replicates_));
  write_sealed(path, [&] { return file_->bytes(); });
}

SnapshotFile::SnapshotFile(const std::filesystem::path& path)
    : path_(path), file_(std::make_unique<hdf5::File>(open_sealed(path, snapshot_format))) {
  read_from(path_, *file_, [&](const Group& root) {
    origin_ = read_origin(root);
    n_replicates_ = static_cast<std::size_t>(root.value<std::uint64_t>("n_replicates"));
  });
}

SnapshotFile::~SnapshotFile() = default;

void SnapshotFile::check(const SnapshotOrigin& wanted) const {
  std::vector<Fault> faults;
  for (const Difference& difference : differences(origin_, wanted))
    faults.push_back(other_past(path_, difference));
  if (!faults.empty()) throw InputError(std::move(faults));
}

Snapshot SnapshotFile::read(std::size_t replicate, const Parameters& parameters, const World& world,
                            const Plan& plan) const {
  Snapshot snapshot;
  snapshot.month = origin_.month;
  const std::string hash = fingerprint(parameters);
  read_from(path_, *file_, [&](const Group& root) {
    const Group group = root.group(group_of(replicate));
    if (const std::string stored = group.text("parameters"); stored != hash) {
      throw InputError(
          other_past(path_, {"calibration/parameters.yaml", stored.substr(0, 12), hash.substr(0, 12)}));
    }
    if (group.text("key") != key_of(origin_, hash, replicate)) throw Error("a key of another past");
    const Group offices = group.group("offices");
    const std::size_t n = world.offices.size();
    snapshot.offices =
        read_offices(offices, n, static_cast<std::size_t>(plan.report_until - plan.burn_in_from));
    read_people(group.group("people"), lengths_of(offices, "n_people", n), snapshot.offices);
    for (const OfficeState& office : snapshot.offices) {
      if (!is_sound(office)) throw Error("people who do not hold together");
    }
    snapshot.past = read_past(group, plan, n);
  });
  return snapshot;
}

}  // namespace tremplin
