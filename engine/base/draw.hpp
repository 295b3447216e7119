// Keyed randomness: every draw depends only on (seed, replicate, who, month, numbered decision).
// Decision n of a person-month is lane n mod 4 of block n / 4 of Philox 4x32-10 (Salmon et al. 2011,
// Random123); a decision that needs more than one word goes on in blocks of its own.
#pragma once

#include <Random123/philox.h>

#include <array>
#include <cstdint>
#include <initializer_list>
#include <limits>
#include <span>
#include <vector>

#include "engine/base/decision.hpp"
#include "engine/base/ids.hpp"
#include "engine/base/month.hpp"

namespace tremplin {

// What all draws of one run share.
struct Luck {
  std::uint64_t seed = 1;
  std::uint32_t replicate = 0;
  friend bool operator==(const Luck&, const Luck&) = default;
};

// The words of four neighbouring decisions.
using DrawBlock = std::array<std::uint32_t, 4>;
constexpr std::uint32_t block_of(Decision decision) { return static_cast<std::uint32_t>(decision) / 4; }

// Is told of the draws of a life that somebody follows.
class Witness {
 public:
  virtual ~Witness() = default;
  // A decision taken with probability p: u is uniform on (0, 1), and it happened when u < p.
  virtual void decided(Decision decision, double p, double u, bool happened) = 0;
  // A number drawn uniformly on (0, 1), to choose among several possibilities.
  virtual void chose(Decision decision, double u) = 0;
};

constexpr double uniform_of(std::uint32_t word) {
  return (static_cast<double>(word) + 0.5) * (1.0 / 4294967296.0);
}
// Uniform on 0 to n - 1 (bias below n / 2^32).
constexpr std::uint32_t among(std::uint32_t word, std::uint32_t n) {
  return static_cast<std::uint32_t>((static_cast<std::uint64_t>(word) * n) >> 32);
}
// Values of p outside [0, 1] act as 0 and 1.
constexpr bool happens_in(std::uint32_t word, double p) {
  return static_cast<double>(word) < p * 4294967296.0;
}
// The number of words in which it happens: happens_in(word, p) is word < words_below(p), to the bit.
constexpr std::uint64_t words_below(double p) {
  constexpr std::uint64_t all = std::uint64_t{1} << 32;
  if (!(p > 0)) return 0;
  if (p >= 1) return all;
  const double words = p * 4294967296.0;
  const auto whole = static_cast<std::uint64_t>(words);
  return whole + static_cast<std::uint64_t>(static_cast<double>(whole) < words);
}

// The draws of one person, office or the nation in one month. Cheap to make: when a decision is first asked,
// its block is computed together with the three beside it, which costs hardly more than one. Blocks that were
// drawn beforehand, of many people side by side, can be told instead.
class Draws {
 public:
  Draws(const Luck& luck, std::uint64_t who, Month month, Witness* witness = nullptr)
      : key_{{static_cast<std::uint32_t>(luck.seed), static_cast<std::uint32_t>(luck.seed >> 32)}},
        counter_{{static_cast<std::uint32_t>(who), static_cast<std::uint32_t>(who >> 32), luck.replicate,
                  static_cast<std::uint32_t>(month.index) << 16}},
        witness_(witness) {}  // NOLINT(cppcoreguidelines-pro-type-member-init): known_ tells which words are
  Draws(const Luck& luck, PersonId person, Month month, Witness* witness = nullptr)
      : Draws(luck, static_cast<std::uint64_t>(person), month, witness) {}

  // The word of a decision, uniform on 0 to 2^32 - 1.
  std::uint32_t word(Decision decision) {
    const auto number = static_cast<std::uint32_t>(decision);
    const std::uint32_t block = number / 4;
    if ((known_ >> block & 1) == 0) compute(block / 4);
    return words_[block / 4][block % 4][number % 4];
  }
  // Computes the groups of two decisions that will be asked, side by side.
  void expect(Decision a, Decision b) {
    for (const Decision decision : {a, b}) word(decision);
  }
  // The words of a block that were drawn already.
  void know(std::uint32_t block, const DrawBlock& words) {
    words_[block / 4][block % 4] = words;
    known_ |= std::uint64_t{1} << block;
  }
  // From now on the draws of someone else in the same month.
  void turn_to(PersonId person, Witness* witness) {
    counter_[0] = static_cast<std::uint32_t>(static_cast<std::uint64_t>(person));
    counter_[1] = static_cast<std::uint32_t>(static_cast<std::uint64_t>(person) >> 32);
    witness_ = witness;
    known_ = 0;
  }

