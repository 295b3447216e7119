#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <numeric>
#include <stdexcept>

#include "outputs/axis_writer.hpp"
#include "outputs/collect.hpp"
#include "outputs/digest.hpp"
#include "outputs/input_store.hpp"
#include "outputs/office_store.hpp"
#include "outputs/registries.hpp"
#include "outputs/result_file.hpp"
#include "outputs/store.hpp"
#include "outputs/tables.hpp"

namespace tremplin {

namespace {

using hdf5::Dataset;
using hdf5::Sheet;

// A field added here needs its place in write_run, read_run and FORMAT.md.
static_assert(sizeof(Plan) == 48 && sizeof(RunResult) == 120 && sizeof(InputText) == 104);

std::string month_text(Month month) { return fmt::format("{:04}-{:02}", month.year(), month.of_year()); }

class RunWriter {
 public:
  explicit RunWriter(const Run& run)
      : run_(run), axes_(axes_of(run)), axis_writer_(run, axes_), file_(hdf5::File::in_memory()) {}

  std::string bytes() {
    root_attributes();
    plan();
    inputs();
    scenarios();
    parameters();
    results();
    offices();
    effort();
    if (run_.own) own_cpas();
    registry_groups();
    return file_.bytes();
  }

 private:
  Sheet sheet(const std::string& name) { return Sheet(file_.root().create_group(name)); }

  void root_attributes() {
    hdf5::Group& root = file_.root();
    root.set_text("Conventions", "CF-1.8");
    root.set_text("title", "Tremplin: simulated results of a right to social integration");
    root.set_text("format", std::string(format_name));
    root.set_value("format_version", format_version);
    root.set_text("program_version", run_.program_version);
    root.set_text("command", run_.command);
    root.set_value("seed", run_.seed);
    root.set_value("sample", run_.sample);
    root.set_value("fixed_parameters", std::int32_t{run_.fixed_parameters});
    root.set_text("without", fmt::format("{}", fmt::join(run_.without, ",")));
    root.set_value("interrupted", std::int32_t{run_.interrupted});
  }

  void plan() {
    hdf5::Group group = file_.root().create_group("plan");
    group.set_text("burn_in_from", month_text(run_.plan.burn_in_from));
    group.set_text("report_from", month_text(run_.plan.report_from));
    group.set_text("report_until", month_text(run_.plan.report_until));
    group.set_text("cohort_from", month_text(run_.plan.cohort_from));
    group.set_text("cohort_until", month_text(run_.plan.cohort_until));
    group.set_value("seed", run_.plan.luck.seed);
    group.set_value("replicate", std::int64_t{run_.plan.luck.replicate});
    group.set_value("share_the_past", std::int32_t{run_.plan.share_the_past});
  }

  void inputs() {
    Sheet to = sheet("inputs");
    write_inputs(to, run_.inputs);
  }

  void scenarios() {
    Sheet to = sheet("scenarios");
    axis_writer_.add(to, "scenario");
    for (std::size_t language = 0; language < n_languages; ++language) {
      const std::string code = language_codes[language];
      to.texts("title_" + code, "scenario",
               texts_of(run_.scenarios, [&](const auto& s) { return s.title.in[language]; }),
               {"title in language " + code});
    }
    Dataset first_change = to.numbers(
        "first_change", {"scenario"},
        values_of<std::int32_t>(run_.scenarios, [](const auto& s) { return first_day_of(s.first_change); }),
        {"first month that departs from the base; the end for the base", time_unit});
    first_change.set_text("calendar", time_calendar);
  }

  void parameters() {
    Sheet to = sheet("parameters");
    axis_writer_.add(to, "replicate");
    const auto all = all_parameters();
    to.axis("parameter", texts_of(all, &ParameterEntry::name), {"parameter"});
    to.texts("unit", "parameter", texts_of(all, [](const auto& p) { return name_of(p.unit); }), {"its unit"});
    to.texts("meaning", "parameter", texts_of(all, &ParameterEntry::meaning), {"its meaning"});
    std::vector<double> values;
    for (const Parameters& parameters : run_.parameters) {
      for (const ParameterEntry& entry : all) values.push_back(parameters.*entry.field);
    }
    to.numbers("values", {"replicate", "parameter"}, values,
               {"value in each replicate, the same in every scenario"})
        .set_text("coordinates", "unit meaning");
  }

  // The result tables, each in its group, and the digest of all.
  void results() {
    RunDigest digest;
    for (const ResultTable& table : result_tables(axes_)) {
      const std::string group(table.group);
      if (!sheets_.contains(group)) sheets_.emplace(group, result_sheet(table));
      Sheet& to = sheets_.at(group);
      for (const TableAxis& axis : table.axes) axis_writer_.add(to, axis.name);
      const std::string hash =
          fits_int32(table) ? write_table<std::int32_t>(to, table) : write_table<std::int64_t>(to, table);
      digest.add(table.path(), table.shape(run_.scenarios.size(), run_.n_replicates()), hash);
    }
    file_.root().set_text("digest", digest.finish());
  }

