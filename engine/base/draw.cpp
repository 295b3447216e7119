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

__m128i all_four(std::uint32_t word) { return _mm_set1_epi32(static_cast<int>(word)); }
__m128i four(std::uint32_t a, std::uint32_t b, std::uint32_t c, std::uint32_t d) {
  return _mm_setr_epi32(static_cast<int>(a), static_cast<int>(b), static_cast<int>(c), static_cast<int>(d));
}

void encrypt_by_two(const FourCounters& counters, std::uint64_t seed, DrawBlock* blocks) {
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
    auto* to = reinterpret_cast<__m128i*>(blocks + half);
    _mm_storeu_si128(to, _mm_unpacklo_epi64(low, high));
    _mm_storeu_si128(to + 1, _mm_unpackhi_epi64(low, high));
  }
}

// Several sets of four side by side: while one waits for a multiplication, another goes on.
template <std::size_t sets>
__attribute__((target("avx2"))) void encrypt_by_four(const FourCounters* counters, std::uint64_t seed,
                                                     DrawBlock* blocks) {
  const __m256i m0 = _mm256_set1_epi64x(multiplier_0);
  const __m256i m1 = _mm256_set1_epi64x(multiplier_1);
  const __m256i step_0 = _mm256_set1_epi64x(key_step_0);
  const __m256i step_1 = _mm256_set1_epi64x(key_step_1);
  __m256i key_0 = _mm256_set1_epi64x(static_cast<long long>(seed));
  __m256i key_1 = _mm256_set1_epi64x(static_cast<long long>(seed >> 32));
  __m256i x0[sets];
  __m256i x1[sets];
  __m256i x2[sets];
  __m256i x3[sets];
  for (std::size_t set = 0; set < sets; ++set) {
    x0[set] = _mm256_cvtepu32_epi64(counters[set].word[0]);
    x1[set] = _mm256_cvtepu32_epi64(counters[set].word[1]);
    x2[set] = _mm256_cvtepu32_epi64(counters[set].word[2]);
    x3[set] = _mm256_cvtepu32_epi64(counters[set].word[3]);
  }
  for (int round = 0; round < n_rounds; ++round) {
    for (std::size_t set = 0; set < sets; ++set) {
      const __m256i product_0 = _mm256_mul_epu32(x0[set], m0);
      const __m256i product_1 = _mm256_mul_epu32(x2[set], m1);
      x0[set] = _mm256_xor_si256(_mm256_xor_si256(x1[set], key_0), _mm256_srli_epi64(product_1, 32));
      x2[set] = _mm256_xor_si256(_mm256_xor_si256(x3[set], key_1), _mm256_srli_epi64(product_0, 32));
      x1[set] = product_1;
      x3[set] = product_0;
    }
    key_0 = _mm256_add_epi32(key_0, step_0);
    key_1 = _mm256_add_epi32(key_1, step_1);
  }
  constexpr int odd = 0xAA;
  for (std::size_t set = 0; set < sets; ++set) {
    const __m256i low = _mm256_blend_epi32(x0[set], _mm256_slli_epi64(x1[set], 32), odd);
    const __m256i high = _mm256_blend_epi32(x2[set], _mm256_slli_epi64(x3[set], 32), odd);
    const __m256i even_counters = _mm256_unpacklo_epi64(low, high);
    const __m256i odd_counters = _mm256_unpackhi_epi64(low, high);
    auto* to = reinterpret_cast<__m256i*>(blocks + 4 * set);
    _mm256_storeu_si256(to, _mm256_permute2x128_si256(even_counters, odd_counters, 0x20));
    _mm256_storeu_si256(to + 1, _mm256_permute2x128_si256(even_counters, odd_counters, 0x31));
  }
}

constexpr std::size_t together = 8;  // counters that are encrypted at once
using EightCounters = std::array<FourCounters, together / 4>;