  // True with probability p (values outside [0, 1] act as 0 and 1).
  bool happens(Decision decision, double p) {
    const std::uint32_t drawn = word(decision);
    const bool happened = happens_in(drawn, p);
    if (witness_ != nullptr) [[unlikely]]
      witness_->decided(decision, p, uniform_of(drawn), happened);
    return happened;
  }

  // Uniform on (0, 1): the middle of the word's cell, never 0 or 1.
  double uniform(Decision decision) {
    const double u = uniform_of(word(decision));
    if (witness_ != nullptr) [[unlikely]]
      witness_->chose(decision, u);
    return u;
  }

  // Uniform on 0 to n - 1.
  std::uint32_t below(Decision decision, std::uint32_t n) {
    const std::uint32_t drawn = word(decision);
    if (witness_ != nullptr) [[unlikely]]
      witness_->chose(decision, uniform_of(drawn));
    return among(drawn, n);
  }

  // A generator for Boost.Random: the decision's word, then blocks that belong to it alone.
  class Stream {
   public:
    using result_type = std::uint32_t;
    static constexpr result_type min() { return 0; }
    static constexpr result_type max() { return 0xffffffffU; }

    Stream(Draws& draws, Decision decision)
        : draws_(&draws), decision_(static_cast<std::uint32_t>(decision)) {}
    result_type operator()() {
      if (n_ == 0) {
        ++n_;
        return draws_->word(static_cast<Decision>(decision_));
      }
      const std::uint32_t further = n_ - 1;
      if (further % 4 == 0) block_ = draws_->compute_further(decision_, further / 4);
      ++n_;
      return block_[further % 4];
    }

   private:
    Draws* draws_;
    std::uint32_t decision_;
    std::uint32_t n_ = 0;
    r123::Philox4x32::ctr_type block_{};
  };
  Stream stream(Decision decision) { return {*this, decision}; }

 private:
  using Philox = r123::Philox4x32;  // ten rounds

  [[gnu::noinline]] void compute(std::uint32_t group);  // decisions 16 * group to 16 * group + 15
  // Lane 3 holds month (16 bits) and block (16 bits): blocks from 0x8000 up are the streams'.
  Philox::ctr_type compute_further(std::uint32_t decision, std::uint32_t n) const {
    Philox::ctr_type counter = counter_;
    counter[3] |= 0x8000U | ((decision & 0xffU) << 7) | (n & 0x7fU);
    return Philox{}(counter, key_);
  }

  Philox::key_type key_;
  Philox::ctr_type counter_;
  Witness* witness_;
  std::uint64_t known_ = 0;  // a bit for each block; decisions are fewer than 256
  std::array<std::array<DrawBlock, 4>, 16> words_;
};

// How many counters the processor encrypts at once; the words are the same.
enum class Lanes : std::uint8_t { two, four, eight };
Lanes widest_lanes();

// One block of many people in one month: 0 holds the decisions asked of everybody every month. people and
// blocks have the same length; same words as Draws gives.
void one_block_of_each(const Luck& luck, CpasId cpas, Month month, std::uint32_t block,
                       std::span<const LocalId> people, std::span<DrawBlock> blocks,
                       Lanes lanes = widest_lanes());

// Some blocks of many people in one month, drawn side by side before they are asked one by one.
class DrawnAhead {
 public:
  void draw(const Luck& luck, CpasId cpas, Month month, std::initializer_list<std::uint32_t> blocks,
            std::span<const LocalId> people);
  // Tells the draws of the i-th of these people what is known.
  void tell(std::size_t i, Draws& draws) const {
    for (std::size_t b = 0; b < n_blocks_; ++b) draws.know(blocks_[b], words_[b][i]);
  }

 private:
  static constexpr std::size_t max_blocks = 6;
  std::size_t n_blocks_ = 0;
  std::array<std::uint32_t, max_blocks> blocks_{};
  std::array<std::vector<DrawBlock>, max_blocks> words_;
};

}  // namespace tremplin
