#include "cli/output_files.hpp"

#include <fmt/format.h>

#include <fstream>
#include <ostream>

#include "cli/commands.hpp"
#include "cli/presentation.hpp"
#include "cli/texts.hpp"
#include "engine/base/errors.hpp"
#include "outputs/atomic_file.hpp"
#include "outputs/digest.hpp"
#include "outputs/inspect.hpp"
#include "outputs/sha256.hpp"

namespace tremplin::cli {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void refuse(const fs::path& file, const std::error_code& error) {
  throw InputError(Fault{.kind = FaultKind::unwritable, .source = file.string(), .found = error.message()});
}

// The digest that a result file records; nothing if it is none, or damaged.
std::string recorded_digest(const fs::path& file) {
  try {
    return inspect(file).digest;
  } catch (const InputError&) {
    return {};
  }
}

// "law-2015--generalisation.html" and 2: "law-2015--generalisation.2.html".
fs::path numbered(const fs::path& file, const std::string& stem, int number) {
  const std::string rest = file.filename().string().substr(stem.size());
  return file.parent_path() / fmt::format("{}.{}{}", stem, number, rest);
}

fs::path checksum_of(const fs::path& result) { return result.string() + ".sha256"; }

}  // namespace

OutputFiles output_files(const Run& run, const fs::path& folder, std::string_view stem,
                         std::string_view language) {
  const std::string ending = language.empty() ? ".html" : fmt::format(".{}.html", language);
  OutputFiles files{folder / fmt::format("{}.h5", stem), {}, folder / "report.html"};
  if (run.scenarios.size() <= 2) {
    files.reports.push_back(folder / fmt::format("{}{}", stem, ending));
    return files;
  }
  const std::size_t base = run.scenarios.front().name.size() + 1;  // "law-2015+"
  for (std::size_t s = 1; s < run.scenarios.size(); ++s) {
    files.reports.push_back(folder /
                            fmt::format("{}.{}{}", stem, run.scenarios[s].name.substr(base), ending));
  }
  return files;
}

void prepare(const OutputFiles& files) {
  const fs::path folder = files.latest.parent_path();
  std::error_code error;
  if (!folder.empty()) fs::create_directories(folder, error);
  if (error) refuse(folder, error);
  check_writable(files.result);
  for (const fs::path& report : files.reports) check_writable(report);
  check_writable(files.latest);
}

std::optional<fs::path> keep_earlier(const OutputFiles& files, const Run& run) {
  std::error_code error;
  if (!fs::exists(files.result, error) || recorded_digest(files.result) == digest(run)) return std::nullopt;
  const std::string stem = files.result.stem().string();
  int number = 1;
  while (fs::exists(numbered(files.result, stem, number), error)) ++number;
  std::vector<fs::path> earlier = files.reports;
  for (const fs::path& report : files.reports)
    for (const char* language : language_codes)
      earlier.push_back(fs::path(report).replace_extension(fmt::format("{}.html", language)));
  earlier.push_back(files.result);
  for (const fs::path& file : earlier) {
    if (!fs::exists(file, error)) continue;
    fs::rename(file, numbered(file, stem, number), error);
    if (error) refuse(file, error);
  }
  const fs::path kept = numbered(files.result, stem, number);
  if (fs::remove(checksum_of(files.result), error)) write_checksum(kept);
  return kept;
}

void write_checksum(const fs::path& result) {
  std::ifstream file(result, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(file), {}};
  write_file(checksum_of(result), fmt::format("{}  {}\n", sha256(bytes), result.filename().string()));
}

void write_reports(const Presentation& presentation, const OutputFiles& files, Language language) {
  const std::vector<std::string> reports = presentation.reports(language);
  std::vector<std::string> names;
  for (std::size_t i = 0; i < reports.size(); ++i) {
    write_file(files.reports[i], reports[i]);
    names.push_back(files.reports[i].filename().string());
  }
  write_file(files.latest, reports.size() == 1 ? reports.front() : presentation.contents(names, language));
}

void say_reports(const OutputFiles& files, const Screen& screen) {
  for (const fs::path& report : files.reports)
    screen.err << say(screen.language, Phrase::report_written, report.string()) << '\n';
  screen.err << say(screen.language, Phrase::latest_report, files.latest.string()) << '\n';
}

}  // namespace tremplin::cli
