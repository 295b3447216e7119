#include "cli/chronicle_text.hpp"

#include <algorithm>

#include "cli/plain.hpp"
#include "cli/texts.hpp"
#include "outputs/present.hpp"
#include "outputs/tables.hpp"
#include "scenarios/date.hpp"

namespace tremplin::cli {
namespace {

using Json = nlohmann::ordered_json;

constexpr int page = 100;
constexpr int margin = 9;  // the month before the text
constexpr int column = 43;

std::string_view name_of(Decision decision) {
  const auto all = all_decisions();
  return std::ranges::find(all, static_cast<std::uint16_t>(decision), &DecisionEntry::number)->name;
}

std::string day_text(std::int32_t day) {
  Month month(day / 31);  // at or before the day's own
  while (first_day_of(month + 1) <= day) ++month;
  return fmt::format("{:02}/{:02}/{}", day - first_day_of(month) + 1, month.of_year(), month.year());
}

class Writer {
 public:
  Writer(const TwoLives& lives, const Labels& labels, Language language)
      : lives_(lives), labels_(labels), language_(language) {}

  std::string text() {
    heading();
    const std::size_t n = std::max(lives_.first.months.size(), lives_.second.months.size());
    bool side_by_side = false;
    for (std::size_t i = 0; i < n; ++i) {
      const std::vector<std::string> first = cell(lives_.first, lives_.under.first, i, page - margin);
      const std::vector<std::string> second = cell(lives_.second, lives_.under.second, i, page - margin);
      if (first.empty() && second.empty()) continue;
      const Month month = (i < lives_.first.months.size() ? lives_.first : lives_.second).months[i].month;
      if (first == second) {
        write(month, first, {});
        continue;
      }
      if (!side_by_side) columns();
      side_by_side = true;
      write(month, cell(lives_.first, lives_.under.first, i, column),
            cell(lives_.second, lives_.under.second, i, column), true);
    }
    totals();
    parting();
    return std::move(text_);
  }

 private:
  template <class... Values>
  std::string say(Phrase what, const Values&... values) const {
    return cli::say(language_, what, values...);
  }
  [[nodiscard]] std::string number(double value, int decimals) const {
    return format_number(value, decimals, language_);
  }

  void heading() {
    const Person& person = lives_.first.months.front().person;
    std::vector<std::string> traits;
    traits.push_back(say(person.woman ? Phrase::life_woman : Phrase::life_man));
    traits.push_back(say(Phrase::life_born, format_month(Month(person.born), language_)));
    constexpr std::array categories = {Phrase::life_cohabitant, Phrase::life_single, Phrase::life_family};
    traits.push_back(say(categories[static_cast<std::size_t>(person.category)]));
    if (person.student) traits.push_back(say(Phrase::life_student));
    if (person.homeless) traits.push_back(say(Phrase::life_homeless));
    if (person.lone_parent) traits.push_back(say(Phrase::life_lone_parent));
    if (person.health_limited) traits.push_back(say(Phrase::life_health));
    if (person.comes_for_equivalent) traits.push_back(say(Phrase::life_equivalent));
    text_ += wrapped(to_string(lives_.name) + " — " + fmt::format("{}", fmt::join(traits, ", ")), page, 0);
    text_ +=
        wrapped(say(Phrase::life_office, static_cast<int>(lives_.office.id),
                    labels_.of(lives_.office.region)[language_], labels_.of(lives_.office.size())[language_]),
                page, 0);
    text_ += wrapped(say(Phrase::life_synthetic), page, 0);
    text_ += '\n';
  }

  void columns() {
    if (!text_.ends_with("\n\n")) text_ += '\n';
    text_ += std::string(margin, ' ') + padded(lives_.first_scenario.name, column, false) + "  |  " +
             lives_.second_scenario.name + "\n";
  }

  std::string sentence(const Told& told) const {
    return fill(
        labels_.of(Section::happenings, happening_names()[static_cast<std::size_t>(told.what)])[language_],
        {{"status", told.status.empty() ? "" : labels_.of(Section::statuses, told.status)[language_]},
         {"day", std::to_string(told.day)},
         {"month", format_month(told.month, language_)},
         {"from", day_text(told.from)},
         {"until", day_text(told.until - 1)}});
  }

