#include "cli/plain.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace tremplin::cli {

std::string number_text(double value, Language language) {
  std::string text = fmt::format("{}", value);
  if (language != Language::en) std::replace(text.begin(), text.end(), '.', ',');
  return text;
}

void print_json(std::ostream& out, const nlohmann::ordered_json& json) {
  out << json.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) << '\n';
}

}  // namespace tremplin::cli
