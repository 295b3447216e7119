#include "cli/options.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <charconv>
#include <optional>

#include "engine/base/errors.hpp"
#include "scenarios/date.hpp"
#include "scenarios/scenario.hpp"
#include "scenarios/yaml/faults.hpp"

namespace tremplin::cli {
namespace {

constexpr int max_replicates = 10'000;
constexpr int max_threads = 1'024;
constexpr Month first_month = first_reform_month;
constexpr Month last_month = last_reform_month;

template <class Number>
std::optional<Number> whole_text_as(std::string_view text) {
  Number number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

class OptionReader {
 public:
  // Reads a number within bounds into `value`; an absent option leaves it as it is.
  template <class Number>
  void number(std::string_view option, const std::string& text, Number minimum, Number maximum,
              Number& value) {
    if (text.empty()) return;
    const auto read = whole_text_as<Number>(text);
    if (read && *read >= minimum && *read <= maximum) {
      value = *read;
    } else {
      bad(option, text, fmt::format("{} .. {}", minimum, maximum));
    }
  }

  void month(std::string_view option, const std::string& text, Month& value) {
    if (text.empty()) return;
    const auto date = text.size() == 7 ? parse_date(text) : std::nullopt;
    if (!date) {
      bad(option, text, std::string(expects::month));
    } else if (date->month < first_month || date->month > last_month) {
      bad(option, text, fmt::format("{} .. {}", to_string(first_month), to_string(last_month)));
    } else {
      value = date->month;
    }
  }

  void bad(std::string_view option, std::string found, std::string expected) {
    faults_.add({.kind = FaultKind::bad_option,
                 .source = std::string(option),
                 .key = std::string(option),
                 .found = std::move(found),
                 .expected = std::move(expected)});
  }

  void throw_if_any() const { faults_.throw_if_any(); }

 private:
  Faults faults_;
};

// "fr_BE.UTF-8" is French.
std::optional<Language> language_of(std::string_view name) {
  for (int i = 0; i < n_languages; ++i) {
    if (name == language_codes[static_cast<std::size_t>(i)]) return static_cast<Language>(i);
  }
  return std::nullopt;
}

// The value of --lang among the words, if it is there.
std::optional<std::string_view> language_asked(std::span<const std::string> words) {
  constexpr std::string_view option = "--lang";
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string_view word = words[i];
    if (word == option && i + 1 < words.size()) return words[i + 1];
    if (word.starts_with("--lang=")) return word.substr(option.size() + 1);
  }
  return std::nullopt;
}

// As a shell wants it: a word with a blank or a quote in it stands in quotes.
std::string shell_word(std::string_view word) {
  if (word.find_first_of(" \t'\"$`\\&;|<>()*?") == std::string_view::npos) return std::string(word);
  std::string text = "'";
  for (const char c : word) text += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return text + "'";
}

}  // namespace

Language choose_language(std::span<const std::string> words, std::string_view environment) {
  if (const auto asked = language_asked(words)) {
    if (const auto language = language_of(*asked)) return *language;
    throw InputError(Fault{.kind = FaultKind::bad_option,
                           .source = "--lang",
                           .key = "--lang",
                           .found = std::string(*asked),
                           .expected = fmt::format("{}", fmt::join(language_codes, " | "))});
  }
  return language_of(environment.substr(0, 2)).value_or(Language::en);
}

RunOptions run_options(const Arguments& arguments) {
  RunOptions options;
  OptionReader reader;
  Month last = options.plan.report_until - 1;
  // Of one replicate there is no spread to split.
  const int fewest = arguments.command == "uncertainty" ? 2 : 1;
  reader.number("--replicates", arguments.replicates, fewest, max_replicates, options.n_replicates);
  reader.number("--seed", arguments.seed, std::uint64_t{0}, UINT64_MAX, options.plan.luck.seed);
  reader.number("--threads", arguments.threads, 1, max_threads, options.n_threads);
  reader.number("--replicate", arguments.replicate, 0U, 99'999U, options.plan.luck.replicate);
  reader.number("--number", arguments.number, std::size_t{1}, std::size_t{1'000'000}, options.n_listed);
  reader.number("--people", arguments.people, std::size_t{1}, std::size_t{100'000'000}, options.most_people);
  reader.number("--budget", arguments.budget, 100, 1'000'000, options.budget);
  reader.number("--checks", arguments.checks, 2, 10'000, options.n_checks);
  reader.month("--from", arguments.from, options.plan.report_from);
  reader.month("--to", arguments.to, last);
  reader.number("--sample", arguments.sample, 0.0, 1.0, options.sample);
  if (options.sample == 0) reader.bad("--sample", arguments.sample, "0 < F <= 1");
  if (arguments.out.empty()) reader.bad("--out", arguments.out, std::string(expects::not_empty));
  if (last < options.plan.report_from) {
    reader.bad("--to", to_string(last), fmt::format(">= {} (--from)", to_string(options.plan.report_from)));
  }
  if (arguments.command == "snapshot") {
    reader.month("--at", arguments.at, options.snapshot_at);
    if (options.snapshot_at > last)
      reader.bad("--at", arguments.at, fmt::format("<= {} (--to)", to_string(last)));
  }
  if (arguments.prior && arguments.fixed_parameters)
    reader.bad("--prior", "--prior --fixed-parameters", "--prior | --fixed-parameters");
  reader.throw_if_any();
  options.plan.report_until = last + 1;
  options.fixed_parameters = arguments.fixed_parameters;
  options.prior = arguments.prior;
  options.out = arguments.out;
  return options;
}

std::string reproducing_command(const Arguments& arguments) {
  std::string command = "./tremplin " + arguments.command;
  const auto add = [&command](std::string_view option, std::string_view value) {
    if (!value.empty()) command += fmt::format(" {} {}", option, shell_word(value));
  };
  const bool own = arguments.command == "cpas run";  // its base is an option
  command += " " + shell_word(own ? arguments.file : arguments.base);
  for (const std::string& reform : arguments.reforms) command += " " + shell_word(reform);
  if (own) add("--base", arguments.base);
  if (arguments.command == "snapshot") add("--at", arguments.at);
  add("--replicates", arguments.replicates);
  add("--seed", arguments.seed);
  add("--from", arguments.from);
  add("--to", arguments.to);
  add("--sample", arguments.sample);
  add("--replicate", arguments.replicate);
  add("--people", arguments.people);
  add("--without", arguments.without);
  if (arguments.fixed_parameters) command += " --fixed-parameters";
  if (arguments.prior) command += " --prior";
  return command;
}

std::vector<std::string> words_of(std::string_view command) {
  std::vector<std::string> words;
  bool within = false;  // a word
  bool in_quotes = false;
  for (std::size_t i = 0; i < command.size(); ++i) {
    const char c = command[i];
    if (c == ' ' && !in_quotes) {
      within = false;
      continue;
    }
    if (!within) words.emplace_back();
    within = true;
    if (c == '\'') {
      in_quotes = !in_quotes;
    } else if (c == '\\' && !in_quotes && i + 1 < command.size()) {
      words.back() += command[++i];
    } else {
      words.back() += c;
    }
  }
  return words;
}

}  // namespace tremplin::cli
