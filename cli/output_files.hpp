// The files that a run leaves in a folder, by name, and what becomes of the files of an earlier run:
//
//   law-2015--generalisation.h5      the result
//   law-2015--generalisation.h5.sha256   its SHA-256, for `sha256sum -c`
//   law-2015--generalisation.html    its report
//   report.html                      the latest report of the folder, whichever run it is of
//
// A run of several reforms has one result and a report for each: law-2015--a--b.h5, law-2015--a--b.a.html,
// law-2015--a--b.b.html; report.html then lists them. Under a plain name stands the latest result; an
// earlier one that differs from it is kept as law-2015--generalisation.1.h5, .2.h5 and so on.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "outputs/run.hpp"

namespace tremplin::cli {

class Presentation;
struct Screen;

struct OutputFiles {
  std::filesystem::path result;
  std::vector<std::filesystem::path> reports;  // in the order of the run's reforms; one for a base alone
  std::filesystem::path latest;
};

// stem: the name of the result without its ending. language: of reports written again, "nl": they are called
// law-2015--generalisation.nl.html, so that the page of the comparison itself stays as it is.
OutputFiles output_files(const Run& run, const std::filesystem::path& folder, std::string_view stem,
                         std::string_view language = {});

// Makes the folder and asks whether the files can be written in it, before anything is simulated.
// Throws InputError{unwritable}.
void prepare(const OutputFiles& files);

// If a result of other numbers stands under the run's name, gives it and its reports the next free number.
// Returns the new name of that result; nothing if none was there, or one with the same numbers.
// Throws InputError{unwritable}.
std::optional<std::filesystem::path> keep_earlier(const OutputFiles& files, const Run& run);

// Writes the SHA-256 of a result beside it, as `sha256sum` does.
void write_checksum(const std::filesystem::path& result);

// Writes the reports and the latest one; then says where.
void write_reports(const Presentation& presentation, const OutputFiles& files, Language language);
void say_reports(const OutputFiles& files, const Screen& screen);

}  // namespace tremplin::cli
