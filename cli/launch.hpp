// A process of the program: words, language, terminal and signals for run_program().
#pragma once

namespace tremplin::inference {
class Team;
}

namespace tremplin::cli {

// What main() returns. team: processes that share a calibration, of which the first one speaks; nullptr: this
// one alone. Call before any thread is started.
int launch(int n_words, const char* const* words, inference::Team* team = nullptr);

}  // namespace tremplin::cli
