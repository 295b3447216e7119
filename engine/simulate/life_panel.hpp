// Lives as a table: the five statuses and the paid days of each person in each month reported, one byte each.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "engine/simulate/office_run.hpp"

namespace tremplin {

// What is kept of each person and month.
enum class PanelColumn : std::uint8_t { entitlement, disposition, contract, activity, exit, paid_days };
constexpr std::size_t n_panel_columns = 6;
constexpr int most_paid_days = 127;  // arrears of many months are cut there

// The people of one office who were in care (waiting, on benefit, employed) in a month reported or more, in
// the order of their identities. Statuses are those at the end of the month; they stay as they were while a
// person is away, and are 0 (not eligible, required, none) before the first month in care.
struct OfficePanel {
  CpasId office{};
  std::vector<Person> people;                                   // as last seen in care
  std::array<std::vector<std::int8_t>, n_panel_columns> cells;  // [person][month]
};

OfficePanel panel_of_office(const World& world, const Office& office, const Parameters& parameters,
                            const Constants& constants, const RulesTable& table, const Plan& plan,
                            OfficeScratch& scratch);

// All offices, in the order of world.offices, by the threads of the caller's arena; empty if stop was
// requested. Takes six bytes for each person and month.
std::vector<OfficePanel> simulate_panel(const World& world, const Parameters& parameters,
                                        const RulesTable& table, const Plan& plan, Observer& observer,
                                        std::stop_token stop);

}  // namespace tremplin