  Sheet result_sheet(const ResultTable& table) {
    Sheet to = sheet(std::string(table.group));
    axis_writer_.add(to, "scenario");
    axis_writer_.add(to, "replicate");
    return to;
  }

  template <typename Visit>
  void for_each_slab(const ResultTable& table, Visit visit) const {
    std::vector<std::int64_t> slab(table.slab_size());
    for (std::size_t s = 0; s < run_.scenarios.size(); ++s) {
      for (std::size_t r = 0; r < run_.n_replicates(); ++r) {
        table.gather(run_.results[s][r], slab);
        visit(s, r, std::span<const std::int64_t>(slab));
      }
    }
  }

  // Tables whose values all fit are stored in four bytes each.
  [[nodiscard]] bool fits_int32(const ResultTable& table) const {
    bool fits = true;
    for_each_slab(table, [&](std::size_t, std::size_t, std::span<const std::int64_t> slab) {
      if (slab.empty()) return;
      const auto [least, most] = std::ranges::minmax(slab);
      fits = fits && least >= std::numeric_limits<std::int32_t>::min() &&
             most <= std::numeric_limits<std::int32_t>::max();
    });
    return fits;
  }

  // Returns the SHA-256 of the values.
  template <typename Stored>
  std::string write_table(Sheet& to, const ResultTable& table) const {
    std::vector<std::string> axes = {"scenario", "replicate"};
    hdf5::Shape chunk = {1, 1};
    for (const TableAxis& axis : table.axes) {
      axes.emplace_back(axis.name);
      chunk.push_back(axis.chunk != 0 ? axis.chunk : std::max<std::size_t>(axis.offsets.size(), 1));
    }
    Dataset dataset = to.create<Stored>(std::string(table.name), axes, chunk, {table.meaning, table.unit});
    Sha256 hash;
    for_each_slab(table, [&](std::size_t s, std::size_t r, std::span<const std::int64_t> slab) {
      hash.add(slab);
      dataset.write_slab(slab, {s, r});
    });
    std::string digits = hash.finish();
    dataset.set_text("sha256", digits);
    dataset.set_text("coordinates", AxisWriter::coordinates_of(table));
    return digits;
  }

  // What each office is, beside the tables already in /offices.
  void offices() {
    Sheet& to = sheets_.at("offices");
    write_office_columns(to, "office", run_.offices);
    to.flags("size_class", "office",
             values_of<std::int8_t>(run_.offices, [](const Office& office) { return office.size(); }),
             joined(size_class_names), {"inhabitants of the commune"});
    to.numbers("weight", {"office"},
               values_of<double>(run_.offices,
                                 [&](const Office& office) {
                                   return run_.stratum_weights[static_cast<std::size_t>(stratum_of(office))];
                                 }),
               {"what one count stands for; 1 without sampling", "1"});
  }

  void own_cpas() {
    Sheet to = sheet("own_cpas");
    axis_writer_.add(to, "replicate");
    write_own_cpas(to, *run_.own);
  }

  void effort() {
    Sheet to = sheet("effort");
    axis_writer_.add(to, "scenario");
    axis_writer_.add(to, "replicate");
    const auto column = [&](const std::string& name, std::int64_t RunResult::*member,
                            std::string_view meaning) {
      std::vector<std::int64_t> values;
      for (const auto& replicates : run_.results) {
        for (const RunResult& result : replicates) values.push_back(result.*member);
      }
      to.numbers(name, {"scenario", "replicate"}, values, {meaning, "person_months"});
    };
    column("active_person_months", &RunResult::active_person_months, "people waiting, paid or suspended");
    column("held_person_months", &RunResult::held_person_months, "everybody in memory");
  }

  void registry_groups() {
    hdf5::Group all = file_.root().create_group("registries");
    for (const Registry& registry : registries()) {
      Sheet to(all.create_group(registry.name));
      const std::string axis = registry.columns.front().name;
      for (const RegistryColumn& column : registry.columns) {
        if (const auto* numbers = std::get_if<std::vector<double>>(&column.cells)) {
          to.numbers(column.name, {axis}, *numbers, {column.name});
        } else if (const auto& texts = std::get<std::vector<std::string>>(column.cells);
                   column.name == axis) {
          to.axis(axis, texts, {column.name});
        } else {
          to.texts(column.name, axis, texts, {column.name});
        }
      }
    }
  }

  const Run& run_;
  ResultAxes axes_;
  AxisWriter axis_writer_;
  hdf5::File file_;
  std::map<std::string, Sheet> sheets_;  // of the result tables, by group
};

}  // namespace

void write_run(const Run& run, const std::filesystem::path& path) {
  write_sealed(path, [&] { return RunWriter(run).bytes(); });
}

}  // namespace tremplin
