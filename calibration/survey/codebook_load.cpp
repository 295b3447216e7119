// Reads calibration/codebook.yaml; its head describes the form.
#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "calibration/survey/codebook.hpp"

namespace tremplin::survey {

namespace {

using yaml::MapReader;
using yaml::Node;
using yaml::Place;

constexpr yaml::Range per_cent{0, 100};
constexpr yaml::Range counts{0, 1'000'000};
constexpr double not_published = std::numeric_limits<double>::quiet_NaN();

using Scales = std::map<std::string, std::vector<Code>, std::less<>>;

std::vector<Code> read_codes(const Node& node, const Place& place) {
  std::vector<Code> codes;
  for (const yaml::Entry& entry : yaml::entries(node, place))
    codes.push_back({entry.key, yaml::in_three_languages(entry.value, place.at(entry.key))});
  return codes;
}

template <class Named>
std::vector<std::string_view> names_of(const std::vector<Named>& of) {
  std::vector<std::string_view> names;
  for (const Named& named : of) names.push_back(named.name);
  return names;
}

std::vector<std::size_t> read_answers(MapReader& map, std::string_view key, const std::vector<Code>& codes) {
  std::vector<std::size_t> answers;
  const Node* node = map.required(key);
  if (node == nullptr) return answers;
  const std::vector<std::string_view> names = names_of(codes);
  const Place place = map.place_of(key);
  const std::span<const Node> items = yaml::items(*node, place);
  for (std::size_t i = 0; i < items.size(); ++i)
    answers.push_back(yaml::one_of(items[i], place.at(i), names));
  return answers;
}

// `by_region` or `by_size`: a percentage for each code of the group.
std::optional<ByGroup> read_by_group(MapReader& map, const std::vector<Group>& groups) {
  for (const Group& group : groups) {
    const std::string key = "by_" + group.column;
    const Node* node = map.optional(key);
    if (node == nullptr) continue;
    MapReader values(*node, map.place_of(key));
    ByGroup by{group.column, {}};
    for (const Code& code : group.codes) by.percent.push_back(values.number(code.name, per_cent));
    values.finish();
    return by;
  }
  return std::nullopt;
}

PublishedFigure read_figure(const Node& node, const Place& place, const std::vector<Code>& codes,
                            const std::vector<Group>& groups) {
  MapReader map(node, place);
  PublishedFigure figure;
  figure.answers = read_answers(map, "answers", codes);
  figure.percent = map.number("percent", per_cent, not_published);
  if (map.has("count")) figure.count = map.whole_number("count", counts);
  figure.by_group = read_by_group(map, groups);
  if (std::isnan(figure.percent) && !figure.by_group) map.number("percent", per_cent);  // one is needed
  map.finish();
  return figure;
}

Published read_published(const Node& node, const Place& place, const std::vector<Code>& codes,
                         const std::vector<Group>& groups) {
  MapReader map(node, place);
  Published published;
  published.source = map.text("source");
  published.note = map.text("note", "");
  published.weighted = map.truth("weighted", true);
  published.decimals = map.whole_number("decimals", {0, 3}, 0);
  if (map.has("answers")) published.answers = map.whole_number("answers", counts);
  if (map.has("mean")) published.mean = map.number("mean");
  if (const Node* figures = map.optional("figures")) {
    const Place at = map.place_of("figures");
    const std::span<const Node> items = yaml::items(*figures, at);
    std::vector<bool> taken(codes.size());
    for (std::size_t i = 0; i < items.size(); ++i) {
      published.figures.push_back(read_figure(items[i], at.at(i), codes, groups));
      for (const std::size_t answer : published.figures.back().answers) {
        if (answer >= taken.size() || !taken[answer]) {
          if (answer < taken.size()) taken[answer] = true;
          continue;
        }
        at.report(FaultKind::inconsistent, items[i], codes[answer].name, std::string(expects::one_place));
      }
    }
  }
  map.finish();
  return published;
}

std::pair<double, double> read_pair(const Node& node, const Place& place) {
  const std::span<const Node> items = yaml::items(node, place);
  if (items.size() != 2) {
    place.report(FaultKind::wrong_type, node, std::to_string(items.size()) + " numbers", "2 numbers");
    return {0, 0};
  }
  const double low = yaml::number(items[0], place.at(0));
  return {low, yaml::number(items[1], place.at(1), {.minimum = low})};
}

MadeUp read_made_up(const Node& node, const Place& place, const std::vector<Group>& groups) {
  MapReader map(node, place);
  MadeUp made_up;
  made_up.share_of = map.text("share_of", "");
  const auto size = std::ranges::find(groups, "size", &Group::column);
  if (const Node* by_size = map.optional("by_size"); by_size != nullptr && size != groups.end()) {
    MapReader ranges(*by_size, map.place_of("by_size"));
    for (const Code& code : size->codes)
      if (const Node* range = ranges.required(code.name))
        made_up.between.push_back(read_pair(*range, ranges.place_of(code.name)));
    ranges.finish();
  } else if (const Node* between = map.required("between")) {
    made_up.between.push_back(read_pair(*between, map.place_of("between")));
  }
  map.finish();
  return made_up;
}

std::vector<Code> codes_of(MapReader& map, const Node& node, const Scales& scales) {
  if (const Node* own = map.optional("codes")) return read_codes(*own, map.place_of("codes"));
  const Node* name = map.optional("scale");
  if (name == nullptr) {
    map.place().report(FaultKind::missing_key, node, {}, "codes | scale");
    return {};
  }
  std::vector<std::string_view> names;
  for (const auto& [known, codes] : scales) names.push_back(known);
  if (names.empty()) return {};
  return std::next(scales.begin(), static_cast<std::ptrdiff_t>(map.one_of("scale", names)))->second;
}

// The codes of what a question hangs on, among the questions before it.
void read_condition(MapReader& map, Question& question, const std::vector<Question>& before) {
  const Node* node = map.optional("asked_if");
  if (node == nullptr) return;
  MapReader condition(*node, map.place_of("asked_if"));
  question.asked_if = condition.text("column");
  const auto on = std::ranges::find(before, question.asked_if, &Question::column);
  if (on == before.end() || on->kind != QuestionKind::choice) {
    std::vector<std::string_view> names;
    for (const Question& earlier : before) names.push_back(earlier.column);
    condition.place().report(FaultKind::unknown_name, *node, question.asked_if, {},
                             nearest_name(question.asked_if, names));
    return;
  }
  question.asked_is = read_answers(condition, "is", on->codes);
  condition.finish();
}

Question read_question(const yaml::Entry& entry, const Place& place, const Scales& scales,
                       const SurveyBook& book) {
  MapReader map(entry.value, place);
  Question question;
  question.column = entry.key;
  question.label = map.in_three_languages("label");
  question.kind = static_cast<QuestionKind>(map.one_of("kind", question_kind_names));
  question.asked_of = map.text("asked_of");
  question.source = map.text("source");
  if (question.kind <= QuestionKind::scale) {
    question.codes = codes_of(map, entry.value, scales);
  } else if (const Node* range = map.required("range")) {
    const auto [low, high] = read_pair(*range, map.place_of("range"));
    question.range = {.minimum = low, .maximum = high};
  }
  read_condition(map, question, book.questions);
  if (const Node* published = map.optional("published"))
    question.published = read_published(*published, map.place_of("published"), question.codes, book.groups);
  if (const Node* made_up = map.optional("synthetic"))
    question.made_up = read_made_up(*made_up, map.place_of("synthetic"), book.groups);
  map.finish();
  return question;
}

Group read_group(const yaml::Entry& entry, const Place& place) {
  MapReader map(entry.value, place);
  Group group;
  group.column = entry.key;
  group.label = map.in_three_languages("label");
  group.margin = map.text("margin");
  group.names_from = map.text("names_from", "");
  group.optional = map.truth("optional", false);
  map.text("source", "");
  if (const Node* codes = map.required("codes")) {
    const Place at = map.place_of("codes");
    for (const yaml::Entry& code : yaml::entries(*codes, at)) {
      // A plain label, or a label with parts and answers.
      if (code.value.find("label") == nullptr) {
        group.codes.push_back({code.key, yaml::in_three_languages(code.value, at.at(code.key))});
        continue;
      }
      MapReader reader(code.value, at.at(code.key));
      group.codes.push_back({code.key, reader.in_three_languages("label")});
      if (reader.has("of")) group.parts.push_back(reader.texts("of"));
      if (reader.has("answered")) group.answered.push_back(reader.whole_number("answered", counts));
      reader.finish();
    }
  }
  map.finish();
  return group;
}

void read_ratios(MapReader& map, SurveyBook& book) {
  const Node* node = map.optional("ratios");
  if (node == nullptr) return;
  std::vector<std::string_view> names;
  for (const Question& question : book.questions)
    if (question.kind == QuestionKind::count || question.kind == QuestionKind::number)
      names.push_back(question.column);
  const Place place = map.place_of("ratios");
  for (const yaml::Entry& entry : yaml::entries(*node, place)) {
    MapReader ratio(entry.value, place.at(entry.key));
    Ratio read{entry.key, ratio.in_three_languages("label"), {}, {}};
    const std::size_t over = ratio.one_of("over", names);
    const std::size_t under = ratio.one_of("under", names);
    ratio.finish();
    if (names.empty()) continue;
    read.over = names[over];
    read.under = names[under];
    book.ratios.push_back(std::move(read));
  }
}

SurveyBook read_survey(const yaml::Entry& entry, const Place& place, const Scales& scales) {
  MapReader map(entry.value, place);
  SurveyBook book;
  book.name = entry.key;
  book.title = map.in_three_languages("title");
  map.text("fieldwork");
  map.text("note", "");
  if (const Node* frame = map.required("frame")) {
    MapReader reader(*frame, map.place_of("frame"));
    book.frame = reader.whole_number("cpas", {1, 100'000});
    reader.text("source");
    reader.finish();
  }
  book.missing = map.optional_texts("missing");
  if (const Node* respondents = map.optional("respondents")) {
    MapReader reader(*respondents, map.place_of("respondents"));
    book.respondents = Respondents{.number = reader.whole_number("number", counts),
                                   .only_one = reader.whole_number("only_one", counts),
                                   .more_than_four = reader.whole_number("more_than_four", counts)};
    reader.text("source");
    reader.text("note", "");
    reader.finish();
  }
  if (const Node* groups = map.required("groups"))
    for (const yaml::Entry& group : yaml::entries(*groups, map.place_of("groups")))
      book.groups.push_back(read_group(group, map.place_of("groups").at(group.key)));
  if (const Node* questions = map.required("questions"))
    for (const yaml::Entry& question : yaml::entries(*questions, map.place_of("questions")))
      book.questions.push_back(
          read_question(question, map.place_of("questions").at(question.key), scales, book));
  read_ratios(map, book);
  map.finish();
  return book;
}

}  // namespace

std::vector<Column> SurveyBook::columns() const {
  std::vector<Column> columns;
  for (std::size_t q = 0; q < questions.size(); ++q) {
    if (questions[q].kind != QuestionKind::multiple) {
      columns.push_back({questions[q].column, q, 0});
      continue;
    }
    for (std::size_t item = 0; item < questions[q].codes.size(); ++item)
      columns.push_back({questions[q].column + "_" + questions[q].codes[item].name, q, item});
  }
  return columns;
}

std::vector<SurveyBook> load_codebook(const SourceText& file) {
  Faults faults;
  std::vector<SurveyBook> books;
  if (const auto root = yaml::read_document(file, faults)) {
    const Place place{file.name, &faults, {}};
    Scales scales;
    if (const Node* shared = root->find("scales"))
      for (const yaml::Entry& entry : yaml::entries(*shared, place.at("scales")))
        scales[entry.key] = read_codes(entry.value, place.at("scales").at(entry.key));
    for (const yaml::Entry& entry : yaml::entries(*root, place))
      if (entry.key != "scales") books.push_back(read_survey(entry, place.at(entry.key), scales));
  }
  faults.throw_if_any();
  return books;
}

const SurveyBook& survey_named(std::span<const SurveyBook> books, std::string_view name, std::string option) {
  const auto found = std::ranges::find(books, name, &SurveyBook::name);
  if (found != books.end()) return *found;
  std::vector<std::string_view> names;
  for (const SurveyBook& book : books) names.push_back(book.name);
  throw InputError(Fault{.kind = FaultKind::unknown_name,
                         .source = std::move(option),
                         .found = std::string(name),
                         .nearest = nearest_name(name, names)});
}

}  // namespace tremplin::survey
