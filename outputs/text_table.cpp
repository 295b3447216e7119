#include "outputs/text_table.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "outputs/caveats.hpp"
#include "outputs/own_cpas.hpp"
#include "outputs/present.hpp"

namespace tremplin {

namespace {

constexpr const char* mark = "*";
constexpr const char* rising = "↑";  // in every replicate, by an amount that is not known
constexpr const char* falling = "↓";

enum class Align { left, right };

// Characters as a terminal counts them: one for each code point of our texts (no wide or combining ones).
int width_of(const std::string& text) {
  int width = 0;
  for (const char c : text) width += (static_cast<unsigned char>(c) & 0xC0U) != 0x80U ? 1 : 0;
  return width;
}

// The first `width` characters, the last one an ellipsis if something is left out.
std::string cut(const std::string& text, int width) {
  if (width_of(text) <= width) return text;
  std::string kept;
  int n = 0;
  for (const char c : text) {
    if ((static_cast<unsigned char>(c) & 0xC0U) != 0x80U && ++n == width) break;
    kept += c;
  }
  return kept + "…";
}

std::string pad(const std::string& text, int width, Align align) {
  // Words may be cut; a number never is, it rather leaves its column.
  const std::string kept = align == Align::left ? cut(text, width) : text;
  const std::string spaces(static_cast<std::size_t>(std::max(width - width_of(kept), 0)), ' ');
  return align == Align::left ? kept + spaces : spaces + kept;
}

// Breaks a sentence into lines of at most the table's width.
std::string wrapped(const std::string& text) {
  std::string lines;
  std::string line;
  const auto put = [&](const std::string& word) {
    if (!line.empty() && width_of(line) + 1 + width_of(word) > text_table_width) {
      lines += line + "\n";
      line.clear();
    }
    line += (line.empty() ? "" : " ") + word;
  };
  std::size_t start = 0;
  for (std::size_t space = text.find(' '); space != std::string::npos; space = text.find(' ', start)) {
    put(text.substr(start, space - start));
    start = space + 1;
  }
  put(text.substr(start));
  return lines + line + "\n";
}

// One's own CPAS: the level has its interval too, as one office is uncertain in itself. Widths sum to 100.
std::string own_row(const std::string& sign, const std::string& label, const std::string& unit,
                    const std::array<std::string, 4>& numbers) {
  constexpr std::array widths = {8, 18, 8, 18};
  std::string line =
      pad(sign, 2, Align::left) + pad(label, 33, Align::left) + " " + pad(unit, 8, Align::left);
  for (std::size_t i = 0; i < numbers.size(); ++i) line += " " + pad(numbers[i], widths[i], Align::right);
  while (line.ends_with(' ')) line.pop_back();
  return line + "\n";
}

std::string sign_of(const Contrast& contrast, const Shown& shown) {
  if (shown.marked) return mark;
  if (!contrast.only_sign_known) return "";
  return contrast.difference.mean > 0 ? rising : falling;
}

std::string heading(const Run& run, const Comparison& comparison, const Labels& labels, Language language) {
  const Say title = comparison.alone() ? Say::table_title_alone : Say::table_title;
  std::string text = run.own && !run.own->name.empty() ? wrapped(run.own->name) : "";
  text += wrapped(fill(labels.of(title)[language], {{"base", title_of(run, comparison.base, language)},
                                                    {"reform", title_of(run, comparison.reform, language)}}));
  text += wrapped(fill(labels.of(Say::table_period)[language],
                       {{"from", format_month(comparison.period.from, language)},
                        {"until", format_month(comparison.period.until - 1, language)},
                        {"n", std::to_string(comparison.n_replicates)}}));
  for (const std::string& caveat : caveats(run, labels, language)) text += wrapped(caveat);
  return text;
}

std::string footing(const Run& run, const Comparison& comparison, const Labels& labels, Language language) {
  if (comparison.n_replicates < 2) return wrapped(labels.of(Say::no_interval)[language]);
  const std::string n = std::to_string(comparison.n_replicates);
  std::string text;
  const auto say = [&](Say sentence, const Placeholders& values = {}) {
    text += wrapped(fill(labels.of(sentence)[language], values));
  };
  if (!comparison.alone()) {
    say(Say::table_legend, {{"mark", mark}});
    if (std::ranges::any_of(comparison.indicators, &Contrast::only_sign_known))
      say(Say::table_sign_known, {{"rise", rising}, {"fall", falling}, {"n", n}});
    say(Say::table_same_sign, {{"n", n}});
  }
  say(what_intervals_hold(run));
  if (comparison.n_replicates < few_replicates) say(Say::too_few_replicates, {{"n", n}});
  return text;
}

// The indicators that a CPAS asks for first.
std::string own_lead(const Comparison& comparison, const Labels& labels, Language language) {
  const auto word = [&](Say text) { return labels.of(text)[language]; };
  const bool alone = comparison.alone();
  std::string table =
      own_row("", word(Say::own_workload), word(Say::column_unit),
              {word(Say::column_base), word(Say::column_interval), alone ? "" : word(Say::column_difference),
               alone ? "" : word(Say::column_interval)});
  for (const Indicator indicator : own_indicators()) {
    const IndicatorEntry& entry = entry_of(indicator);
    const Shown shown = show(comparison.of(indicator), entry.unit, language, labels, Magnitude::office);
    table += own_row(
        shown.marked && !alone ? mark : "", labels.of(indicator)[language],
        short_unit(entry, language, labels, Magnitude::office),
        {shown.base, shown.base_interval, alone ? "" : shown.difference, alone ? "" : shown.interval});
  }
  return table + "\n";
}

// What was aligned, and what the file left open.
std::string own_footing(const OwnCpas& own, const Labels& labels, Language language) {
  std::string text;
  for (const std::string& sentence : alignment_in_words(own, labels, language)) text += wrapped(sentence);
  if (own.left_out.empty()) return text + wrapped(labels.of(Say::own_nothing_left_out)[language]);
  text += wrapped(labels.of(Say::own_profile_intro)[language]) + "\n" +
          labels.of(Say::own_left_out_caption)[language] + "\n";
  for (const std::string& name : own.left_out) {
    const OfficeColumn& column = office_column(name);
    text += wrapped("- " + labels.of(column)[language] + colon(language) +
                    drawn_in_words(own, column, labels, language));
  }
  return text;
}

}  // namespace

std::string laid_out(const std::vector<TableRow>& rows) {
  std::vector<int> widths(rows.front().cells.size(), 0);
  int labels = 0;
  for (const TableRow& row : rows) {
    labels = std::max(labels, width_of(row.label));
    for (std::size_t i = 0; i < row.cells.size(); ++i)
      widths[i] = std::max(widths[i], width_of(row.cells[i]));
  }
  int others = 2;
  for (const int width : widths) others += width + 1;
  labels = std::min(labels, text_table_width - others);
  std::string table;
  for (const TableRow& row : rows) {
    if (row.cells.empty()) {
      table += "\n" + row.label + "\n";
      continue;
    }
    std::string line = pad(row.sign, 2, Align::left) + pad(row.label, labels, Align::left);
    for (std::size_t i = 0; i < row.cells.size(); ++i)
      line += " " + pad(row.cells[i], widths[i], i == 0 ? Align::left : Align::right);
    while (line.ends_with(' ')) line.pop_back();
    table += line + "\n";
  }
  return table;
}

std::string title_of(const Run& run, std::size_t scenario, Language language) {
  const ScenarioInfo& info = run.scenarios[scenario];
  return info.title[language].empty() ? info.name : info.title[language];
}

std::string text_table(const Run& run, const Comparison& comparison, const Labels& labels,
                       Language language) {
  const auto word = [&](Say text) { return labels.of(text)[language]; };
  const bool alone = comparison.alone();
  const Magnitude magnitude = magnitude_of(run);
  std::vector<TableRow> rows = {
      {"", word(Say::column_indicator), {word(Say::column_unit), word(Say::column_base)}}};
  if (!alone) {
    rows[0].cells.push_back(word(Say::column_reform));
    rows[0].cells.push_back(word(Say::column_difference));
  }
  rows[0].cells.push_back(word(Say::column_interval));
  if (!alone) rows[0].cells.push_back("/" + std::to_string(comparison.n_replicates));
  std::optional<Topic> topic;
  for (std::size_t i = 0; i < n_indicators; ++i) {
    const auto indicator = static_cast<Indicator>(i);
    const IndicatorEntry& entry = entry_of(indicator);
    if (topic != entry.topic) rows.push_back({"", labels.of(entry.topic)[language], {}});
    topic = entry.topic;
    const Contrast& contrast = comparison.of(indicator);
    const Shown shown = show(contrast, entry.unit, language, labels, magnitude);
    TableRow row{alone ? "" : sign_of(contrast, shown), labels.of(indicator)[language], {}};
    row.cells = {short_unit(entry, language, labels, magnitude), shown.base};
    if (alone) {
      row.cells.push_back(shown.base_interval);
    } else {
      const std::string same = contrast.defined ? std::to_string(contrast.n_same_sign) : "";
      row.cells.insert(row.cells.end(), {shown.reform, shown.difference, shown.interval, same});
    }
    rows.push_back(std::move(row));
  }
  std::string table = heading(run, comparison, labels, language) + "\n";
  if (run.own) table += own_lead(comparison, labels, language);
  table += laid_out(rows);
  if (run.own) table += "\n" + own_footing(*run.own, labels, language);
  return table + "\n" + footing(run, comparison, labels, language);
}

}  // namespace tremplin
