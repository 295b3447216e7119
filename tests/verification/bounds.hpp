// Bounds of statistical tests. Every test of this folder fixes its seed; a bound says how far chance alone
// may carry the statistic, given how many comparisons the test makes (Bonferroni) and how rarely a correct
// program may fail one of the seeds that one could have chosen (the family-wise error).
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace tremplin::test {

// A correct program fails a family of comparisons for one seed in a million. So small that no seed has to be
// picked; the samples are large enough that faults which would bend results are still seen (see the controls
// of draws_test.cpp).
inline constexpr double family_error = 1e-6;

// The two-sided normal bound, in standard errors, of each of `n` comparisons.
double normal_bound(int n_comparisons);

// The same where the standard error is estimated with these degrees of freedom (Student's t).
double student_bound(int degrees_of_freedom, int n_comparisons);

// The upper bound of a chi-square statistic with these degrees of freedom, in each of `n` comparisons.
double chi_square_bound(int degrees_of_freedom, int n_comparisons);

// The bound of |empirical - true distribution function| among n_values, in each of `n` comparisons:
// Dvoretzky, Kiefer and Wolfowitz, with Massart's constant (1990), exact for every sample size.
double kolmogorov_bound(std::int64_t n_values, int n_comparisons);

// Between which a chi-square statistic with these degrees of freedom lies, in each of `n` comparisons.
struct Band {
  double low;
  double high;
};
Band chi_square_band(int degrees_of_freedom, int n_comparisons);

// Pearson's statistic: sum over cells of (observed - expected)^2 / expected; expected > 0.
double chi_square(std::span<const double> observed, std::span<const double> expected);

// Mean and standard error of the mean; at least two values.
struct Mean {
  double value;
  double error;
};
Mean mean_of(std::span<const double> values);

}  // namespace tremplin::test