  // "Does the inquiry end in a grant? yes (p 0.700, draw 0.431)".
  std::string draw_text(const ToldDraw& draw) const {
    std::string text = labels_.of(Section::decisions, name_of(draw.decision))[language_];
    if (!draw.yes_or_no) return say(Phrase::life_lot, text, number(draw.u, 3));
    return text + " " +
           say(draw.happened ? Phrase::life_yes : Phrase::life_no, number(draw.p, 3), number(draw.u, 3));
  }

  // "sanction/propensity = 2": levers that bear on the decision, those that the reform moves if there are
  // any, else the two that come first.
  std::string rules_text(const ToldDraw& draw, const LifeMonth& month, const RulesTable& table) const {
    const auto rules_in = [&](const RulesTable& of) -> const Rules& {
      return rules_of(month, of, lives_.under.where);
    };
    std::vector<const Lever*> levers = levers_of(draw.decision);
    const auto stays = [&](const Lever* lever) {
      return lever->get(rules_in(*lives_.under.first)) == lever->get(rules_in(*lives_.under.second));
    };
    if (!std::ranges::all_of(levers, stays)) std::erase_if(levers, stays);
    levers.resize(std::min<std::size_t>(levers.size(), 2));
    std::vector<std::string> values;
    for (const Lever* lever : levers) {
      values.push_back(
          fmt::format("{} = {}", lever->path, number_text(lever->get(rules_in(table)), language_)));
    }
    return fmt::format("{}", fmt::join(values, "; "));
  }

  // The lines of one life's month; none if nothing is worth telling.
  std::vector<std::string> cell(const Life& life, const RulesTable* table, std::size_t i, int width) const {
    if (i >= life.months.size()) return {};
    const LifeMonth& month = life.months[i];
    const std::vector<Told> told = happenings(i == 0 ? nullptr : &life.months[i - 1].person, month);
    if (told.empty()) return {};
    std::string text;
    for (const Told& one : told) text += wrapped(sentence(one) + ".", width, 0);
    for (auto draw = month.draws.begin(); draw != month.draws.end(); ++draw) {
      const bool told_before = std::find(month.draws.begin(), draw, *draw) != draw;  // asked twice in a month
      if (told_before || !is_worth_telling(*draw)) continue;
      text += wrapped(draw_text(*draw), width, 2);
      if (const std::string rules = rules_text(*draw, month, *table); !rules.empty()) {
        text += wrapped(rules, width, 4);
      }
    }
    if (month.days_paid > 0) {
      text += wrapped(
          say(Phrase::life_paid, month.days_paid, number(static_cast<double>(cents_paid(month)) / 100, 2)),
          width, 0);
    }
    std::vector<std::string> lines;
    for (std::size_t start = 0; start < text.size();) {
      const std::size_t end = text.find('\n', start);
      lines.push_back(text.substr(start, end - start));
      start = end + 1;
    }
    return lines;
  }

  void write(Month month, const std::vector<std::string>& first, const std::vector<std::string>& second,
             bool both = false) {
    for (std::size_t line = 0; line < std::max(first.size(), second.size()); ++line) {
      text_ += padded(line == 0 ? to_string(month) : "", margin, false);
      const std::string left = line < first.size() ? first[line] : "";
      if (both) {
        text_ += padded(left, column, false) + "  |" +
                 (line < second.size() ? "  " + second[line] : std::string());
      } else {
        text_ += left;
      }
      text_ += '\n';
    }
  }

  void totals() {
    text_ += '\n';
    for (const auto* side : {&lives_.first, &lives_.second}) {
      std::int64_t months = 0;
      std::int64_t cents = 0;
      std::int64_t suspended = 0;
      for (const LifeMonth& month : side->months) {
        months += month.days_paid > 0;
        cents += cents_paid(month);
        suspended += month[Tally::suspended_days];
      }
      const ScenarioInfo& scenario = side == &lives_.first ? lives_.first_scenario : lives_.second_scenario;
      text_ += wrapped(say(Phrase::life_total, scenario.name, months,
                           number(static_cast<double>(cents) / 100, 2), suspended),
                       page, 0);
    }
  }

