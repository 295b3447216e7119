#include "engine/base/draw.hpp"

#include <immintrin.h>

#include <algorithm>

namespace tremplin {

namespace {

// Philox 4x32-10 on several counters at once: the serial form waits for one multiplication after another.
// Each word lies in the low half of a 64-bit lane; what a multiplication leaves in the high half is never
// read. Whole numbers only: the same bits whichever form the processor allows.
constexpr int n_rounds = 10;
constexpr long long multiplier_0 = 0xD2511F53LL;
constexpr long long multiplier_1 = 0xCD9E8D57LL;
constexpr std::uint32_t key_step_0 = 0x9E3779B9U;
constexpr std::uint32_t key_step_1 = 0xBB67AE85U;

// Four counters, word by word.
struct FourCounters {
  __m128i word[4];
};
using FourBlocks = std::array<DrawBlock, 4>;

__m128i all_four(std::uint32_t word) { return _mm_set1_epi32(static_cast<int>(word)); }
__m128i four(std::uint32_t a, std::uint32_t b, std::uint32_t c, std::uint32_t d) {
  return _mm_setr_epi32(static_cast<int>(a), static_cast<int>(b), static_cast<int>(c), static_cast<int>(d));
}

void encrypt_by_two(const FourCounters& counters, std::uint64_t seed, FourBlocks& blocks) {
  const __m128i m0 = _mm_set1_epi64x(multiplier_0);
  const __m128i m1 = _mm_set1_epi64x(multiplier_1);
  const auto& [word_0, word_1, word_2, word_3] = counters.word;
  for (std::size_t half = 0; half < 4; half += 2) {
    const auto widened = [half](__m128i word) {
      const __m128i none = _mm_setzero_si128();
      return half == 0 ? _mm_unpacklo_epi32(word, none) : _mm_unpackhi_epi32(word, none);
    };
    __m128i x0 = widened(word_0);
    __m128i x1 = widened(word_1);
    __m128i x2 = widened(word_2);
    __m128i x3 = widened(word_3);
    auto key_0 = static_cast<std::uint32_t>(seed);
    auto key_1 = static_cast<std::uint32_t>(seed >> 32);
    for (int round = 0; round < n_rounds; ++round, key_0 += key_step_0, key_1 += key_step_1) {
      const __m128i product_0 = _mm_mul_epu32(x0, m0);
      const __m128i product_1 = _mm_mul_epu32(x2, m1);
      x0 = _mm_xor_si128(_mm_xor_si128(_mm_srli_epi64(product_1, 32), x1), _mm_set1_epi64x(key_0));
      x2 = _mm_xor_si128(_mm_xor_si128(_mm_srli_epi64(product_0, 32), x3), _mm_set1_epi64x(key_1));
      x1 = product_1;
      x3 = product_0;
    }
    // Words 0 and 1 of each counter side by side, likewise 2 and 3; then all four, counter by counter.
    const __m128i low = _mm_unpacklo_epi32(_mm_shuffle_epi32(x0, 0x08), _mm_shuffle_epi32(x1, 0x08));
    const __m128i high = _mm_unpacklo_epi32(_mm_shuffle_epi32(x2, 0x08), _mm_shuffle_epi32(x3, 0x08));
    auto* to = reinterpret_cast<__m128i*>(&blocks[half]);
    _mm_storeu_si128(to, _mm_unpacklo_epi64(low, high));
    _mm_storeu_si128(to + 1, _mm_unpackhi_epi64(low, high));
  }
}

__attribute__((target("avx2"))) void encrypt_by_four(const FourCounters& counters, std::uint64_t seed,
                                                     FourBlocks& blocks) {
  const __m256i m0 = _mm256_set1_epi64x(multiplier_0);
  const __m256i m1 = _mm256_set1_epi64x(multiplier_1);
  __m256i x0 = _mm256_cvtepu32_epi64(counters.word[0]);
  __m256i x1 = _mm256_cvtepu32_epi64(counters.word[1]);
  __m256i x2 = _mm256_cvtepu32_epi64(counters.word[2]);
  __m256i x3 = _mm256_cvtepu32_epi64(counters.word[3]);
  const __m256i step_0 = _mm256_set1_epi64x(key_step_0);
  const __m256i step_1 = _mm256_set1_epi64x(key_step_1);
  __m256i key_0 = _mm256_set1_epi64x(static_cast<long long>(seed));
  __m256i key_1 = _mm256_set1_epi64x(static_cast<long long>(seed >> 32));
  for (int round = 0; round < n_rounds; ++round) {
    const __m256i product_0 = _mm256_mul_epu32(x0, m0);
    const __m256i product_1 = _mm256_mul_epu32(x2, m1);
    x0 = _mm256_xor_si256(_mm256_xor_si256(x1, key_0), _mm256_srli_epi64(product_1, 32));
    x2 = _mm256_xor_si256(_mm256_xor_si256(x3, key_1), _mm256_srli_epi64(product_0, 32));
    x1 = product_1;
    x3 = product_0;
    key_0 = _mm256_add_epi32(key_0, step_0);
    key_1 = _mm256_add_epi32(key_1, step_1);
  }
  constexpr int odd = 0xAA;
  const __m256i low = _mm256_blend_epi32(x0, _mm256_slli_epi64(x1, 32), odd);
  const __m256i high = _mm256_blend_epi32(x2, _mm256_slli_epi64(x3, 32), odd);
  const __m256i even_counters = _mm256_unpacklo_epi64(low, high);
  const __m256i odd_counters = _mm256_unpackhi_epi64(low, high);
  auto* to = reinterpret_cast<__m256i*>(&blocks);
  _mm256_storeu_si256(to, _mm256_permute2x128_si256(even_counters, odd_counters, 0x20));
  _mm256_storeu_si256(to + 1, _mm256_permute2x128_si256(even_counters, odd_counters, 0x31));
}

void encrypt(const FourCounters& counters, std::uint64_t seed, FourBlocks& blocks, Lanes lanes) {
  if (lanes == Lanes::four) {
    encrypt_by_four(counters, seed, blocks);
  } else {
    encrypt_by_two(counters, seed, blocks);
  }
}

}  // namespace

Lanes widest_lanes() {
  static const Lanes widest = __builtin_cpu_supports("avx2") != 0 ? Lanes::four : Lanes::two;
  return widest;
}

void Draws::compute(std::uint32_t group) {
  const std::uint32_t first = counter_[3] | (4 * group);
  groups_[group % 4] = static_cast<std::uint16_t>(group);
  encrypt({{all_four(counter_[0]), all_four(counter_[1]), all_four(counter_[2]),
            four(first, first + 1, first + 2, first + 3)}},
          static_cast<std::uint64_t>(key_[1]) << 32 | key_[0], words_[group % 4], widest_lanes());
}

void one_block_of_each(const Luck& luck, CpasId cpas, Month month, std::uint32_t block,
                       std::span<const LocalId> people, std::span<DrawBlock> blocks, Lanes lanes) {
  const __m128i word_2 = all_four(luck.replicate);
  const __m128i word_3 = all_four(static_cast<std::uint32_t>(month.index) << 16 | block);
  FourBlocks made;
  for (std::size_t start = 0; start < people.size(); start += 4) {
    const auto who = [&](std::size_t i) {
      return static_cast<std::uint64_t>(person_id(cpas, people[std::min(start + i, people.size() - 1)]));
    };
    const std::array all = {who(0), who(1), who(2), who(3)};
    const auto low = [&](std::size_t i) { return static_cast<std::uint32_t>(all[i]); };
    const auto high = [&](std::size_t i) { return static_cast<std::uint32_t>(all[i] >> 32); };
    encrypt(
        {{four(low(0), low(1), low(2), low(3)), four(high(0), high(1), high(2), high(3)), word_2, word_3}},
        luck.seed, made, lanes);
    std::copy_n(made.begin(), std::min<std::size_t>(4, people.size() - start),
                blocks.begin() + static_cast<std::ptrdiff_t>(start));
  }
}

}  // namespace tremplin
