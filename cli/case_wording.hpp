// The words that the sentences of one case share: dates, amounts, sources, in the language asked.
#pragma once

#include <array>
#include <string>

#include "cli/arithmetic_text.hpp"
#include "cli/case_lines.hpp"
#include "cli/texts.hpp"
#include "outputs/present.hpp"

namespace tremplin::cli {

class Wording {
 public:
  // All that is handed over must outlive it.
  Wording(const CaseFile& file, const CaseLaw& law, const CaseOutcome& outcome, const Limits& limits,
          const Labels& labels, Language language)
      : file_(file), law_(law), outcome_(outcome), limits_(limits), labels_(labels), language_(language) {}

  template <class... Values>
  [[nodiscard]] std::string say(Phrase phrase, const Values&... values) const {
    return cli::say(language_, phrase, values...);
  }
  [[nodiscard]] std::string date(Date on) const { return date_text(on, language_); }
  [[nodiscard]] std::string day(Day on) const { return date(date_of(on)); }
  [[nodiscard]] std::string euro(Cents amount) const { return euro_text(amount, language_); }
  [[nodiscard]] std::string months(int n) const {
    constexpr std::array<std::array<const char*, 2>, 3> units = {
        {{"mois", "mois"}, {"maand", "maanden"}, {"month", "months"}}};
    return std::to_string(n) + " " + units[static_cast<std::size_t>(language_)][n == 1 ? 0 : 1];
  }
  [[nodiscard]] Source source(std::string_view path, Month month) const {
    return {law_.cite(path, month), nullptr, month};
  }
  [[nodiscard]] static Source limit(const Limit& limit) { return {{}, &limit, {}}; }
  [[nodiscard]] const CaseFile& file() const { return file_; }
  [[nodiscard]] const CaseLaw& law() const { return law_; }
  [[nodiscard]] const CaseOutcome& outcome() const { return outcome_; }
  [[nodiscard]] const Limits& limits() const { return limits_; }
  [[nodiscard]] Language language() const { return language_; }

 protected:
  const CaseFile& file_;
  const CaseLaw& law_;
  const CaseOutcome& outcome_;
  const Limits& limits_;
  const Labels& labels_;
  Language language_;
};

// What a job of article 60 opens, and what want of disposition to work costs.
std::vector<CaseLine> work_lines(const Wording& words);
// What each breach and each omission can cost, and what was decided.
std::vector<CaseLine> breach_lines(const Wording& words);

}  // namespace tremplin::cli
