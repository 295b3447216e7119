// The process: words, language, terminal and signals for run_program().
#include <unistd.h>

#include <cstdlib>
#include <iostream>

#include "cli/interrupt.hpp"
#include "cli/options.hpp"
#include "cli/program.hpp"
#include "cli/texts.hpp"
#include "engine/base/errors.hpp"

namespace {

// As the C library chooses the language of messages.
std::string_view environment_language() {
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const char* value = std::getenv(name);
    if (value != nullptr && *value != '\0') return value;
  }
  return {};
}

tremplin::Language language_of(std::span<const std::string> words) {
  try {
    return tremplin::cli::choose_language(words, environment_language());
  } catch (const tremplin::InputError&) {
    return tremplin::Language::en;
  }
}

}  // namespace

int main(int n_words, char** words) {
  namespace cli = tremplin::cli;
  const std::vector<std::string> typed(words + 1, words + n_words);
  const tremplin::Language language = language_of(typed);
  const cli::Interrupt interrupt([language] {
    std::cerr << '\n' << cli::say(language, cli::Phrase::stopping) << '\n';
  });
  return cli::run_program(typed, {.out = std::cout,
                                  .err = std::cerr,
                                  .language = environment_language(),
                                  .err_is_terminal = isatty(STDERR_FILENO) == 1,
                                  .stop = interrupt.token()});
}
