// What the program says on the screen: one entry for each line of texts.def, in French, Dutch and English.
#pragma once

#include <fmt/format.h>

#include <string>
#include <string_view>

#include "scenarios/language.hpp"

namespace tremplin::cli {

enum class Phrase {
#define PHRASE(name, fr, nl, en) name,
#include "cli/texts.def"
#undef PHRASE
};

// The text of an entry, with its {} still open.
std::string_view text_of(Phrase what, Language language);

// The text with its {} filled in order.
template <class... Values>
std::string say(Language language, Phrase what, const Values&... values) {
  return fmt::format(fmt::runtime(text_of(what, language)), values...);
}

}  // namespace tremplin::cli
