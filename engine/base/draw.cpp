#include "engine/base/draw.hpp"

namespace tremplin {

namespace {

// Philox 4x32-10 on several counters at once, written so that the compiler uses vector instructions:
// the serial form waits for one multiplication after another.
constexpr std::size_t width = 8;
using Lane = std::array<std::uint32_t, width>;

constexpr std::uint32_t multiplier_0 = 0xD2511F53U;
constexpr std::uint32_t multiplier_1 = 0xCD9E8D57U;
constexpr std::uint32_t weyl_0 = 0x9E3779B9U;
constexpr std::uint32_t weyl_1 = 0xBB67AE85U;
constexpr int rounds = 10;

void one_round(Lane& x0, Lane& x1, Lane& x2, Lane& x3, std::uint32_t key_0, std::uint32_t key_1) {
  for (std::size_t i = 0; i < width; ++i) {
    const std::uint64_t product_0 = static_cast<std::uint64_t>(multiplier_0) * x0[i];
    const std::uint64_t product_1 = static_cast<std::uint64_t>(multiplier_1) * x2[i];
    const auto high_0 = static_cast<std::uint32_t>(product_0 >> 32);
    const auto high_1 = static_cast<std::uint32_t>(product_1 >> 32);
    x0[i] = high_1 ^ x1[i] ^ key_0;
    x2[i] = high_0 ^ x3[i] ^ key_1;
    x1[i] = static_cast<std::uint32_t>(product_1);
    x3[i] = static_cast<std::uint32_t>(product_0);
  }
}

}  // namespace

void first_blocks(const Luck& luck, CpasId cpas, Month month, std::span<const LocalId> people,
                  std::span<DrawBlock> blocks) {
  for (std::size_t start = 0; start < people.size(); start += width) {
    const std::size_t n = people.size() - start < width ? people.size() - start : width;
    Lane x0{};
    Lane x1{};
    Lane x2{};
    Lane x3{};
    for (std::size_t i = 0; i < n; ++i) {
      const auto who = static_cast<std::uint64_t>(person_id(cpas, people[start + i]));
      x0[i] = static_cast<std::uint32_t>(who);
      x1[i] = static_cast<std::uint32_t>(who >> 32);
      x2[i] = luck.replicate;
      x3[i] = static_cast<std::uint32_t>(month.index) << 16;
    }
    auto key_0 = static_cast<std::uint32_t>(luck.seed);
    auto key_1 = static_cast<std::uint32_t>(luck.seed >> 32);
    for (int round = 0; round < rounds; ++round) {
      one_round(x0, x1, x2, x3, key_0, key_1);
      key_0 += weyl_0;
      key_1 += weyl_1;
    }
    for (std::size_t i = 0; i < n; ++i) blocks[start + i] = {x0[i], x1[i], x2[i], x3[i]};
  }
}

}  // namespace tremplin
