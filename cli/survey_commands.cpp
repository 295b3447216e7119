// survey weigh FILE, survey synthetic: microdata of a survey of CPAS to estimates with standard errors, and a
// made-up file of such microdata.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <ostream>

#include "calibration/survey/csv.hpp"
#include "calibration/survey/survey_tables.hpp"
#include "calibration/survey/synthetic.hpp"
#include "cli/commands.hpp"
#include "cli/plain.hpp"
#include "cli/survey_lines.hpp"
#include "cli/texts.hpp"
#include "outputs/atomic_file.hpp"
#include "scenarios/library.hpp"

namespace tremplin::cli {
namespace {

namespace fs = std::filesystem;

constexpr const char* offices_file = "scenarios/landscape/offices.yaml";

std::vector<survey::SurveyBook> codebook_of(const Task& task) {
  const std::string& own = task.arguments.codebook;
  return survey::load_codebook(own.empty() ? read_source(task.home / codebook_file, codebook_file)
                                           : read_source(own, own));
}

std::vector<Figure> landscape_figures(const Task& task) {
  const std::vector<SourceText> files = {read_source(task.home / offices_file, offices_file)};
  Faults faults;
  std::vector<Figure> figures = read_figures(files, faults);
  faults.throw_if_any();
  return figures;
}

Fault bad_option(const std::string& option, const std::string& found, std::string expected,
                 std::string nearest = {}) {
  return {.kind = FaultKind::bad_option,
          .source = option,
          .key = option,
          .found = found,
          .expected = std::move(expected),
          .nearest = std::move(nearest)};
}

// The value's place among the names; a fault if it is none of them.
template <class Names>
std::size_t choice(const std::string& option, const std::string& value, const Names& names, Faults& faults) {
  const auto found = std::ranges::find(names, value);
  if (found != names.end()) return static_cast<std::size_t>(found - names.begin());
  faults.add(
      bad_option(option, value, fmt::format("{}", fmt::join(names, " | ")), nearest_name(value, names)));
  return 0;
}

// "0.2,5": below and above 1.
survey::Bounds bounds_in(const std::string& text, Faults& faults) {
  const std::size_t comma = text.find(',');
  const auto low = yaml::parse_number(std::string_view(text).substr(0, comma));
  const auto high = comma == std::string::npos ? std::nullopt
                                               : yaml::parse_number(std::string_view(text).substr(comma + 1));
  const bool fits = low && high && *low >= 0 && *low < 1 && *high > 1;
  if (fits) return {.lower = *low, .upper = *high};
  faults.add(bad_option("--bounds", text, "0 <= L < 1 < U"));
  return {};
}

survey::WeighOptions weigh_options(const Arguments& arguments, const survey::SurveyBook& book) {
  Faults faults;
  survey::WeighOptions options;
  if (!arguments.method.empty())
    options.distance =
        static_cast<survey::Distance>(choice("--method", arguments.method, survey::distance_names, faults));
  if (!arguments.bounds.empty()) options.bounds = bounds_in(arguments.bounds, faults);
  if (!arguments.strata.empty()) {
    std::vector<std::string_view> names;
    for (const survey::Group& group : book.groups) names.push_back(group.column);
    choice("--strata", arguments.strata, names, faults);
    options.strata = arguments.strata;
  }
  faults.throw_if_any();
  return options;
}

}  // namespace

int survey_weigh_command(const Task& task) {
  const Arguments& arguments = task.arguments;
  const Screen& screen = task.screen;
  const std::vector<survey::SurveyBook> books = codebook_of(task);
  const survey::SurveyBook& book = survey::survey_named(books, arguments.survey, "--survey");
  const survey::WeighOptions options = weigh_options(arguments, book);
  const survey::Microdata data =
      survey::read_microdata(read_source(arguments.file, arguments.file, survey::max_csv_bytes), book);
  std::vector<survey::SurveyMargin> margins =
      arguments.margins.empty()
          ? survey::landscape_margins(book, landscape_figures(task), data)
          : survey::load_margins(read_source(arguments.margins, arguments.margins), book, data);
  const survey::Weighed weighed = survey::weigh(book, data, std::move(margins), options);

  const fs::path folder(arguments.out);
  std::error_code error;
  fs::create_directories(folder, error);  // writing tells what is wrong
  const std::string stem = fs::path(arguments.file).stem().string();
  const fs::path weights = folder / (stem + ".weights.csv");
  const fs::path estimates = folder / (stem + ".estimates.csv");
  check_writable(weights);
  check_writable(estimates);
  write_file(weights, survey::weights_csv(data, weighed));
  write_file(estimates, survey::estimates_csv(book, weighed));
  if (arguments.json) {
    print_json(screen.out, survey_json(book, weighed, options));
  } else {
    screen.out << survey_lines(book, weighed, options, screen.language);
  }
  screen.err << say(screen.language, Phrase::survey_written, weights.string(), estimates.string()) << '\n';
  return 0;
}

int survey_synthetic_command(const Task& task) {
  const std::vector<survey::SurveyBook> books = codebook_of(task);
  const survey::SurveyBook& book = survey::survey_named(books, task.arguments.survey, "--survey");
  const RunOptions options = run_options(task.arguments);
  task.screen.out << survey::synthesize(book, landscape_figures(task), options.plan.luck.seed);
  return 0;
}

}  // namespace tremplin::cli
