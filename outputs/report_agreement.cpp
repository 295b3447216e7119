// How far the baseline agrees with published figures, and what the words of the report mean.
#include <algorithm>
#include <cmath>

#include "outputs/report_context.hpp"
#include "outputs/report_page.hpp"

namespace tremplin::report {

namespace {

constexpr double near_percent = 5;
constexpr double far_percent = 20;
constexpr std::size_t most_named = 6;

// Shares stand in per cent. Both numbers of a figure have the same decimals.
std::string figure(const Page& page, const Target& target, double value) {
  const double scale = target.unit == "share" ? 100 : 1;
  const std::string number = page.number(value * scale, decimals_for(target.value * scale));
  if (scale == 1) return number;
  return number + percent_sign(page.language);
}

std::string misfit(const Page& page, const TargetFit& line) {
  return format_number(line.misfit_percent, 1, page.language, true) + percent_sign(page.language);
}

double size_of(const TargetFit& line) { return std::abs(line.misfit_percent); }

std::string in_words(const Page& page) {
  const auto& fits = page.context.fits;
  const auto within = [&](double percent) {
    return std::ranges::count_if(fits, [&](const TargetFit& line) { return size_of(line) <= percent; });
  };
  const auto n_near = within(near_percent);
  const auto n_not_far = within(far_percent);
  const auto n = static_cast<std::ptrdiff_t>(fits.size());
  std::string html = "<p>" +
                     page.say(Say::agreement_intro, {{"n", std::to_string(n)},
                                                     {"near", std::to_string(n_near)},
                                                     {"far", std::to_string(n_not_far - n_near)},
                                                     {"rest", std::to_string(n - n_not_far)}}) +
                     "</p>\n";
  std::vector<const TargetFit*> worst;
  for (const TargetFit& line : fits)
    if (size_of(line) > far_percent) worst.push_back(&line);
  std::ranges::stable_sort(worst, std::ranges::greater(),
                           [](const TargetFit* line) { return std::abs(line->misfit_errors); });
  if (worst.size() > most_named) worst.resize(most_named);
  std::string list;
  for (const TargetFit* line : worst)
    list +=
        "<li>" +
        page.say(Say::agreement_worst_item, {{"label", line->target->label[page.language]},
                                             {"period", period_text(*line->target)},
                                             {"published", figure(page, *line->target, line->target->value)},
                                             {"simulated", figure(page, *line->target, line->simulated)},
                                             {"misfit", misfit(page, *line)}}) +
        "</li>\n";
  if (!list.empty()) html += "<p>" + page.say(Say::agreement_worst) + "</p>\n<ul>\n" + list + "</ul>\n";
  return html;
}

std::string row(const Page& page, const TargetFit& line) {
  const Target& target = *line.target;
  const auto cell = [](const std::string& text) { return "<td class=\"n\">" + escape(text) + "</td>"; };
  return "<tr><th scope=\"row\">" + escape(target.label[page.language]) + "</th>" +
         cell(period_text(target)) + cell(figure(page, target, target.value)) +
         cell(figure(page, target, line.simulated)) + cell(misfit(page, line)) +
         cell(format_number(line.misfit_errors, 1, page.language, true)) + "<td class=\"unit\">" +
         escape(target.source) + "</td></tr>\n";
}

std::string by_theme(const Page& page) {
  std::string rows;
  for (std::size_t t = 0; t < target_theme_names.size(); ++t) {
    const auto theme = static_cast<TargetTheme>(t);
    std::string of_theme;
    for (const TargetFit& line : page.context.fits)
      if (line.target->theme == theme) of_theme += row(page, line);
    if (!of_theme.empty())
      rows += "</tbody>\n<tbody><tr class=\"topic\"><th colspan=\"7\" scope=\"rowgroup\">" +
              page.say(say_of(theme)) + "</th></tr>\n" + of_theme;
  }
  return rows;
}

}  // namespace

std::string agreement(const Page& page) {
  if (page.context.fits.empty()) return {};
  const std::string caption = page.say(Say::agreement_caption);
  return section(
      page, "fit", Say::agreement,
      in_words(page) + "<details><summary>" + caption + "</summary>\n<p class=\"note\">" +
          page.say(Say::agreement_legend) + "</p>\n" +
          table(caption,
                header_cell(page.say(Say::column_figure)) + header_cell(page.say(Say::column_period), true) +
                    header_cell(page.say(Say::column_published), true) +
                    header_cell(page.say(Say::column_simulated), true) +
                    header_cell(page.say(Say::column_misfit), true) +
                    header_cell(page.say(Say::column_errors), true) +
                    header_cell(page.say(Say::column_source)),
                by_theme(page), "wide") +
          "</details>\n");
}

std::string glossary(const Page& page) {
  std::string items;
  for (const Say word : {Say::word_replicate, Say::word_interval, Say::word_contract, Say::word_formal,
                         Say::word_windfall, Say::word_register, Say::word_overdue, Say::word_saturation,
                         Say::word_without_income, Say::word_activation, Say::word_balance})
    items += "<li>" + page.say(word) + "</li>\n";
  return section(page, "words", Say::glossary, "<ul>\n" + items + "</ul>\n");
}

}  // namespace tremplin::report
