#include "outputs/person_name.hpp"

#include <fmt/format.h>

#include <charconv>
#include <optional>
#include <vector>

#include "engine/base/errors.hpp"

namespace tremplin {

namespace {

constexpr Month last_month(2047);  // what eleven bits reach: August 2070

std::optional<std::uint32_t> plain_number(std::string_view text, std::uint32_t most) {
  if (text.empty() || (text.size() > 1 && text.front() == '0')) return std::nullopt;
  std::uint32_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size() || number > most) return std::nullopt;
  return number;
}

// What stands before the serial number of who comes for equivalent income, and of who comes when unemployment
// benefit has ended.
std::uint32_t kind_of(char letter) {
  return letter == 'e' ? serial_of_equivalent : letter == 'u' ? serial_of_benefit_ended : 0;
}

std::optional<PersonName> read_strictly(std::string_view text) {
  const std::size_t first = text.find('-');
  const std::size_t second = first == std::string_view::npos ? first : text.find('-', first + 1);
  if (second == std::string_view::npos || second - first != 7) return std::nullopt;
  const auto office = plain_number(text.substr(0, first), 0xffff);
  const auto month = plain_number(text.substr(first + 1, 6), 999'999);
  std::string_view rest = text.substr(second + 1);
  const std::uint32_t kind = kind_of(rest.empty() ? '\0' : rest.front());
  if (kind != 0) rest.remove_prefix(1);
  const auto serial = plain_number(rest, serials);
  if (!office || !month || !serial) return std::nullopt;
  const int year = static_cast<int>(*month / 100);
  const int of_year = static_cast<int>(*month % 100);
  if (year < 1900 || of_year < 1 || of_year > 12 || Month(year, of_year) > last_month) return std::nullopt;
  return PersonName{static_cast<CpasId>(*office), local_id(Month(year, of_year), kind + *serial)};
}

// The groups of digits put in the form: "137 2008-03 012E" is near to 137-200803-e12.
std::string nearest_person(std::string_view text) {
  std::vector<std::string> groups;
  bool in_group = false;
  std::string kind;
  for (const char c : text) {
    const bool digit = c >= '0' && c <= '9';
    if (digit && !in_group) groups.emplace_back();
    if (digit) groups.back() += c;
    for (const char letter : {'e', 'u'})
      if (c == letter || c == letter - 'a' + 'A') kind = letter;
    in_group = digit;
  }
  if (groups.size() == 4 && groups[1].size() == 4) {  // the month with a hyphen of its own
    groups[1] += (groups[2].size() == 1 ? "0" : "") + groups[2];
    groups.erase(groups.begin() + 2);
  }
  if (groups.size() != 3) return {};
  for (std::string& group : groups) {
    group.erase(0, std::min(group.find_first_not_of('0'), group.size() - 1));
  }
  const std::string form = groups[0] + "-" + groups[1] + "-" + kind + groups[2];
  return read_strictly(form) ? form : std::string();
}

}  // namespace

std::string to_string(const PersonName& name) {
  const auto local = static_cast<std::uint32_t>(name.local);
  const Month month = appeared_in(name.local);
  const bool equivalent = (local & serial_of_equivalent) != 0;
  const bool benefit_ended = (local & serial_of_benefit_ended) != 0;
  return fmt::format("{}-{:04}{:02}-{}{}", static_cast<int>(name.office), month.year(), month.of_year(),
                     equivalent      ? "e"
                     : benefit_ended ? "u"
                                     : "",
                     local & serials);
}

PersonName parse_person(std::string_view text) {
  if (const auto name = read_strictly(text)) return *name;
  throw InputError(Fault{.kind = FaultKind::bad_option,
                         .source = "PERSON",
                         .key = "PERSON",
                         .found = std::string(text),
                         .expected = "137-200803-12 | 137-200803-e12 | 137-202601-u12",
                         .nearest = nearest_person(text)});
}

}  // namespace tremplin
