#include "scenarios/spheres.hpp"

#include <algorithm>
#include <array>

namespace tremplin {

namespace {

// Levers, or the beginnings of several. What is not named here is law.
constexpr std::array<std::string_view, 28> of_practice = {"article60/exit_support",
                                                          "article60/places",
                                                          "exemption/age_from",
                                                          "exemption/breadth",
                                                          "exemption/child_under_years",
                                                          "exemption/grounds/age",
                                                          "exemption/grounds/homeless",
                                                          "exemption/grounds/lone_parent",
                                                          "exemption/harmonisation",
                                                          "exemption/review_months",
                                                          "exemption/students_summer",
                                                          "piis/electronic_file",
                                                          "piis/information_document",
                                                          "piis/lines",
                                                          "piis/signed_by",
                                                          "piis/worker_training",
                                                          "sanction/alternative_share",
                                                          "sanction/days",
                                                          "sanction/insured_leavers",
                                                          "sanction/made_partial",
                                                          "sanction/partial_withheld",
                                                          "sanction/propensity",
                                                          "sanction/tolerated_absences",
                                                          "sanction/undeclared/severity",
                                                          "social_activation/places",
                                                          "staff/factor",
                                                          "staff/files_per_worker_norm",
                                                          "staff/second_line_share"};
constexpr std::array<std::string_view, 2> of_environment = {"inflow", "unemployment/benefits_ended"};

bool is_in(const auto& beginnings, std::string_view path) {
  return std::ranges::any_of(beginnings, [&](std::string_view beginning) {
    return path.starts_with(beginning) && (path.size() == beginning.size() || path[beginning.size()] == '/');
  });
}

}  // namespace

Sphere sphere_of(std::string_view path) {
  if (is_in(of_practice, path)) return Sphere::practice;
  return is_in(of_environment, path) ? Sphere::environment : Sphere::law;
}

}  // namespace tremplin
