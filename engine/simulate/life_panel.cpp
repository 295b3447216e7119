#include "engine/simulate/life_panel.hpp"

#include <algorithm>
#include <numeric>
#include <unordered_map>
#include <utility>

#include "engine/simulate/each_office.hpp"

namespace tremplin {

namespace {

using Cells = std::array<std::int8_t, n_panel_columns>;

class PanelLedger : public Ledger {
 public:
  explicit PanelLedger(const Plan& plan)
      : from_(plan.report_from), n_months_(static_cast<std::size_t>(plan.report_until - plan.report_from)) {}

  void begin(const Person&, const OfficeMonth&) override {}
  void end(const Person& person, Month month, const OfficeMonth&, int days_paid) override {
    const auto [found, is_new] =
        rows_.try_emplace(static_cast<std::uint32_t>(person.id), static_cast<std::uint32_t>(people_.size()));
    const std::size_t row = found->second;
    if (is_new) {
      people_.push_back(person);
      seen_.resize(seen_.size() + n_months_);
      cells_.resize(cells_.size() + n_months_);
    }
    people_[row] = person;
    const std::size_t at = row * n_months_ + static_cast<std::size_t>(month - from_);
    const int days = cells_[at].back() + days_paid;  // a month may come in parts
    seen_[at] = true;
    cells_[at] = {static_cast<std::int8_t>(person.entitlement),
                  static_cast<std::int8_t>(person.disposition),
                  static_cast<std::int8_t>(person.contracts[0].stage),
                  static_cast<std::int8_t>(person.activity),
                  static_cast<std::int8_t>(person.exit),
                  static_cast<std::int8_t>(std::min(days, most_paid_days))};
  }

  [[nodiscard]] OfficePanel panel(CpasId office) const {
    std::vector<std::size_t> order(people_.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::sort(order, {}, [this](std::size_t row) { return people_[row].id; });
    OfficePanel panel{.office = office, .people = {}, .cells = {}};
    for (auto& column : panel.cells) column.reserve(cells_.size());
    for (const std::size_t row : order) {
      panel.people.push_back(people_[row]);
      Cells last{};
      for (std::size_t at = row * n_months_; at < (row + 1) * n_months_; ++at) {
        if (seen_[at]) last = cells_[at];
        for (std::size_t c = 0; c < n_panel_columns; ++c) panel.cells[c].push_back(last[c]);
        last.back() = 0;  // days are paid in their own month
      }
    }
    return panel;
  }

 private:
  Month from_;
  std::size_t n_months_;
  std::unordered_map<std::uint32_t, std::uint32_t> rows_;
  std::vector<Person> people_;
  std::vector<Cells> cells_;  // [row][month]
  std::vector<bool> seen_;
};

}  // namespace

OfficePanel panel_of_office(const World& world, const Office& office, const Parameters& parameters,
                            const Constants& constants, const RulesTable& table, const Plan& plan,
                            OfficeScratch& scratch) {
  OfficeRun run(world, office, parameters, constants, table, plan);
  while (run.next_month() < plan.report_from) run.step(scratch);
  PanelLedger ledger(plan);
  run.keep(&ledger);
  while (run.next_month() < plan.report_until) run.step(scratch);
  return ledger.panel(office.id);
}

std::vector<OfficePanel> simulate_panel(const World& world, const Parameters& parameters,
                                        const RulesTable& table, const Plan& plan, Observer& observer,
                                        std::stop_token stop) {
  const Constants constants = make_constants(world, parameters);
  std::vector<OfficePanel> panels(world.offices.size());
  const bool done = for_each_office(
      world, observer, std::move(stop),
      [&](std::size_t i, OfficeScratch& scratch) {
        return panel_of_office(world, world.offices[i], parameters, constants, table, plan, scratch);
      },
      [&](std::size_t i, OfficePanel&& panel) { panels[i] = std::move(panel); });
  if (!done) return {};
  return panels;
}

}  // namespace tremplin