  void parting() {
    text_ += '\n';
    if (!lives_.parting) {
      text_ += wrapped(say(Phrase::life_same), page, 0);
      return;
    }
    const Parting& parting = *lives_.parting;
    text_ += wrapped(say(Phrase::life_parts, format_month(parting.month, language_)), page, 0);
    text_ += wrapped(why(parting), page, 2);
    for (const RuleDifference& rule : parting.rules) {
      text_ += wrapped(
          say(Phrase::life_rule, labels_.of(Section::levers, rule.lever->path)[language_], rule.lever->path,
              number_text(rule.first, language_), number_text(rule.second, language_)),
          page, 2);
    }
    if (parting.rules.empty()) text_ += wrapped(say(Phrase::life_no_rule), page, 2);
  }

  std::string why(const Parting& parting) const {
    const auto question = [&](const std::optional<ToldDraw>& draw) {
      return labels_.of(Section::decisions, name_of(draw->decision))[language_];
    };
    switch (parting.why) {
      case WhyParted::probability:
        return say(Phrase::life_same_draw, question(parting.first), number(parting.first->u, 3),
                   number(parting.first->p, 3), number(parting.second->p, 3));
      case WhyParted::only_first:
        return say(Phrase::life_only, question(parting.first), lives_.first_scenario.name);
      case WhyParted::only_second:
        return say(Phrase::life_only, question(parting.second), lives_.second_scenario.name);
      case WhyParted::no_decision:
        break;
    }
    return say(Phrase::life_no_decision);
  }

  const TwoLives& lives_;
  const Labels& labels_;
  Language language_;
  std::string text_;
};

Json json_of(const ToldDraw& draw, const Rules& rules) {
  Json json = {{"decision", name_of(draw.decision)}, {"draw", draw.u}};
  if (!draw.yes_or_no) return json;
  json["probability"] = draw.p;
  json["happened"] = draw.happened;
  for (const Lever* lever : levers_of(draw.decision))
    json["levers"][std::string(lever->path)] = lever->get(rules);
  return json;
}

Json json_of(const Life& life, const RulesTable& table, Jurisdiction where) {
  Json months = Json::array();
  for (std::size_t i = 0; i < life.months.size(); ++i) {
    const LifeMonth& month = life.months[i];
    const std::vector<Told> told = happenings(i == 0 ? nullptr : &life.months[i - 1].person, month);
    if (told.empty() && month.draws.empty() && month.days_paid == 0) continue;
    Json names = Json::array();
    for (const Told& one : told) {
      Json happening = {{"what", happening_names()[static_cast<std::size_t>(one.what)]}};
      if (!one.status.empty()) happening["status"] = one.status;
      names.push_back(std::move(happening));
    }
    Json draws = Json::array();
    for (const ToldDraw& draw : month.draws) draws.push_back(json_of(draw, rules_of(month, table, where)));
    months.push_back({{"month", to_string(month.month)},
                      {"happenings", std::move(names)},
                      {"days_paid", month.days_paid},
                      {"cents_paid", cents_paid(month)},
                      {"draws", std::move(draws)}});
  }
  return months;
}

Json json_of(const Parting& parting) {
  constexpr std::array<std::string_view, 4> whys = {"probability", "only_first", "only_second",
                                                    "no_decision"};
  Json json = {{"month", to_string(parting.month)}, {"why", whys[static_cast<std::size_t>(parting.why)]}};
  const auto draw = [](const ToldDraw& told) {
    return Json{{"decision", name_of(told.decision)},
                {"draw", told.u},
                {"probability", told.p},
                {"happened", told.happened}};
  };
  if (parting.first) json["first"] = draw(*parting.first);
  if (parting.second) json["second"] = draw(*parting.second);
  json["rules"] = Json::array();
  for (const RuleDifference& rule : parting.rules) {
    json["rules"].push_back({{"lever", rule.lever->path}, {"first", rule.first}, {"second", rule.second}});
  }
  return json;
}

}  // namespace

std::string chronicle_text(const TwoLives& lives, const Labels& labels, Language language) {
  return Writer(lives, labels, language).text();
}

nlohmann::ordered_json chronicle_json(const TwoLives& lives) {
  return {{"person", to_string(lives.name)},
          {"synthetic", true},
          {"parting", lives.parting ? json_of(*lives.parting) : Json()},
          {"lives",
           {{{"scenario", lives.first_scenario.name},
             {"months", json_of(lives.first, *lives.under.first, lives.under.where)}},
            {{"scenario", lives.second_scenario.name},
             {"months", json_of(lives.second, *lives.under.second, lives.under.where)}}}}};
}

}  // namespace tremplin::cli
