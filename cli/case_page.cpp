#include "cli/case_page.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "cli/arithmetic_text.hpp"
#include "cli/plain.hpp"
#include "cli/texts.hpp"
#include "outputs/present.hpp"

namespace tremplin::cli {
namespace {

constexpr int screen_width = 100;

bool same(const Source& a, const Source& b) {
  return a.limit == b.limit && a.citation.lever == b.citation.lever && a.citation.law == b.citation.law &&
         a.citation.changes == b.citation.changes && a.citation.value == b.citation.value;
}

const Text& class_text(ValueClass value_class, const Labels& labels) {
  constexpr std::array classes = {Say::class_law, Say::class_data, Say::class_calibrated, Say::class_assumed};
  return labels.of(classes[static_cast<std::size_t>(value_class)]);
}

// Sources in the order in which sentences name them.
class Sources {
 public:
  // " [1] [4]"; empty without sources.
  std::string marks(const std::vector<Source>& sources) {
    std::string text;
    for (const Source& source : sources) text += fmt::format(" [{}]", number_of(source));
    return text;
  }

  [[nodiscard]] std::string text(const CaseContext& context, Language language) const {
    std::string text = say(language, Phrase::sources) + "\n";
    for (std::size_t i = 0; i < known_.size(); ++i)
      text += wrapped(fmt::format("[{}] {}", i + 1, sentence(known_[i], context, language)), screen_width, 2);
    return text;
  }

 private:
  std::size_t number_of(const Source& source) {
    auto found = std::ranges::find_if(known_, [&](const Source& other) { return same(other, source); });
    if (found == known_.end()) found = known_.insert(found, source);
    return static_cast<std::size_t>(found - known_.begin()) + 1;
  }

  // How an amount came about, where no reform moved it.
  static std::string arithmetic(const Citation& citation, const CaseContext& context, Language language) {
    if (!citation.changes.empty()) return {};
    const std::string text = arithmetic_text(context.indexation, citation.lever->path, citation.law->from,
                                             cents_of(citation.value), language);
    return text.empty() ? text : "; " + text;
  }

  static std::string sentence(const Source& source, const CaseContext& context, Language language) {
    if (source.limit != nullptr) {
      const std::string note = source.limit->note.empty()
                                   ? std::string{}
                                   : "; " + say(language, Phrase::note) + " " + source.limit->note;
      return source.limit->reference + note;
    }
    const Citation& citation = source.citation;
    std::string text = fmt::format(
        "{} = {}, {}{}{} [{}]", citation.lever->path,
        value_text(citation.value, citation.lever->unit, context.labels, language),
        say(language,
            citation.law->from.counts_from() > source.month ? Phrase::first_known : Phrase::in_force_since,
            to_string(citation.law->from)),
        colon(language), citation.law->reference,
        class_text(citation.law->value_class, context.labels)[language]);
    text += arithmetic(citation, context, language);
    if (!citation.law->note.empty()) text += "; " + say(language, Phrase::note) + " " + citation.law->note;
    for (const Change* change : citation.changes)
      text += "; " + say(language, Phrase::case_changed_by,
                         fmt::format("{}, {}{}{}", change->source,
                                     say(language, Phrase::from_month, to_string(change->from)),
                                     colon(language), change->reference));
    return text;
  }

  std::vector<Source> known_;
};

// Lines whose sources are numbers.
using Marked = std::vector<std::string>;

class Page {
 public:
  Page(const CaseFile& file, std::span<const CaseReading> readings, const CaseContext& context,
       Language language)
      : readings_(readings), context_(context), language_(language) {
    for (const CaseReading& reading : readings)
      told_.push_back(tell(file, reading.law, reading.outcome, context.limits, context.labels, language));
    head(file);
  }

  std::string text() {
    section(Phrase::case_procedure, &CaseTelling::procedure);
    section(Phrase::case_contract, &CaseTelling::contract);
    months();
    section(Phrase::case_work, &CaseTelling::work);
    section(Phrase::case_breaches, &CaseTelling::breaches);
    section(Phrase::case_transitions, &CaseTelling::transitions);
    return text_ + "\n" + sources_.text(context_, language_);
  }

