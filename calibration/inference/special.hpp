// Special functions made of engine/base's portable exp and log, so that likelihoods are the same bits on any
// x86-64: normal distribution, log-gamma, quadrature over a normal distribution.
#pragma once

#include <span>

namespace tremplin::inference {

double normal_cdf(double x);          // relative error below 1e-9, also far in the tails
double log_normal_cdf(double x);      // log of it, for any x
double normal_log_density(double x);  // of the standard normal
double log_gamma(double x);           // x > 0; relative error below 1e-13 away from its zeros at 1 and 2
// log of the binomial coefficient's continuation to real n >= k >= 0.
double log_choose(double n, double k);
double log_sum_exp(std::span<const double> x);  // -infinity of nothing
double inverse_logit(double x);                 // in (0, 1), without overflow
double logit(double p);                         // 0 < p < 1

// Nodes and weights of an integral over a standard normal: sum of weight * f(node). Gauss-Hermite, 15 nodes:
// exact for polynomials up to degree 29.
struct NormalNode {
  double at;
  double log_weight;
};
std::span<const NormalNode> normal_nodes();

}  // namespace tremplin::inference
