// case new: a described household, ready to compute and to be changed, with comments in the language asked.
#include <ostream>

#include "cli/commands.hpp"
#include "cli/plain.hpp"
#include "cli/texts.hpp"

namespace tremplin::cli {
namespace {

std::string commented(const std::string& text) {
  std::string result;
  const std::string lines = wrapped(text, 98, 0);
  std::size_t start = 0;
  for (std::size_t end = lines.find('\n'); end != std::string::npos; end = lines.find('\n', start)) {
    result += "# " + lines.substr(start, end - start) + "\n";
    start = end + 1;
  }
  return result;
}

}  // namespace

int case_new_command(const Task& task) {
  const auto what = [&](Phrase phrase) { return say(task.screen.language, phrase); };
  const auto entry = [](const std::string& key_and_value, const std::string& comment) {
    return fmt::format("{:<32}  # {}\n", key_and_value, comment);
  };
  std::string text = commented(what(Phrase::case_new_intro)) + "\n";
  text += entry("# name: A. B.", what(Phrase::case_new_name));
  text += entry("region: wallonia", "flanders | wallonia | brussels");
  text += entry("born: 1993-05-20", what(Phrase::case_new_born));
  text += entry("category: single", "cohabitant | single | family");
  text += commented(what(Phrase::case_new_category));
  text += commented(what(Phrase::case_new_household));
  text += "# household:\n#   - {from: 2017-03-10, partner: false, minor_children: 0, other_adults: 0}\n";
  text += "#   - {from: 2017-09-01, minor_children: 1}\n\n";
  text += entry("request: 2017-03-10", what(Phrase::case_new_request));
  text += entry("# decision: 2017-04-05", what(Phrase::case_new_decision));
  text += entry("# until: 2018-02", what(Phrase::case_new_until));
  text += entry("# last_paid: 2016-06-30", what(Phrase::case_new_last_paid));
  text += entry("# ends: 2018-01-15", what(Phrase::case_new_ends));
  text += entry("# equivalent: false", what(Phrase::case_new_equivalent));
  text += entry("# student: false", what(Phrase::case_new_student));
  text += entry("# exempted: none", what(Phrase::case_new_exempted) + ": none | health | equity");
  text += "\n" + commented(what(Phrase::case_new_income)) + "income:\n";
  text += "  - {kind: means, monthly: 100}\n";
  text += "  - {kind: work, from: 2017-06-01, until: 2017-08-31, monthly: 450}\n";
  text += "  # - {kind: work, from: 2024-03-01, monthly: 600, shortage: true}\n\n";
  text += entry("contract: {signed: 2017-05-30}", what(Phrase::case_new_contract));
  text += "# type: general | employment | training | studies | social_activation | housing\n\n";
  text += commented(what(Phrase::case_new_breaches)) + "breaches:\n";
  text += "  - {on: 2017-10-02}\n";
  text +=
      "  # - {on: 2017-11-20, decided: 2017-12-12, suspended_months: 1, extent: partial, sursis: false}\n\n";
  text += commented(what(Phrase::case_new_undeclared));
  text += "# undeclared:\n#   - {on: 2017-08-01, decided: 2017-10-10, fraud: false, suspended_months: 2}\n";
  text += commented(what(Phrase::case_new_relatives));
  text += "# relatives:\n#   - {relation: first_degree, monthly: 1500, counted: true}\n";
  text += "#   - {relation: other_debtor, monthly: 1300}\n";
  text += commented(what(Phrase::case_new_article_60));
  text += "# article_60: {from: 2017-09-01, wage: 1350, gross: 1600, increased_subsidy: false}\n";
  text += commented(what(Phrase::case_new_work_refusal));
  text += "# work_refusal: {on: 2017-12-04, decided: 2017-12-19, new_request: 2018-01-15}\n\n";
  text += entry("people_paid: 350", what(Phrase::case_new_people_paid));
  text += entry("# coverage: 0.4", what(Phrase::case_new_coverage));
  text += entry("# population: 24000", what(Phrase::case_new_population));
  text += entry("# cpas: 412", what(Phrase::case_new_cpas));
  text += entry("# insured: false", what(Phrase::case_new_insured));
  text += entry("# benefit_ended: false", what(Phrase::case_new_benefit_ended));
  task.screen.out << text;
  return 0;
}

}  // namespace tremplin::cli
