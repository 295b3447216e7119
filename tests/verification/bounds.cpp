#include "tests/verification/bounds.hpp"

#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/distributions/complement.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>

namespace tremplin::test {

namespace {
using boost::math::complement;
}  // namespace

double normal_bound(int n_comparisons) {
  return quantile(complement(boost::math::normal{}, family_error / n_comparisons / 2));
}

double student_bound(int degrees_of_freedom, int n_comparisons) {
  return quantile(complement(boost::math::students_t(degrees_of_freedom), family_error / n_comparisons / 2));
}

double chi_square_bound(int degrees_of_freedom, int n_comparisons) {
  return quantile(complement(boost::math::chi_squared(degrees_of_freedom), family_error / n_comparisons));
}

double kolmogorov_bound(std::int64_t n_values, int n_comparisons) {
  return std::sqrt(std::log(2 * n_comparisons / family_error) / (2 * static_cast<double>(n_values)));
}

Band chi_square_band(int degrees_of_freedom, int n_comparisons) {
  const boost::math::chi_squared law(degrees_of_freedom);
  const double tail = family_error / n_comparisons / 2;
  return {quantile(law, tail), quantile(complement(law, tail))};
}

double chi_square(std::span<const double> observed, std::span<const double> expected) {
  double sum = 0;
  for (std::size_t i = 0; i < observed.size(); ++i) {
    sum += (observed[i] - expected[i]) * (observed[i] - expected[i]) / expected[i];
  }
  return sum;
}

Mean mean_of(std::span<const double> values) {
  const auto n = static_cast<double>(values.size());
  double sum = 0;
  for (const double value : values) sum += value;
  double squares = 0;
  for (const double value : values) squares += (value - sum / n) * (value - sum / n);
  return {sum / n, std::sqrt(squares / (n - 1) / n)};
}

}  // namespace tremplin::test
