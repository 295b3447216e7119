#include "engine/trajectory/stocks.hpp"

namespace tremplin {

namespace {

void add(OfficeMonth& tally, Tally first, unsigned offset, std::uint32_t n) {
  tally.tallies[static_cast<std::size_t>(first) + offset] += n;
}
static_assert(static_cast<int>(Tally::paid_family) - static_cast<int>(Tally::paid_cohabitant) == 2);
static_assert(static_cast<int>(Tally::paid_equivalent_family) -
                  static_cast<int>(Tally::paid_equivalent_cohabitant) ==
              2);
static_assert(static_cast<int>(Tally::paid_65_plus) - static_cast<int>(Tally::paid_under_25) == 2);
static_assert(static_cast<int>(Tally::contract_housing) - static_cast<int>(Tally::contract_general) ==
              static_cast<int>(ContractType::housing));
// Activities in the order of the enumeration; none and part-time work, first and last, are no stock.
static_assert(static_cast<int>(Tally::in_article_61) - static_cast<int>(Tally::in_orientation) ==
              static_cast<int>(Activity::article_61) - static_cast<int>(Activity::orientation));

void tell_paid(OfficeMonth& tally, unsigned cell, std::uint32_t n) {
  const unsigned category = cell >> 4 & 3U;
  const unsigned age_class = cell >> 2 & 3U;
  const bool woman = (cell & 2U) != 0;
  const bool student = (cell & 1U) != 0;
  if ((cell & 64U) != 0) {
    tally[Tally::paid_equivalent] += n;
    add(tally, Tally::paid_equivalent_cohabitant, category, n);
    if (woman) tally[Tally::paid_equivalent_women] += n;
    if (age_class == 0) tally[Tally::paid_equivalent_under_25] += n;
    return;
  }
  tally[Tally::paid] += n;
  add(tally, Tally::paid_cohabitant, category, n);
  add(tally, Tally::paid_under_25, age_class, n);
  if (woman) tally[Tally::paid_women] += n;
  if (student) tally[Tally::paid_students] += n;
}

void tell_contract(OfficeMonth& tally, unsigned cell, std::uint32_t n) {
  const bool formal = (cell & 2U) != 0;
  tally[formal ? Tally::contract_formal : Tally::contract_personalised] += n;
  add(tally, Tally::contract_general, cell >> 2 & 7U, n);
  if ((cell & 32U) != 0) {
    tally[Tally::contract_second_line] += n;
    return;
  }
  tally[Tally::contract_covered] += n;
  const bool equivalent = (cell & 64U) != 0;
  if ((cell & 1U) != 0 && !equivalent) tally[Tally::contract_registered] += n;
}

void tell_situation(OfficeMonth& tally, unsigned cell, std::uint32_t n) {
  static constexpr std::array<Tally, 3> by_disposition = {Tally::required, Tally::exempted_health,
                                                          Tally::exempted_equity};
  const unsigned row = cell >> 4 & 3U;
  const unsigned activity = cell & 15U;
  if (row < by_disposition.size()) {
    const bool equivalent = (cell & 64U) != 0;
    tally[equivalent ? Tally::on_equivalent_income : Tally::on_integration_income] += n;
    tally[by_disposition[row]] += n;
  }
  if (activity != static_cast<unsigned>(Activity::none) &&
      activity != static_cast<unsigned>(Activity::part_time)) {
    add(tally, Tally::in_orientation, activity - 1, n);
  }
}

template <std::size_t n, typename Tell>
void tell_all(std::array<std::uint32_t, n>& cells, Tell tell) {
  for (unsigned cell = 0; cell < n; ++cell) {
    if (cells[cell] != 0) tell(cell, cells[cell]);
  }
  cells.fill(0);
}

}  // namespace

void Stocks::tell(OfficeMonth& tally) {
  tell_all(paid_, [&](unsigned cell, std::uint32_t n) { tell_paid(tally, cell, n); });
  tell_all(contracts_, [&](unsigned cell, std::uint32_t n) { tell_contract(tally, cell, n); });
  tell_all(situations_, [&](unsigned cell, std::uint32_t n) { tell_situation(tally, cell, n); });
}

}  // namespace tremplin
