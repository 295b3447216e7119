#include "outputs/inspect.hpp"

#include <array>
#include <initializer_list>
#include <nlohmann/json.hpp>

#include "engine/base/errors.hpp"
#include "outputs/result_file.hpp"
#include "scenarios/yaml/faults.hpp"

namespace tremplin {

namespace {

using hdf5::Group;

void add_scenarios(const Group& group, FileSummary& summary) {
  const std::vector<std::string> names = group.dataset("scenario").read_texts();
  for (const std::string& name : names) summary.scenarios.push_back({name, {}});
  for (std::size_t language = 0; language < n_languages; ++language) {
    const auto titles = group.dataset(std::string("title_") + language_codes[language]).read_texts();
    if (titles.size() != names.size()) throw hdf5::Error("titles of another length");
    for (std::size_t s = 0; s < names.size(); ++s) summary.scenarios[s].title.in[language] = titles[s];
  }
}

void add_inputs(const Group& group, FileSummary& summary) {
  const auto names = group.dataset("input").read_texts();
  const auto hashes = group.dataset("sha256").read_texts();
  // Lives keep every input whole.
  const auto confidential = group.has("confidential") ? group.dataset("confidential").read<std::int8_t>()
                                                      : std::vector<std::int8_t>(names.size());
  if (hashes.size() != names.size() || confidential.size() != names.size()) {
    throw hdf5::Error("inputs of another length");
  }
  for (std::size_t i = 0; i < names.size(); ++i) {
    summary.inputs.push_back({names[i], hashes[i], confidential[i] != 0});
  }
}

void add_tables(const Group& group, const std::string& path, FileSummary& summary) {
  for (const std::string& name : group.datasets()) {
    const hdf5::Dataset dataset = group.dataset(name);
    if (dataset.shape().size() < 2) continue;
    summary.tables.push_back(
        {path + name, dataset.axes(), dataset.shape(), dataset.type_name(), dataset.stored_bytes()});
  }
  for (const std::string& name : group.groups()) {
    add_tables(group.group(name), path + name + "/", summary);
  }
}

void add_result(const Group& root, FileSummary& summary) {
  summary.interrupted = root.value<std::int32_t>("interrupted") != 0;
  summary.digest = root.text("digest");
  summary.report_from = root.group("plan").text("report_from");
  summary.report_until = root.group("plan").text("report_until");
  summary.n_replicates = root.group("parameters").dataset("replicate").size();
  summary.n_offices = root.group("offices").dataset("office").size();
  add_scenarios(root.group("scenarios"), summary);
}

void add_snapshot(const Group& root, FileSummary& summary) {
  summary.month = root.text("month");
  summary.report_from = root.text("report_from");
  summary.report_until = root.text("report_until");
  summary.n_replicates = static_cast<std::size_t>(root.value<std::int64_t>("n_replicates"));
  summary.scenarios.push_back({root.text("base"), {}});
}

void add_lives(const Group& root, FileSummary& summary) {
  summary.n_people = root.group("lives").dataset("person").size();
  summary.n_replicates = 1;
  summary.scenarios.push_back({root.text("scenario"), {}});
}

}  // namespace

FileSummary inspect(const std::filesystem::path& path) {
  const FileFormat format = format_of(path);
  const bool posterior = format.name == posterior_format.name;
  if (posterior || format.name == uncertainty_format.name) {
    throw InputError(
        Fault{.kind = FaultKind::other_file,
              .source = path.string(),
              .found = std::string(posterior ? expects::posterior_file : expects::uncertainty_file),
              .expected = std::string(expects::result_file)});
  }
  FileSummary summary;
  summary.file = path.string();
  summary.content = format.name == lives_format.name      ? FileContent::lives
                    : format.name == snapshot_format.name ? FileContent::snapshot
                                                          : FileContent::result;
  read_from(path, open_sealed(path, format), [&](const Group& root) {
    summary.bytes = std::filesystem::file_size(path);
    summary.format_version = root.value<std::int64_t>("format_version");
    summary.program_version = root.text("program_version");
    summary.command = root.text("command");
    summary.seed = root.value<std::uint64_t>("seed");
    summary.sample = root.value<double>("sample");
    summary.fixed_parameters = root.value<std::int32_t>("fixed_parameters") != 0;
    constexpr std::array contents = {add_result, add_snapshot, add_lives};
    contents[static_cast<std::size_t>(summary.content)](root, summary);
    add_inputs(root.group("inputs"), summary);
    add_tables(root, "", summary);
  });
  return summary;
}

nlohmann::json to_json(const FileSummary& summary) {
  using nlohmann::json;
  json scenarios = json::array();
  for (const FileSummary::Scenario& scenario : summary.scenarios) {
    json title;
    for (std::size_t i = 0; i < n_languages; ++i) title[language_codes[i]] = scenario.title.in[i];
    scenarios.push_back({{"name", scenario.name}, {"title", title}});
  }
  json inputs = json::array();
  for (const FileSummary::Input& input : summary.inputs) {
    inputs.push_back({{"name", input.name}, {"sha256", input.sha256}, {"confidential", input.confidential}});
  }
  json tables = json::array();
  for (const FileSummary::Table& table : summary.tables) {
    tables.push_back({{"path", table.path},
                      {"axes", table.axes},
                      {"shape", table.shape},
                      {"type", table.type},
                      {"stored_bytes", table.stored_bytes}});
  }
  constexpr std::array<const char*, 3> contents = {"result", "snapshot", "lives"};
  json facts = {{"file", summary.file},
                {"content", contents[static_cast<std::size_t>(summary.content)]},
                {"month", summary.month},
                {"n_people", summary.n_people},
                {"bytes", summary.bytes},
                {"format_version", summary.format_version},
                {"program_version", summary.program_version},
                {"command", summary.command},
                {"seed", summary.seed},
                {"sample", summary.sample},
                {"fixed_parameters", summary.fixed_parameters},
                {"interrupted", summary.interrupted},
                {"report_from", summary.report_from},
                {"report_until", summary.report_until},
                {"n_replicates", summary.n_replicates},
                {"n_offices", summary.n_offices},
                {"digest", summary.digest},
                {"scenarios", scenarios},
                {"inputs", inputs},
                {"tables", tables}};
  // What only one kind of file has.
  const auto leave_out = [&facts](std::initializer_list<const char*> keys) {
    for (const char* key : keys) facts.erase(key);
  };
  if (summary.content != FileContent::result) leave_out({"interrupted", "n_offices", "digest"});
  if (summary.content != FileContent::snapshot) leave_out({"month"});
  if (summary.content != FileContent::lives) leave_out({"n_people"});
  if (summary.content == FileContent::lives) leave_out({"report_from", "report_until"});
  return facts;
}

}  // namespace tremplin
