#include "cli/arithmetic_text.hpp"

#include "cli/texts.hpp"
#include "outputs/present.hpp"

namespace tremplin::cli {

std::string arithmetic_text(const Indexation& indexation, std::string_view path, Date day, Cents amount,
                            Language language) {
  const auto found = amount_by_acts(indexation, path, day);
  if (!found || found->amount != amount) return {};  // a departure, or an amount of before the acts
  const std::string coefficient =
      format_number(static_cast<double>(found->step->coefficient) / 1e4, 4, language);
  const std::string base = euro_text(found->base, language);
  const std::string indexed = euro_text(found->indexed, language);
  if (!series_of(indexation, path)->yearly)
    return say(language, Phrase::case_arithmetic_month, base, coefficient, indexed);
  return say(language, Phrase::case_arithmetic_year, base, coefficient, indexed, euro_text(amount, language));
}

std::string euro_text(Cents amount, Language language) {
  return format_number(static_cast<double>(amount.value) / 100, 2, language);
}

}  // namespace tremplin::cli
