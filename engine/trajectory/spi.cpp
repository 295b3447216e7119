// The exemption of earnings for socio-professional integration (SPI): royal decree of 11 July 2002, art. 35.
// So many days within a window that opens with the first exempted day (004:2241-2263), and since 2024 a
// higher amount for the first months in a shortage occupation, once in life.
#include <algorithm>
#include <cmath>

#include "engine/trajectory/step.hpp"

namespace tremplin {

bool exemption_left(const Step& s, const Person& person) {
  return person.exempted_earnings_days < s.rules_of(person).spi_days &&
         s.first_day - person.exempted_earnings_from < s.amounts_of(person).exempt_earnings_window;
}

void open_exemption(Step& s, std::size_t k) {
  Person& person = s.person(k);
  const Rules& rules = s.rules_of(person);
  Draws& draws = s.draws(k);
  if (person.exempted_earnings_from == 0 && draws.happens(Decision::spi_asked, s.p.spi_asked)) {
    person.exempted_earnings_from = static_cast<DayNumber>(s.first_day);
  }
  person.activity_until = no_month;
  if (rules.spi_shortage_amount <= 0 || rules.spi_shortage_months == 0 || person.shortage_used) return;
  if (person.exempted_earnings_from == 0 || !exemption_left(s, person)) return;
  if (!draws.happens(Decision::shortage_job, s.p.shortage_share)) return;
  person.shortage_used = true;
  person.activity_until = static_cast<MonthIndex>(s.now() + rules.spi_shortage_months - 1);
}

Cents exempt_earnings(Step& s, Person& person, int paid_days) {
  const Cents earnings{person.earnings * 10L};
  if (earnings.value == 0 || person.exempted_earnings_from == 0 || !exemption_left(s, person)) return {0};
  const int days = s.rules_of(person).spi_counting == 0
                       ? paid_days
                       : static_cast<int>(std::lround(paid_days * s.p.part_time_days));
  person.exempted_earnings_days = static_cast<std::uint16_t>(person.exempted_earnings_days + days);
  const Amounts& amounts = s.amounts_of(person);
  const bool shortage = person.activity_until >= s.now();  // never for no_month
  return std::min(earnings, shortage ? amounts.exempt_earnings_shortage : amounts.exempt_earnings);
}

}  // namespace tremplin
