// The command line as typed (Arguments), and what it asks for once checked (RunOptions).
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/month.hpp"
#include "engine/simulate/simulate.hpp"
#include "scenarios/language.hpp"

namespace tremplin::cli {

inline constexpr const char* default_survey = "piis-2015";

// Everything as text, so that mistakes are reported in the user's language with the nearest valid name.
struct Arguments {
  std::string command;               // "compare", "scenario list"; empty for --help and --version
  std::string base;                  // compare, run; case: a base with or without reforms
  std::vector<std::string> reforms;  // each a "+" composition
  std::string file;   // targets, inspect, report, cpas run, survey weigh, infer, scenario new (--out)
  std::string name;   // scenario show, scenario diff (A), cpas show
  std::string other;  // scenario diff (B)
  std::vector<std::string> names;  // scenario check, each a "+" composition
  std::string path;                // law show
  std::string at;                  // law show, law dump, snapshot
  std::string snapshot;            // compare, run: a file to go on from
  std::string replicates;
  std::string seed;
  std::string threads;
  std::string from;
  std::string to;
  std::string sample;
  std::string region;  // cpas list
  std::string size;
  std::string out = "results";
  std::string report_out;  // report; empty: beside its file
  std::string lang;
  std::string against;    // life: the reforms of the counterfactual; case: another law
  std::string replicate;  // life
  std::string list;       // life: the office whose people are listed
  std::string who;
  std::string number;
  std::string people;   // lives
  std::string panel;    // lives: the file
  std::string without;  // effects switched off
  std::string survey = default_survey;
  std::string codebook;  // survey: a file in place of the shipped one
  std::string margins;   // survey weigh: a file in place of the landscape
  std::string method;
  std::string bounds;
  std::string strata;
  std::string budget;  // calibrate: runs
  std::string checks;
  std::string posterior;  // infer: the file
  bool resume = false;
  bool fixed_parameters = false;
  bool prior = false;  // parameters from their priors, not from the calibrated model
  bool json = false;
  bool quiet = false;
  bool digest = false;
  bool all = false;  // targets
  bool odd = false;  // registry
};

// Either what the command line asks for, or a text to print and be done (help, version).
struct Parsed {
  Arguments arguments;
  std::optional<std::string> print;
};

// Reads the words after the program's name. Throws InputError{unknown_name, missing_option, bad_option}.
Parsed parse_arguments(std::span<const std::string> words, Language language);

// The language of --lang if it is among the words, else of LC_ALL, LC_MESSAGES or LANG, else English.
// Throws InputError{bad_option} if --lang names none of fr, nl, en.
Language choose_language(std::span<const std::string> words, std::string_view environment);

// Where bench and cpas run differ from the defaults of RunOptions.
inline constexpr int bench_replicates = 1;
inline constexpr const char* default_own_base = "law-2015";
inline constexpr const char* default_case_law = "law-current";
// Of one CPAS the interval is that of one further draw, by rank: it takes 39 replicates to reach 95 % without
// assuming a shape (outputs/statistics.hpp). More do not narrow it, they make its ends steadier.
inline constexpr int default_own_replicates = 40;

// A calibration, and a split of uncertainty, take a part of the CPAS, another one in each run or landscape.
inline constexpr const char* default_calibration_sample = "0.2";
// A share of the variance has a standard error of about 1 / sqrt(40): a half is told from nothing.
inline constexpr int default_split_replicates = 40;

struct RunOptions {
  int n_replicates = 10;
  int n_threads = 0;  // 0: as many as the machine has
  double sample = 1;
  bool fixed_parameters = false;
  bool prior = false;
  Plan plan;
  Month snapshot_at;  // of the command snapshot
  std::filesystem::path out;
  std::size_t n_listed = 10;           // life --list
  std::size_t most_people = SIZE_MAX;  // lives
  int budget = 1000;                   // calibrate: runs of the search
  int n_checks = 40;                   // runs at draws of the posterior
};

// Checks the options of compare, run, snapshot and bench; all faults at once. Throws InputError{bad_option}.
RunOptions run_options(const Arguments& arguments);

// The command that gives the same results: without options that leave them as they are.
std::string reproducing_command(const Arguments& arguments);

// The words of such a command: parted by blanks, but for what stands in single quotes.
std::vector<std::string> words_of(std::string_view command);

}  // namespace tremplin::cli
