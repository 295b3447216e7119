#include "calibration/inference/stated_error.hpp"

#include <utility>

#include "engine/base/portable_math.hpp"

namespace tremplin::inference {

double effective_size(double share, double standard_error) {
  return share * (1 - share) / (standard_error * standard_error);
}

BinomialData binomial_with_error(Index column, double share, double standard_error) {
  const double trials = effective_size(share, standard_error);
  return {column, share * trials, trials};
}

CountData count_with_error(Index column, double count, double standard_error) {
  const double beyond = standard_error * standard_error - count;
  CountData data{.column = column, .count = count};
  if (beyond > 0) data.size = count * count / beyond;
  return data;
}

MultinomialData multinomial_of_size(std::vector<Index> columns, const Vector& shares,
                                    std::span<const double> sizes) {
  double log_size = 0;
  for (const double size : sizes) log_size += portable::log(size) / static_cast<double>(sizes.size());
  return {std::move(columns), shares / shares.sum() * portable::exp(log_size)};
}

double discrepancy_on_logit(double part, double share) { return part / (1 - share); }

}  // namespace tremplin::inference
