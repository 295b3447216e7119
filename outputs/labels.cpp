#include "outputs/labels.hpp"

#include <algorithm>
#include <iterator>

#include "calibration/priors.hpp"
#include "engine/base/decision.hpp"
#include "engine/base/errors.hpp"
#include "engine/parameters.hpp"
#include "outputs/chronicle.hpp"
#include "scenarios/scenario.hpp"
#include "scenarios/yaml/reader.hpp"

namespace tremplin {

namespace {

constexpr std::array<std::string_view, n_sections> section_names = {
    "tallies",         "tasks",       "effects",      "levers", "parameters",     "common_errors",
    "indicators",      "regions",     "size_classes", "groups", "income_groups",  "topics",
    "indicator_units", "short_units", "units",        "texts",  "office_columns", "decisions",
    "happenings",      "statuses",    "chapters",     "choices"};

struct TextEntry {
  std::string_view name;
  std::string_view placeholders;  // separated by spaces
};
constexpr std::array texts = {
#define TEXT(name, placeholders) TextEntry{#name, placeholders},
#include "outputs/texts.def"
#undef TEXT
};

constexpr std::array<std::string_view, n_income_groups> income_names = {"gr1", "gr2", "gr3", "gr4"};
constexpr std::array unit_names = {
#define UNIT(name) std::string_view(#name),
#include "engine/law/units.def"
#undef UNIT
};

// Decisions that are still asked.
std::vector<std::string_view> decision_names() {
  std::vector<std::string_view> names;
  for (const DecisionEntry& entry : all_decisions()) {
    if (!entry.retired) names.push_back(entry.name);
  }
  return names;
}

// In the order of the registry, each once.
std::vector<std::string_view> chapter_names() {
  std::vector<std::string_view> names;
  for (const Lever& lever : all_levers())
    if (std::ranges::find(names, chapter_of(lever)) == names.end()) names.push_back(chapter_of(lever));
  return names;
}

// "offer/basic", for each choice that has no words elsewhere.
const std::vector<std::string>& choice_names() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> all;
    for (const OfficeColumn& column : office_columns()) {
      if (!column.practice || column.truth()) continue;
      for (const std::string_view choice : words_of(column.choices))
        all.push_back(std::string(column.name) + "/" + std::string(choice));
    }
    return all;
  }();
  return names;
}

std::vector<std::string_view> list(std::span<const std::string_view> names) {
  return {names.begin(), names.end()};
}

template <class Entries, class Member>
std::vector<std::string_view> list(const Entries& entries, Member member) {
  std::vector<std::string_view> names;
  std::ranges::transform(entries, std::back_inserter(names), member);
  return names;
}

// The names between braces, sorted.
std::vector<std::string> placeholders_in(std::string_view text) {
  std::vector<std::string> found;
  for (std::size_t open = text.find('{'); open != std::string_view::npos; open = text.find('{', open + 1)) {
    const std::size_t close = text.find('}', open);
    if (close == std::string_view::npos) break;
    found.emplace_back(text.substr(open + 1, close - open - 1));
  }
  std::ranges::sort(found);
  return found;
}

std::string join(const std::vector<std::string>& words) {
  std::string joined;
  for (const std::string& word : words) joined += (joined.empty() ? "{" : " {") + word + "}";
  return joined;
}

void check_placeholders(std::string_view name, const Text& text, const yaml::Node& node,
                        const yaml::Place& place) {
  const auto entry = std::ranges::find(texts, name, &TextEntry::name);
  const std::vector<std::string_view> names =
      placeholders_of(static_cast<Say>(std::distance(texts.begin(), entry)));
  std::vector<std::string> expected(names.begin(), names.end());
  std::ranges::sort(expected);
  for (const std::string& in_language : text.in)
    if (const auto found = placeholders_in(in_language); found != expected)
      place.report(FaultKind::inconsistent, node, join(found), join(expected));
}

// Blanks before a mark, and those within French quotation marks, do not break a line. Files hold plain ones,
// which editors show alike.
std::string bound(const std::string& text) {
  constexpr std::string_view unbroken = "\u00a0";
  constexpr std::string_view marks = ":;?!%";
  constexpr std::string_view opening = "«";
  constexpr std::string_view closing = "»";
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::string_view after = std::string_view(text).substr(i + 1);
    const bool before_mark =
        !after.empty() && (marks.find(after.front()) != std::string_view::npos || after.starts_with(closing));
    const bool binds = text[i] == ' ' && (before_mark || result.ends_with(opening));
    if (binds) {
      result += unbroken;
    } else {
      result += text[i];
    }
  }
  return result;
}

using SectionTexts = std::map<std::string, Text, std::less<>>;

void read_section(Section section, const yaml::Node& node, const yaml::Place& place, SectionTexts& into) {
  const std::vector<std::string_view> names = names_in(section);
  for (const yaml::Entry& entry : yaml::entries(node, place)) {
    const yaml::Place here = place.at(entry.key);
    if (std::ranges::find(names, entry.key) == names.end()) {
      here.report(FaultKind::unknown_key, entry.value, entry.key, {}, nearest_name(entry.key, names));
      continue;
    }
    Text text = yaml::in_three_languages(entry.value, here);
    for (std::string& in_language : text.in) in_language = bound(in_language);
    if (section == Section::texts) check_placeholders(entry.key, text, entry.value, here);
    into.emplace(entry.key, text);
  }
}

void report_missing(Section section, const SectionTexts& found, Faults& faults) {
  for (const std::string_view name : names_in(section))
    if (!found.contains(name)) {
      Fault fault;
      fault.kind = FaultKind::missing_key;
      fault.source = "outputs/labels";
      fault.key = std::string(name_of(section)) + "." + std::string(name);
      faults.add(std::move(fault));
    }
}

}  // namespace

