#include "outputs/report_contents.hpp"

#include <fmt/format.h>

#include "outputs/report_page.hpp"

namespace tremplin {

namespace {

// A file name as a link: everything but letters, digits and a few marks as its bytes.
std::string link_to(std::string_view file) {
  constexpr std::string_view plain = "-._~+";
  std::string link;
  for (const char c : file) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (letter || plain.find(c) != std::string_view::npos) {
      link += c;
    } else {
      link += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return "./" + link;
}

}  // namespace

std::string report_contents_html(const Run& run, std::span<const Comparison> comparisons,
                                 std::span<const std::string> files, const Labels& labels,
                                 Language language) {
  const ReportContext context;
  const auto page = [&](const Comparison& comparison) {
    return report::Page{run, comparison, context, labels, language};
  };
  std::string items;
  for (std::size_t i = 0; i < comparisons.size(); ++i) {
    items += fmt::format("<li><a href=\"{}\">{}</a></li>\n", link_to(files[i]),
                         report::page_title(page(comparisons[i])));
  }
  const report::Page first = page(comparisons.front());
  return report::document(first, report::escape(first.base_title()),
                          "<ol class=\"lead\">\n" + items + "</ol>\n");
}

}  // namespace tremplin
