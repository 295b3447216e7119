#include "engine/cpas/office.hpp"

namespace tremplin {

PracticeMeans means_of(std::span<const Office> offices) {
  PracticeMeans means;
  for (const Office& office : offices) {
    means.exempt_health += office.practice.p_exempt_health;
    means.exempt_over_50 += office.practice.p_exempt_over_50;
    means.exempt_lone_parent += office.practice.p_exempt_lone_parent;
    means.exempt_homeless += office.practice.p_exempt_homeless;
    means.exempt_student += office.practice.p_exempt_student;
    means.trained += office.practice.trained_share;
  }
  const auto n = static_cast<double>(offices.size());
  for (double* mean : {&means.exempt_health, &means.exempt_over_50, &means.exempt_lone_parent,
                       &means.exempt_homeless, &means.exempt_student, &means.trained}) {
    *mean /= n;
  }
  return means;
}

}  // namespace tremplin
