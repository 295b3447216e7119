// A sample of CPAS out of all of them, calibrated to known totals, and what it says of the country with its
// standard errors: by linearisation (Taylor) and by jackknife. Respondents of a CPAS share its weight evenly,
// as in the study of 2015 (003:666-667), and a CPAS is taken or not as a whole: every estimate is a ratio of
// sums over CPAS, so that clusters are rows and no larger matrix is needed. The finite population correction
// counts the CPAS of the country (589, 003:627-628).
#pragma once

#include <Eigen/Core>
#include <vector>

#include "calibration/survey/calibrate.hpp"

namespace tremplin::survey {

// Strata of the design: {0, 0, …} with one population size is a simple random sample.
struct Strata {
  std::vector<int> of;             // [CPAS]
  std::vector<double> population;  // [stratum] CPAS in the country
};

// Of each CPAS: sums over its respondents, divided by their number.
struct CpasSums {
  Eigen::VectorXd over;
  Eigen::VectorXd under;     // of a mean, the share of its respondents who answer
  Eigen::VectorXd answered;  // that share: a CPAS bears on the ratio if it is above 0
};

struct Precision {
  double value = 0;
  double se = 0;            // linearised; NaN if fewer than two CPAS bear on it
  double se_jackknife = 0;  // JK1 without strata, JKn with them; NaN likewise
  int df = 0;               // CPAS that bear on it, less their strata
};

class CpasSample {
 public:
  // x: [CPAS][total]; totals: of the country. Throws nothing; met() tells whether the totals are, and
  // first_unmet_replicate() whether they are without each of the CPAS in turn.
  CpasSample(Strata strata, Eigen::MatrixXd x, Eigen::VectorXd totals, Distance distance, Bounds bounds);

  [[nodiscard]] bool met() const { return calibration_.met(); }
  // Number of the first CPAS without which the totals cannot be met within the bounds; -1 if there is none.
  [[nodiscard]] int first_unmet_replicate() const { return unmet_; }
  [[nodiscard]] const Eigen::VectorXd& design() const { return design_; }    // [CPAS] population / sample
  [[nodiscard]] const Eigen::VectorXd& weights() const { return weights_; }  // [CPAS] calibrated
  // [CPAS][replicate] calibrated without one CPAS each, in the order of the CPAS.
  [[nodiscard]] const Eigen::MatrixXd& replicates() const { return replicates_; }

  // The ratio of the totals of `over` and `under`.
  [[nodiscard]] Precision ratio(const CpasSums& sums) const;

 private:
  void replicate(Distance distance, Bounds bounds);
  [[nodiscard]] double linearised(const Eigen::VectorXd& influence) const;
  [[nodiscard]] double jackknifed(const CpasSums& sums) const;
  [[nodiscard]] double correction(std::size_t stratum) const;  // 1 - sample / population

  Strata strata_;
  std::vector<double> sizes_;  // [stratum] CPAS in the sample
  Eigen::MatrixXd x_;
  Eigen::VectorXd totals_;
  Eigen::VectorXd design_;
  Calibration calibration_;
  Eigen::VectorXd weights_;
  Eigen::MatrixXd replicates_;
  Eigen::MatrixXd projector_;  // [total][CPAS]: regression coefficients of a variable on x
  int unmet_ = -1;
};

}  // namespace tremplin::survey
