// Likelihoods from what is usually published: a figure and its standard error.
#pragma once

#include <span>

#include "calibration/inference/observation.hpp"

namespace tremplin::inference {

// The sample whose share p, in (0, 1), has this standard error.
double effective_size(double share, double standard_error);
BinomialData binomial_with_error(Index column, double share, double standard_error);
// A Poisson count with what the standard error says beyond it: a negative binomial one.
CountData count_with_error(Index column, double count, double standard_error);
// Shares of one whole, each of a sample of its own size: their geometric mean counts. Shares that do not sum
// to one are taken in proportion.
MultinomialData multinomial_of_size(std::vector<Index> columns, const Vector& shares,
                                    std::span<const double> sizes);

// A discrepancy that is a part of the value, on the logit of a share.
double discrepancy_on_logit(double part, double share);

}  // namespace tremplin::inference