// One set of eight. The masked forms, with all lanes chosen: g++ 12 warns of the others' own undefined
// operand.
__attribute__((target("avx512f"))) void encrypt_by_eight(const EightCounters& counters, std::uint64_t seed,
                                                         DrawBlock* blocks) {
  constexpr __mmask8 all_lanes = 0xFF;
  const auto widened = [&](std::size_t word) __attribute__((target("avx512f"))) {
    return _mm512_maskz_cvtepu32_epi64(all_lanes,
                                       _mm256_set_m128i(counters[1].word[word], counters[0].word[word]));
  };
  const __m512i m0 = _mm512_set1_epi64(multiplier_0);
  const __m512i m1 = _mm512_set1_epi64(multiplier_1);
  const __m512i step_0 = _mm512_set1_epi64(key_step_0);
  const __m512i step_1 = _mm512_set1_epi64(key_step_1);
  __m512i key_0 = _mm512_set1_epi64(static_cast<long long>(seed));
  __m512i key_1 = _mm512_set1_epi64(static_cast<long long>(seed >> 32));
  __m512i x0 = widened(0);
  __m512i x1 = widened(1);
  __m512i x2 = widened(2);
  __m512i x3 = widened(3);
  constexpr int xor_of_three = 0x96;
  for (int round = 0; round < n_rounds; ++round) {
    const __m512i product_0 = _mm512_maskz_mul_epu32(all_lanes, x0, m0);
    const __m512i product_1 = _mm512_maskz_mul_epu32(all_lanes, x2, m1);
    x0 =
        _mm512_ternarylogic_epi64(x1, key_0, _mm512_maskz_srli_epi64(all_lanes, product_1, 32), xor_of_three);
    x2 =
        _mm512_ternarylogic_epi64(x3, key_1, _mm512_maskz_srli_epi64(all_lanes, product_0, 32), xor_of_three);
    x1 = product_1;
    x3 = product_0;
    key_0 = _mm512_add_epi32(key_0, step_0);
    key_1 = _mm512_add_epi32(key_1, step_1);
  }
  constexpr __mmask16 odd = 0xAAAA;
  const __m512i low = _mm512_mask_blend_epi32(odd, x0, _mm512_maskz_slli_epi64(all_lanes, x1, 32));
  const __m512i high = _mm512_mask_blend_epi32(odd, x2, _mm512_maskz_slli_epi64(all_lanes, x3, 32));
  const __m512i first = _mm512_setr_epi64(0, 8, 1, 9, 2, 10, 3, 11);
  const __m512i last = _mm512_setr_epi64(4, 12, 5, 13, 6, 14, 7, 15);
  _mm512_storeu_si512(blocks, _mm512_permutex2var_epi64(low, first, high));
  _mm512_storeu_si512(blocks + 4, _mm512_permutex2var_epi64(low, last, high));
}

void encrypt(const FourCounters& counters, std::uint64_t seed, DrawBlock* blocks, Lanes lanes) {
  if (lanes == Lanes::two) {
    encrypt_by_two(counters, seed, blocks);
  } else {
    encrypt_by_four<1>(&counters, seed, blocks);
  }
}

void encrypt(const EightCounters& counters, std::uint64_t seed, DrawBlock* blocks, Lanes lanes) {
  if (lanes == Lanes::eight) {
    encrypt_by_eight(counters, seed, blocks);
  } else if (lanes == Lanes::four) {
    encrypt_by_four<2>(counters.data(), seed, blocks);
  } else {
    for (std::size_t set = 0; set < counters.size(); ++set)
      encrypt_by_two(counters[set], seed, blocks + 4 * set);
  }
}

// The first half of the counters of four people of an office: what person_id says, side by side.
void name_four(CpasId cpas, const LocalId* people, FourCounters& counters) {
  const __m128i within = _mm_loadu_si128(reinterpret_cast<const __m128i*>(people));
  counters.word[0] = _mm_and_si128(within, all_four(0x1fffffU));
  counters.word[1] =
      _mm_or_si128(_mm_srli_epi32(within, 21), all_four(static_cast<std::uint32_t>(cpas) << 16));
}

}  // namespace

Lanes widest_lanes() {
  static const Lanes widest = __builtin_cpu_supports("avx512f") != 0 ? Lanes::eight
                              : __builtin_cpu_supports("avx2") != 0  ? Lanes::four
                                                                     : Lanes::two;
  return widest;
}

void Draws::compute(std::uint32_t group) {
  const std::uint32_t first = counter_[3] | (4 * group);
  known_ |= std::uint64_t{0xf} << (4 * group);
  const FourCounters counters = {{all_four(counter_[0]), all_four(counter_[1]), all_four(counter_[2]),
                                  four(first, first + 1, first + 2, first + 3)}};
  encrypt(counters, static_cast<std::uint64_t>(key_[1]) << 32 | key_[0], words_[group].data(),
          widest_lanes());
}

void one_block_of_each(const Luck& luck, CpasId cpas, Month month, std::uint32_t block,
                       std::span<const LocalId> people, std::span<DrawBlock> blocks, Lanes lanes) {
  EightCounters counters;
  for (FourCounters& set : counters) {
    set.word[2] = all_four(luck.replicate);
    set.word[3] = all_four(static_cast<std::uint32_t>(month.index) << 16 | block);
  }
  std::size_t start = 0;
  for (; start + together <= people.size(); start += together) {
    for (std::size_t set = 0; set < counters.size(); ++set)
      name_four(cpas, &people[start + 4 * set], counters[set]);
    encrypt(counters, luck.seed, &blocks[start], lanes);
  }
  if (start == people.size()) return;
  std::array<LocalId, together> rest{};
  std::array<DrawBlock, together> made;
  std::ranges::copy(people.subspan(start), rest.begin());
  for (std::size_t set = 0; set < counters.size(); ++set) name_four(cpas, &rest[4 * set], counters[set]);
  encrypt(counters, luck.seed, made.data(), lanes);
  std::copy_n(made.begin(), people.size() - start, blocks.begin() + static_cast<std::ptrdiff_t>(start));
}

void DrawnAhead::draw(const Luck& luck, CpasId cpas, Month month, std::initializer_list<std::uint32_t> blocks,
                      std::span<const LocalId> people) {
  n_blocks_ = 0;
  for (const std::uint32_t block : blocks) {
    blocks_[n_blocks_] = block;
    words_[n_blocks_].resize(people.size());
    one_block_of_each(luck, cpas, month, block, people, words_[n_blocks_]);
    ++n_blocks_;
  }
}

}  // namespace tremplin
