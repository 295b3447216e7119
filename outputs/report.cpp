#include "outputs/report.hpp"

#include "outputs/report_page.hpp"

namespace tremplin {

namespace report {

std::string escape(std::string_view text) {
  std::string safe;
  safe.reserve(text.size());
  for (const char c : text) switch (c) {
      case '&':
        safe += "&amp;";
        break;
      case '<':
        safe += "&lt;";
        break;
      case '>':
        safe += "&gt;";
        break;
      case '"':
        safe += "&quot;";
        break;
      case '\'':
        safe += "&#39;";
        break;
      default:
        safe += c;
    }
  return safe;
}

std::string section(const Page& page, std::string_view anchor, Say heading, const std::string& content) {
  const std::string id(anchor);
  return "<section aria-labelledby=\"" + id + "\">\n<h2 id=\"" + id + "\">" + page.say(heading) + "</h2>\n" +
         content + "</section>\n";
}

std::string table(const std::string& caption, const std::string& head, const std::string& body,
                  std::string_view kind) {
  return "<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"" + caption +
         "\"><table class=\"" + std::string(kind) + "\">\n<caption>" + caption + "</caption>\n<thead><tr>" +
         head + "</tr></thead>\n<tbody>\n" + body + "</tbody></table></div>\n";
}

std::string header_cell(const std::string& text, bool number) {
  return std::string("<th scope=\"col\"") + (number ? " class=\"n\">" : ">") + text + "</th>";
}

std::string difference_in_words(const Page& page, const IndicatorEntry& entry, const Contrast& contrast) {
  const Shown shown = page.shown(contrast, entry.unit);
  if (!contrast.defined) return escape(shown.difference);
  std::string text = page.with_unit(shown.difference, entry);
  if (!shown.relative.empty() && entry.unit != IndicatorUnit::share) text += " (" + shown.relative + ")";
  return escape(text);
}

std::string same_sign(const Page& page, const Contrast& contrast) {
  if (!contrast.defined) return {};
  const std::string arrow = !contrast.only_sign_known      ? ""
                            : contrast.difference.mean > 0 ? "↑\u00a0"
                                                           : "↓\u00a0";
  return arrow + std::to_string(contrast.n_same_sign) + "/" + std::to_string(page.comparison.n_replicates);
}

std::string page_title(const Page& page) {
  const std::string name = page.run.own ? page.run.own->name : std::string();
  const std::string whose = name.empty() ? std::string() : escape(name) + colon(page.language);
  return whose +
         (page.comparison.alone()
              ? page.say(Say::question_alone, {{"base", page.base_title()}})
              : page.say(Say::question, {{"base", page.base_title()}, {"reform", page.reform_title()}}));
}

std::string document(const Page& page, const std::string& title, const std::string& main) {
  return document(page.labels, page.language, title, main);
}

std::string document(const Labels& labels, Language language, const std::string& title,
                     const std::string& main) {
  const std::string code = language_codes[static_cast<std::size_t>(language)];
  // The policy forbids every request and every script: what the page shows is in the page.
  return "<!DOCTYPE html>\n<html lang=\"" + code +
         "\">\n<head>\n<meta charset=\"utf-8\">\n"
         "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
         "style-src 'unsafe-inline'\">\n"
         "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>" +
         title + "</title>\n<style>\n" + std::string(report::style()) +
         "</style>\n</head>\n<body>\n<header>\n<p class=\"house\">" +
         escape(labels.of(Say::house)[language]) + "</p>\n<h1>" + title + "</h1>\n</header>\n<main>\n" +
         main + "</main>\n</body>\n</html>\n";
}

}  // namespace report

namespace {

using report::Page;

std::string contents(const Page& page, bool has_reform) {
  struct Link {
    const char* anchor;
    Say heading;
    bool of_reform;
    bool of_own = false;
  };
  constexpr Link links[] = {
      {"own", Say::own_workload, false, true}, {"reform", Say::the_reform, true},
      {"key", Say::key_figures, false},        {"time", Say::over_time, false},
      {"effects", Say::effects, true},         {"profile", Say::own_profile, false, true},
      {"groups", Say::by_group, true},         {"costs", Say::who_pays, false},
      {"work", Say::workload_heading, false},  {"all", Say::all_indicators_heading, false},
      {"fit", Say::agreement, false},          {"basis", Say::rests_on, false},
      {"limits", Say::limits, false},          {"again", Say::reproduce, false},
      {"words", Say::glossary, false}};
  std::string items;
  for (const Link& link : links)
    if ((!link.of_reform || !page.comparison.alone()) && (!link.of_own || page.run.own) &&
        (link.heading != Say::by_group || !page.run.own) && (link.heading != Say::the_reform || has_reform) &&
        (link.heading != Say::agreement || !page.context.fits.empty()))
      items += "<li><a href=\"#" + std::string(link.anchor) + "\">" + page.say(link.heading) + "</a></li>\n";
  return "<nav><ol>\n" + items + "</ol></nav>\n";
}

}  // namespace

std::string report_html(const Run& run, const Comparison& comparison, const ReportContext& context,
                        const Labels& labels, Language language) {
  const Page page{run, comparison, context, labels, language};
  std::string main;
  if (run.own) main += report::own_workload(page);
  const std::string reform = report::the_reform(page);
  main += report::question_and_answer(page) + contents(page, !reform.empty()) + reform +
          report::key_figures(page) + report::over_time(page);
  if (!comparison.alone()) main += report::wanted_and_unwanted(page);
  if (run.own) main += report::own_profile(page);
  if (!comparison.alone() && !run.own) main += report::by_group(page);
  main += report::who_pays(page) + report::workload(page) + report::every_indicator(page) +
          report::agreement(page) + report::rests_on(page) + report::limits(page) + report::reproduce(page) +
          report::glossary(page);
  return report::document(page, report::page_title(page), main);
}

}  // namespace tremplin
