#include "outputs/inspect.hpp"

#include <fmt/format.h>

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

std::string size_text(std::uint64_t bytes) {
  const auto size = static_cast<double>(bytes);
  if (size >= 1e9) return fmt::format("{:.1f} GB", size / 1e9);
  if (size >= 1e6) return fmt::format("{:.1f} MB", size / 1e6);
  return size >= 1e3 ? fmt::format("{:.1f} kB", size / 1e3) : fmt::format("{} B", bytes);
}

// The words of the text, in the order of Language.
using Words = std::array<const char*, n_languages>;
constexpr Words file_words = {"Fichier", "Bestand", "File"};
constexpr Words program_words = {"Programme", "Programma", "Program"};
constexpr Words format_words = {"format", "formaat", "format"};
constexpr Words command_words = {"Commande", "Opdracht", "Command"};
constexpr Words period_words = {"Période", "Periode", "Period"};
constexpr Words until_words = {"jusqu'à {} non compris", "tot {} (niet inbegrepen)",
                               "up to, not including, {}"};
constexpr Words replicates_words = {"Répliques", "Replica's", "Replicates"};
constexpr Words seed_words = {"Graine", "Seed", "Seed"};
constexpr Words offices_words = {"CPAS simulés", "Gesimuleerde OCMW's", "CPAS simulated"};
constexpr Words sample_words = {"part {:g} des CPAS", "aandeel {:g} van de OCMW's", "share {:g} of all CPAS"};
constexpr Words parameters_words = {"Paramètres", "Parameters", "Parameters"};
constexpr Words fixed_words = {"valeurs centrales fixes", "vaste centrale waarden",
                               "fixed at central values"};
constexpr Words drawn_words = {"tirés à chaque réplique", "getrokken per replica",
                               "drawn for each replicate"};
constexpr Words interrupted_words = {"Interrompu avant la fin : répliques achevées seulement",
                                     "Vroegtijdig onderbroken: enkel de voltooide replica's",
                                     "Interrupted before the end: completed replicates only"};
constexpr Words digest_words = {"Empreinte", "Vingerafdruk", "Digest"};
constexpr Words scenarios_words = {"Scénarios", "Scenario's", "Scenarios"};
constexpr Words inputs_words = {"Fichiers d'entrée", "Invoerbestanden", "Inputs"};
constexpr Words confidential_words = {"confidentiel : empreinte seule",
                                      "vertrouwelijk: enkel de vingerafdruk", "confidential: hash only"};
constexpr Words tables_words = {"Tableaux", "Tabellen", "Tables"};

// Characters of a UTF-8 text, by the bytes that begin one.
std::size_t width_of(std::string_view text) {
  std::size_t width = 0;
  for (const char c : text) width += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  return width;
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

std::string to_text(const FileSummary& summary, Language language) {
  const auto in = [&](const Words& words) { return words[static_cast<std::size_t>(language)]; };
  std::string text;
  const auto line = [&](const Words& head, const std::string& content) {
    const std::string padding(22 - std::min<std::size_t>(22, width_of(in(head))), ' ');
    text += fmt::format("{}{}{}\n", in(head), padding, content);
  };
  line(file_words, fmt::format("{} ({})", summary.file, size_text(summary.bytes)));
  line(program_words,
       fmt::format("tremplin {} ({} {})", summary.program_version, in(format_words), summary.format_version));
  line(command_words, summary.command);
  line(period_words, fmt::format("{}, {}", summary.report_from,
                                 fmt::format(fmt::runtime(in(until_words)), summary.report_until)));
  line(replicates_words, std::to_string(summary.n_replicates));
  line(seed_words, std::to_string(summary.seed));
  line(offices_words, fmt::format("{} ({})", summary.n_offices,
                                  fmt::format(fmt::runtime(in(sample_words)), summary.sample)));
  line(parameters_words, in(summary.fixed_parameters ? fixed_words : drawn_words));
  line(digest_words, summary.digest);
  if (summary.interrupted) text += fmt::format("{}\n", in(interrupted_words));

  text += fmt::format("\n{}\n", in(scenarios_words));
  for (const FileSummary::Scenario& scenario : summary.scenarios) {
    text += fmt::format("  {:<28} {}\n", scenario.name, scenario.title[language]);
  }
  text += fmt::format("\n{}\n", in(inputs_words));
  for (const FileSummary::Input& input : summary.inputs) {
    text += fmt::format("  {}  {}{}\n", input.sha256, input.name,
                        input.confidential ? fmt::format(" ({})", in(confidential_words)) : "");
  }
  text += fmt::format("\n{}\n", in(tables_words));
  for (const FileSummary::Table& table : summary.tables) {
    text +=
        fmt::format("  {:<24} {:<8} {:>10}  {} [{}]\n", table.path, table.type, size_text(table.stored_bytes),
                    fmt::join(table.shape, " x "), fmt::join(table.axes, ", "));
  }
  return text;
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