std::string_view chapter_of(const Lever& lever) { return lever.path.substr(0, lever.path.find('/')); }

std::string_view name_of(Section section) { return section_names[static_cast<std::size_t>(section)]; }

std::vector<std::string_view> names_in(Section section) {
  switch (section) {
    case Section::tallies:
      return list(all_tallies(), &TallyEntry::name);
    case Section::tasks:
      return list(all_tasks(), &TaskEntry::name);
    case Section::effects:
      return list(effect_names());
    case Section::levers:
      return list(all_levers(), &Lever::path);
    case Section::parameters:
      return list(all_parameters(), &ParameterEntry::name);
    case Section::common_errors:
      return list(common_error_names());
    case Section::indicators:
      return list(all_indicators(), &IndicatorEntry::name);
    case Section::regions:
      return list(region_names);
    case Section::size_classes:
      return list(size_class_names);
    case Section::groups:
      return list(group_names);
    case Section::income_groups:
      return list(income_names);
    case Section::topics:
      return list(topic_names());
    case Section::indicator_units:
    case Section::short_units:
      return list(indicator_unit_names());
    case Section::units:
      return list(unit_names);
    case Section::texts:
      return list(texts, &TextEntry::name);
    case Section::office_columns:
      return list(office_columns().subspan(1), &OfficeColumn::name);  // all but the number
    case Section::decisions:
      return decision_names();
    case Section::happenings:
      return list(happening_names());
    case Section::statuses:
      return list(status_names());
    case Section::chapters:
      return chapter_names();
    case Section::choices:
      return {choice_names().begin(), choice_names().end()};
  }
  return {};
}

std::vector<std::string_view> placeholders_of(Say text) {
  std::vector<std::string_view> found;
  std::string_view rest = texts[static_cast<std::size_t>(text)].placeholders;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find(' '), rest.size());
    found.push_back(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return found;
}

const Text& Labels::of(Section section, std::string_view name) const {
  return sections_[static_cast<std::size_t>(section)].find(name)->second;
}
const Text* Labels::find(Section section, std::string_view name) const {
  const auto& texts_of_section = sections_[static_cast<std::size_t>(section)];
  const auto found = texts_of_section.find(name);
  return found == texts_of_section.end() ? nullptr : &found->second;
}
const Text& Labels::of(Tally tally) const {
  return of(Section::tallies, all_tallies()[static_cast<std::size_t>(tally)].name);
}
const Text& Labels::of(Task task) const {
  return of(Section::tasks, all_tasks()[static_cast<std::size_t>(task)].name);
}
const Text& Labels::of(Indicator indicator) const {
  return of(Section::indicators, entry_of(indicator).name);
}
const Text& Labels::of(Region region) const {
  return of(Section::regions, region_names[static_cast<std::size_t>(region)]);
}
const Text& Labels::of(SizeClass size) const {
  return of(Section::size_classes, size_class_names[static_cast<std::size_t>(size)]);
}
const Text& Labels::of(TargetGroup group) const {
  return of(Section::groups, group_names[static_cast<std::size_t>(group)]);
}
const Text& Labels::of(Topic topic) const {
  return of(Section::topics, topic_names()[static_cast<std::size_t>(topic)]);
}
const Text& Labels::of(const OfficeColumn& column) const { return of(Section::office_columns, column.name); }
const Text& Labels::of(Say text) const {
  return of(Section::texts, texts[static_cast<std::size_t>(text)].name);
}

Labels load_labels(std::span<const SourceText> sources) {
  Faults faults;
  Labels labels;
  for (const SourceText& source : sources) {
    const auto root = yaml::read_document(source, faults);
    if (!root) continue;
    const yaml::Place place{source.name, &faults, {}};
    for (const yaml::Entry& entry : yaml::entries(*root, place)) {
      const auto section = std::ranges::find(section_names, entry.key);
      if (section == section_names.end()) {
        place.at(entry.key).report(FaultKind::unknown_key, entry.value, entry.key, {},
                                   nearest_name(entry.key, std::span<const std::string_view>(section_names)));
        continue;
      }
      const auto index = static_cast<std::size_t>(std::distance(section_names.begin(), section));
      read_section(static_cast<Section>(index), entry.value, place.at(entry.key), labels.sections_[index]);
    }
  }
  for (int s = 0; s < n_sections; ++s)
    report_missing(static_cast<Section>(s), labels.sections_[static_cast<std::size_t>(s)], faults);
  faults.throw_if_any();
  return labels;
}

std::string groups_text(GroupSet groups, const Labels& labels, Language language) {
  std::string text;
  for (int g = 0; g < n_groups; ++g) {
    const auto group = static_cast<TargetGroup>(g);
    if (groups.has(group)) text += (text.empty() ? "" : "; ") + labels.of(group)[language];
  }
  return text;
}

std::string numbers_text(std::span<const CpasId> ids) {
  std::string text;
  for (const CpasId id : ids) text += (text.empty() ? "" : ", ") + std::to_string(static_cast<int>(id));
  return text;
}

std::string fill(std::string_view text, const Placeholders& values) {
  std::string filled;
  while (!text.empty()) {
    const std::size_t open = text.find('{');
    filled += text.substr(0, open);
    if (open == std::string_view::npos) break;
    const std::size_t close = text.find('}', open);
    const std::string_view name = text.substr(open + 1, close - open - 1);
    const auto value = std::ranges::find(values, name, &Placeholders::value_type::first);
    if (value != values.end()) filled += value->second;
    text.remove_prefix(close == std::string_view::npos ? text.size() : close + 1);
  }
  return filled;
}

}  // namespace tremplin
