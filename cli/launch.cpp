#include "cli/launch.hpp"

#include <unistd.h>

#include <cstdlib>
#include <iostream>

#include "calibration/inference/team.hpp"
#include "cli/interrupt.hpp"
#include "cli/options.hpp"
#include "cli/program.hpp"
#include "cli/texts.hpp"
#include "engine/base/errors.hpp"

namespace tremplin::cli {

namespace {

// As the C library chooses the language of messages.
std::string_view environment_language() {
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const char* value = std::getenv(name);
    if (value != nullptr && *value != '\0') return value;
  }
  return {};
}

Language language_of(std::span<const std::string> words) {
  try {
    return choose_language(words, environment_language());
  } catch (const InputError&) {
    return Language::en;
  }
}

}  // namespace

int launch(int n_words, const char* const* words, inference::Team* team) {
  const bool speaks = team == nullptr || team->rank() == 0;
  const std::vector<std::string> typed(words + 1, words + n_words);
  const Language language = language_of(typed);
  const Interrupt interrupt([language, speaks] {
    if (speaks) std::cerr << '\n' << say(language, Phrase::stopping) << '\n';
  });
  std::ostream nowhere(nullptr);
  return run_program(typed, {.out = speaks ? std::cout : nowhere,
                             .err = speaks ? std::cerr : nowhere,
                             .language = environment_language(),
                             .err_is_terminal = speaks && isatty(STDERR_FILENO) == 1,
                             .stop = interrupt.token(),
                             .team = team});
}

}  // namespace tremplin::cli
