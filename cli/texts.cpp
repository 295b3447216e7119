#include "cli/texts.hpp"

#include <array>

namespace tremplin::cli {
namespace {

constexpr std::array<std::string_view, n_languages> texts[] = {
#define PHRASE(name, fr, nl, en) {fr, nl, en},
#include "cli/texts.def"
#undef PHRASE
};

}  // namespace

std::string_view text_of(Phrase what, Language language) {
  return texts[static_cast<std::size_t>(what)][static_cast<std::size_t>(language)];
}

}  // namespace tremplin::cli
