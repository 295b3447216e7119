#include "outputs/inspect.hpp"

#include <nlohmann/json.hpp>

#include "outputs/result_file.hpp"

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
  const auto confidential = group.dataset("confidential").read<std::int8_t>();
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

}  // namespace

FileSummary inspect(const std::filesystem::path& path) {
  FileSummary summary;
  summary.file = path.string();
  read_result_file(path, [&](const Group& root) {
    summary.bytes = std::filesystem::file_size(path);
    summary.format_version = root.value<std::int64_t>("format_version");
    summary.program_version = root.text("program_version");
    summary.command = root.text("command");
    summary.seed = root.value<std::uint64_t>("seed");
    summary.sample = root.value<double>("sample");
    summary.fixed_parameters = root.value<std::int32_t>("fixed_parameters") != 0;
    summary.interrupted = root.value<std::int32_t>("interrupted") != 0;
    summary.digest = root.text("digest");
    summary.report_from = root.group("plan").text("report_from");
    summary.report_until = root.group("plan").text("report_until");
    summary.n_replicates = root.group("parameters").dataset("replicate").size();
    summary.n_offices = root.group("offices").dataset("office").size();
    add_scenarios(root.group("scenarios"), summary);
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
  return {{"file", summary.file},
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
}

}  // namespace tremplin
