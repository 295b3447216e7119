// Writes what agree.R reads: microdata, the program's weights and estimates, the design and the margins, for
// each case and for each of two files: small.csv, and the made-up file of the shipped codebook.
// Usage: survey_cases FOLDER
#include <cstdio>
#include <filesystem>
#include <fstream>

#include "calibration/survey/survey_tables.hpp"
#include "calibration/survey/synthetic.hpp"
#include "tests/calibration/survey/agree/cases.hpp"
#include "tests/calibration/survey/books.hpp"

namespace tremplin::survey {
namespace {

namespace fs = std::filesystem;

void write(const fs::path& file, const std::string& text) { std::ofstream(file, std::ios::binary) << text; }

void write_case(const fs::path& folder, const std::string& file, const AgreementCase& each,
                const std::string& text) {
  const SurveyBook& book = shipped_books().front();
  const std::string name = file + "-" + each.name;
  const Microdata data = read_microdata({name + ".csv", text}, book);
  const Weighed weighed = weigh(book, data, landscape_margins(book, shipped_figures(), data), each.options);
  write(folder / (name + ".csv"), text);
  write(folder / (name + ".weights.csv"), weights_csv(data, weighed));
  write(folder / (name + ".estimates.csv"), estimates_csv(book, weighed));
  const std::string strata = each.options.strata.empty() ? "-" : each.options.strata;
  write(folder / (name + ".design"),
        std::string(distance_names[static_cast<std::size_t>(each.options.distance)]) + " " +
            std::to_string(each.options.bounds.lower) + " " + std::to_string(each.options.bounds.upper) +
            " " + strata + "\n");
  std::string margins = "group,code,total\n";
  for (const SurveyMargin& margin : weighed.margins)
    for (std::size_t code = 0; code < margin.totals.size(); ++code)
      margins += book.groups[margin.group].column + "," + book.groups[margin.group].codes[code].name + "," +
                 std::to_string(margin.totals[code]) + "\n";
  write(folder / (file + "-margins.csv"), margins);
}

int write_all(const fs::path& folder) {
  fs::create_directories(folder);
  const std::string small = test::shipped("tests/calibration/survey/agree/small.csv").text;
  const std::string made_up = synthesize(shipped_books().front(), shipped_figures(), 1);
  try {
    for (const AgreementCase& each : agreement_cases) {
      write_case(folder, "small", each, small);
      const bool narrow = each.options.bounds.upper < 2;
      if (!narrow) write_case(folder, "synthetic", each, made_up);
    }
  } catch (const InputError& error) {
    for (const Fault& fault : error.faults())
      std::fprintf(stderr, "%s: %s: %s\n", fault.key.c_str(), fault.found.c_str(), fault.expected.c_str());
    return 1;
  }
  return 0;
}

}  // namespace
}  // namespace tremplin::survey

int main(int argc, char** argv) { return argc == 2 ? tremplin::survey::write_all(argv[1]) : 2; }
