// Tables of numbers in the inference core: one row for each point, one column for each score, parameter or
// summary (issue: from surveys to a calibrated model, point 5: a function from a matrix of parameters and a
// seed to a matrix of summaries).
#pragma once

#include <Eigen/Core>

namespace tremplin::inference {

using Matrix = Eigen::MatrixXd;
using Vector = Eigen::VectorXd;
using Row = Eigen::RowVectorXd;
using Index = Eigen::Index;

}  // namespace tremplin::inference
