// The commands of the program. Each writes its results to Screen::out, everything else to Screen::err, and
// returns the exit code. All may throw InputError, which program.cpp puts into words.
#pragma once

#include <filesystem>
#include <iosfwd>
#include <stop_token>

#include "cli/options.hpp"
#include "scenarios/language.hpp"

namespace tremplin::inference {
class Team;
}

namespace tremplin::cli {

// Data files, from the home folder.
inline constexpr const char* targets_file = "calibration/targets.yaml";
inline constexpr const char* parameters_file = "calibration/parameters.yaml";
inline constexpr const char* codebook_file = "calibration/codebook.yaml";
inline constexpr const char* presets_file = "scenarios/landscape/presets.yaml";

struct Screen {
  std::ostream& out;
  std::ostream& err;
  Language language = Language::en;
  bool progress = false;  // err is a terminal, and --quiet was not given
};

struct Task {
  const Arguments& arguments;
  const Screen& screen;
  std::filesystem::path home;  // holds scenarios/law
  std::stop_token stop;
  inference::Team* team = nullptr;  // of a calibration; nullptr: this process alone
};

int compare_command(const Task& task);  // compare, run
int snapshot_command(const Task& task);
int cpas_run_command(const Task& task);
int cpas_list_command(const Task& task);
int cpas_show_command(const Task& task);
int cpas_presets_command(const Task& task);
int cpas_new_command(const Task& task);
int targets_command(const Task& task);
int inspect_command(const Task& task);
int report_command(const Task& task);
int scenario_list_command(const Task& task);
int scenario_show_command(const Task& task);
int scenario_check_command(const Task& task);
int scenario_diff_command(const Task& task);
int scenario_new_command(const Task& task);
int scenario_schema_command(const Task& task);
int law_show_command(const Task& task);
int law_dump_command(const Task& task);
int law_acts_command(const Task& task);
int registry_command(const Task& task);
int bench_command(const Task& task);
int life_command(const Task& task);
int winners_command(const Task& task);
int uncertainty_command(const Task& task);
int lives_command(const Task& task);
int case_command(const Task& task);
int case_new_command(const Task& task);
int survey_weigh_command(const Task& task);
int survey_synthetic_command(const Task& task);
int calibrate_command(const Task& task);
int infer_command(const Task& task);
int verify_command(const Task& task);
int rerun_command(const Task& task);

}  // namespace tremplin::cli