 private:
  void line(const std::string& text, int indent) { text_ += wrapped(text, screen_width, indent); }
  [[nodiscard]] std::string what(Phrase phrase) const { return say(language_, phrase); }

  void head(const CaseFile& file) {
    if (!file.name.empty()) line(file.name, 0);
    const Category category = file.households.front().category;
    line(say(language_, Phrase::case_described, date_text(file.request, language_),
             context_.labels.of(file.region)[language_],
             context_.labels.of(Section::levers, category_lever(category))[language_],
             date_text(file.born, language_)),
         0);
    for (const CaseReading& reading : readings_)
      line(say(language_, Phrase::case_law_is, reading.law.name()), 0);
    line(what(Phrase::case_no_person), 0);
  }

  [[nodiscard]] Marked marked(const std::vector<CaseLine>& lines) {
    Marked result;
    for (const CaseLine& one : lines) result.push_back(one.text + sources_.marks(one.sources));
    return result;
  }

  // What reads alike stands once, else under the name of each law.
  void print(const std::vector<Marked>& versions, int indent) {
    const bool alike = std::ranges::all_of(versions, [&](const Marked& v) { return v == versions.front(); });
    for (std::size_t r = 0; r < versions.size(); ++r) {
      if (alike && r > 0) return;
      if (!alike) line(readings_[r].law.name() + colon(language_), indent);
      for (const std::string& one : versions[r]) line(one, indent + (alike ? 0 : 2));
    }
  }

  void section(Phrase title, std::vector<CaseLine> CaseTelling::*lines) {
    std::vector<Marked> versions;
    bool any = false;
    for (const CaseTelling& telling : told_) {
      versions.push_back(marked(telling.*lines));
      any = any || !versions.back().empty();
    }
    if (!any) return;
    line("", 0);
    line(what(title), 0);
    print(versions, 2);
  }

  [[nodiscard]] std::string span_text(Month from, Month last) const {
    const std::string first = format_month(from, language_);
    return from == last ? first : first + " – " + format_month(last, language_);
  }

  // Consecutive months that read alike, under every law, are told once.
  void months() {
    line("", 0);
    line(what(Phrase::case_months), 0);
    std::vector<Marked> run;
    Month from;
    const std::size_t n = told_.front().months.size();
    for (std::size_t m = 0; m <= n; ++m) {
      std::vector<Marked> here;
      if (m < n)
        for (const CaseTelling& telling : told_) here.push_back(marked(telling.months[m].lines));
      if (m < n && m > 0 && here == run) continue;
      if (m > 0) {
        line(span_text(from, told_.front().months[m - 1].month), 2);
        print(run, 4);
      }
      if (m == n) break;
      from = told_.front().months[m].month;
      run = std::move(here);
    }
    std::vector<Marked> sums;
    for (const CaseReading& reading : readings_) sums.push_back({sum_text(reading.outcome)});
    print(sums, 2);
  }

  [[nodiscard]] std::string sum_text(const CaseOutcome& outcome) const {
    Cents paid;
    Cents state;
    Cents subsidy;
    Cents cpas;
    bool shared = false;
    for (const CaseMonth& month : outcome.months) {
      paid += month.paid;
      state += month.state;
      subsidy += month.subsidy;
      cpas += month.cpas;
      shared = shared || month.state_rate > 0;
    }
    const auto euro = [&](Cents amount) { return euro_text(amount, language_); };
    return shared ? say(language_, Phrase::case_sums, euro(paid), euro(state), euro(subsidy), euro(cpas))
                  : say(language_, Phrase::case_sum_paid, euro(paid));
  }

  std::span<const CaseReading> readings_;
  const CaseContext& context_;
  Language language_;
  std::vector<CaseTelling> told_;
  Sources sources_;
  std::string text_;
};

}  // namespace

std::string case_page(const CaseFile& file, std::span<const CaseReading> readings, const CaseContext& context,
                      Language language) {
  return Page(file, readings, context, language).text();
}

}  // namespace tremplin::cli
