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

// Four counters, word by word: x[word][counter].
using FourCounters = std::array<std::array<std::uint64_t, 4>, 4>;

void encrypt_by_two(FourCounters& x, std::uint64_t seed) {
  const __m128i m0 = _mm_set1_epi64x(multiplier_0);
  const __m128i m1 = _mm_set1_epi64x(multiplier_1);
  for (std::size_t half = 0; half < 4; half += 2) {
    const auto at = [&](std::size_t word) { return reinterpret_cast<__m128i*>(&x[word][half]); };
    __m128i x0 = _mm_loadu_si128(at(0));
    __m128i x1 = _mm_loadu_si128(at(1));
    __m128i x2 = _mm_loadu_si128(at(2));
    __m128i x3 = _mm_loadu_si128(at(3));
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
    _mm_storeu_si128(at(0), x0);
    _mm_storeu_si128(at(1), x1);
    _mm_storeu_si128(at(2), x2);
    _mm_storeu_si128(at(3), x3);
  }
}

__attribute__((target("avx2"))) void encrypt_by_four(FourCounters& x, std::uint64_t seed) {
  const __m256i m0 = _mm256_set1_epi64x(multiplier_0);
  const __m256i m1 = _mm256_set1_epi64x(multiplier_1);
  __m256i x0 = _mm256_loadu_si256(reinterpret_cast<__m256i*>(&x[0]));
  __m256i x1 = _mm256_loadu_si256(reinterpret_cast<__m256i*>(&x[1]));
  __m256i x2 = _mm256_loadu_si256(reinterpret_cast<__m256i*>(&x[2]));
  __m256i x3 = _mm256_loadu_si256(reinterpret_cast<__m256i*>(&x[3]));
  auto key_0 = static_cast<std::uint32_t>(seed);
  auto key_1 = static_cast<std::uint32_t>(seed >> 32);
  for (int round = 0; round < n_rounds; ++round, key_0 += key_step_0, key_1 += key_step_1) {
    const __m256i product_0 = _mm256_mul_epu32(x0, m0);
    const __m256i product_1 = _mm256_mul_epu32(x2, m1);
    x0 = _mm256_xor_si256(_mm256_xor_si256(_mm256_srli_epi64(product_1, 32), x1), _mm256_set1_epi64x(key_0));
    x2 = _mm256_xor_si256(_mm256_xor_si256(_mm256_srli_epi64(product_0, 32), x3), _mm256_set1_epi64x(key_1));
    x1 = product_1;
    x3 = product_0;
  }
  _mm256_storeu_si256(reinterpret_cast<__m256i*>(&x[0]), x0);
  _mm256_storeu_si256(reinterpret_cast<__m256i*>(&x[1]), x1);
  _mm256_storeu_si256(reinterpret_cast<__m256i*>(&x[2]), x2);
  _mm256_storeu_si256(reinterpret_cast<__m256i*>(&x[3]), x3);
}

void encrypt(FourCounters& x, std::uint64_t seed, Lanes lanes) {
  if (lanes == Lanes::four) {
    encrypt_by_four(x, seed);
  } else {
    encrypt_by_two(x, seed);
  }
}

DrawBlock block_of(const FourCounters& x, std::size_t counter) {
  return {static_cast<std::uint32_t>(x[0][counter]), static_cast<std::uint32_t>(x[1][counter]),
          static_cast<std::uint32_t>(x[2][counter]), static_cast<std::uint32_t>(x[3][counter])};
}

}  // namespace

Lanes widest_lanes() {
  static const Lanes widest = __builtin_cpu_supports("avx2") != 0 ? Lanes::four : Lanes::two;
  return widest;
}

void Draws::expect_sixteen_from(Decision first) {
  first_ = static_cast<std::uint32_t>(first) / 4;
  n_ = 4;
  FourCounters x;
  for (std::uint32_t i = 0; i < 4; ++i) {
    x[0][i] = counter_[0];
    x[1][i] = counter_[1];
    x[2][i] = counter_[2];
    x[3][i] = counter_[3] | (first_ + i);
  }
  encrypt(x, static_cast<std::uint64_t>(key_[1]) << 32 | key_[0], widest_lanes());
  for (std::size_t i = 0; i < 4; ++i) words_[i] = block_of(x, i);
}

void first_blocks(const Luck& luck, CpasId cpas, Month month, std::span<const LocalId> people,
                  std::span<DrawBlock> blocks, Lanes lanes) {
  FourCounters x{};
  for (std::size_t start = 0; start < people.size(); start += 4) {
    const std::size_t n = std::min<std::size_t>(4, people.size() - start);
    for (std::size_t i = 0; i < n; ++i) {
      const auto who = static_cast<std::uint64_t>(person_id(cpas, people[start + i]));
      x[0][i] = who;
      x[1][i] = who >> 32;
      x[2][i] = luck.replicate;
      x[3][i] = static_cast<std::uint64_t>(month.index) << 16;
    }
    encrypt(x, luck.seed, lanes);
    for (std::size_t i = 0; i < n; ++i) blocks[start + i] = block_of(x, i);
  }
}

}  // namespace tremplin
