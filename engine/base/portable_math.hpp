// exp, log, pow and tan made of IEEE additions, multiplications and divisions only.
// The C library chooses its own variant by processor and may differ in the last bit; a draw compared
// with such a number could then differ between two machines. These are the same bits on any x86-64
// (the build sets -ffp-contract=off). Accuracy: a few units in the last place, tested against libm.
#pragma once

#include <span>

namespace tremplin::portable {

double exp(double x);            // 0 below -745, infinity above 709.8
double log(double x);            // -infinity at 0; the sign of a negative x is not checked
double pow(double x, double y);  // x > 0
double tan(double x);            // |x| <= pi
// The same bits for each of many numbers, which one processor computes side by side.
void log_of_each(std::span<double> x);
void pow_of_each(std::span<double> x, double y);  // each x > 0
double normal_quantile(double p);  // 0 < p < 1; |relative error| < 1.2e-9 (Acklam's approximation)

// 1 - exp(-x) for x >= 0, inlined for the person loop; absolute error below 1e-9.
inline double one_minus_exp_of_minus(double x) {
  if (x <= 0) return 0;
  if (x > 32) return 1;
  // (exp(-x/64))^64, the inner one by its series to order 6: |x/64| <= 0.5.
  const double t = x * (1.0 / 64);
  double e =
      1 -
      t * (1 -
           t * (1.0 / 2) *
               (1 - t * (1.0 / 3) *
                        (1 - t * (1.0 / 4) *
                                 (1 - t * (1.0 / 5) *
                                          (1 - t * (1.0 / 6) * (1 - t * (1.0 / 7) * (1 - t * (1.0 / 8))))))));
  e *= e;
  e *= e;
  e *= e;
  e *= e;
  e *= e;
  e *= e;
  return 1 - e;
}

}  // namespace tremplin::portable
