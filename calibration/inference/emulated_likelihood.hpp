// The likelihood of the data at any scores without simulating there: emulators of each summary's mean and
// noise, joined by the correlation of their noise (a Gaussian copula), with the emulators' own variance
// integrated; runs that fail are emulated too, as a probability to succeed.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "calibration/inference/column_emulator.hpp"
#include "calibration/inference/problem.hpp"

namespace tremplin::inference {

// Where the posterior is thought to be, in scores; at first the prior.
struct Focus {
  Row mean;
  Matrix covariance;
};
Focus prior_focus(Index n_scores);
Focus focus_of(const Matrix& scores);
// Squared distance of each row from the focus, in its covariance.
Vector distances(const Focus& focus, const Matrix& scores);

class EmulatedLikelihood {
 public:
  // Uses the runs that did not fail (at least 10, else std::runtime_error).
  EmulatedLikelihood(const Problem& problem, const Simulations& runs, const Focus& focus,
                     const EmulatorOptions& options);

  // One number for each row; thread-safe, runs on the caller's arena, same bits for any number of threads.
  [[nodiscard]] Vector at(const Matrix& scores) const;

  // What each column says of each row: for diagnostics, history matching and validation.
  struct Detail {
    Matrix mean, variance, noise;  // rows x columns, on the columns' own scales
    Matrix errors;                 // standardised: data against emulator
    Matrix information;            // of the data on each column, 0 where the noise is learnt
    Vector success;                // probability that a run does not fail
  };
  [[nodiscard]] Detail detail(const Matrix& scores) const;
  // Standardised errors of simulated summaries (rows of finished runs) against the emulators; NaN for failed
  // runs, for columns that do not vary, and for those whose likelihood is known.
  [[nodiscard]] Matrix errors_of(const Simulations& runs) const;
  // Of the columns whose likelihood is known: by how much squared errors exceed what emulator and replicate
  // noise had said, in variances that the data have there; summed over columns. NaN for failed runs.
  [[nodiscard]] Vector unexplained_of(const Simulations& runs) const;

  [[nodiscard]] Index n_columns() const { return static_cast<Index>(columns_.size()); }
  [[nodiscard]] const std::string& name(Index column) const { return columns_[at_(column)].name; }
  [[nodiscard]] const ColumnEmulator& emulator(Index column) const { return columns_[at_(column)].emulator; }
  // Is the column's noise that of the data?
  [[nodiscard]] bool learns_noise(Index column) const { return columns_[at_(column)].learns_noise; }
  [[nodiscard]] double observed(Index column) const { return columns_[at_(column)].observed; }
  // Left-one-out standardised errors of the training rows nearest to the focus, rows x columns.
  [[nodiscard]] const Matrix& nearest_errors() const { return nearest_errors_; }
  // Columns without variation whose data differ from it: no parameter gives these data.
  [[nodiscard]] std::vector<std::string> unreachable() const;

 private:
  struct Column {
    std::string name;
    std::size_t term = 0;
    Index link = 0;
    bool learns_noise = false;
    double observed = 0;  // NaN where the likelihood is known
    double constant = 0;  // the value of a column without variation
    ColumnEmulator emulator;
  };
  static std::size_t at_(Index i) { return static_cast<std::size_t>(i); }
  [[nodiscard]] Vector of_block(const Matrix& scores) const;
  void correlate();
  void add_data(Detail& d) const;

  Prior prior_;
  Observation observation_;
  std::vector<Column> columns_;
  std::optional<ColumnEmulator> success_;
  Matrix nearest_errors_;
  Matrix correlation_;  // of noise, over the columns that learn it; empty: none
  std::vector<Index> correlated_;
};

}  // namespace tremplin::inference
