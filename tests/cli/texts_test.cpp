#include "cli/texts.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace tremplin::cli {
namespace {

constexpr std::array<std::array<std::string_view, n_languages>, 0
#define PHRASE(name, fr, nl, en) +1
#include "cli/texts.def"
#undef PHRASE
                     >
    texts = {{
#define PHRASE(name, fr, nl, en) {fr, nl, en},
#include "cli/texts.def"
#undef PHRASE
    }};

TEST(Texts, EveryTextStandsInThreeLanguagesWithTheSameNumberOfValues) {
  for (const auto& text : texts) {
    const auto open = std::count(text[2].begin(), text[2].end(), '{');
    for (const std::string_view one : text) {
      EXPECT_FALSE(one.empty()) << text[2];
      EXPECT_EQ(std::count(one.begin(), one.end(), '{'), open) << one;
    }
  }
}

TEST(Texts, ValuesAreFilledInOrder) {
  EXPECT_EQ(say(Language::nl, Phrase::stopped_with, 3, 10),
            "Onderbroken; volledige en weggeschreven herhalingen: 3 van 10.");
}

}  // namespace
}  // namespace tremplin::cli
