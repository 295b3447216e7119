// Keyed randomness: every draw depends only on (seed, replicate, who, month, numbered decision).
// Decision n of a person-month is lane n mod 4 of block n / 4 of Philox 4x32-10 (Salmon et al. 2011,
// Random123); a decision that needs more than one word goes on in blocks of its own.
#pragma once

#include <Random123/philox.h>

#include <array>
#include <cstdint>
#include <limits>
#include <span>

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
// Values of p outside [0, 1] act as 0 and 1.
constexpr bool happens_in(std::uint32_t word, double p) {
  return static_cast<double>(word) < p * 4294967296.0;
}

// The draws of one person, office or the nation in one month. Cheap to make: when a decision is first asked,
// its block is computed together with the three beside it, which costs hardly more than one; four such groups
// are kept.
class Draws {
 public:
  Draws(const Luck& luck, std::uint64_t who, Month month, Witness* witness = nullptr)
      : key_{{static_cast<std::uint32_t>(luck.seed), static_cast<std::uint32_t>(luck.seed >> 32)}},
        counter_{{static_cast<std::uint32_t>(who), static_cast<std::uint32_t>(who >> 32), luck.replicate,
                  static_cast<std::uint32_t>(month.index) << 16}},
        witness_(witness) {
  }  // NOLINT(cppcoreguidelines-pro-type-member-init): groups_ tells which words are known
  Draws(const Luck& luck, PersonId person, Month month, Witness* witness = nullptr)
      : Draws(luck, static_cast<std::uint64_t>(person), month, witness) {}

  // The word of a decision, uniform on 0 to 2^32 - 1.
  std::uint32_t word(Decision decision) {
    const auto number = static_cast<std::uint32_t>(decision);
    const std::uint32_t group = number / 16;
    if (groups_[group % 4] != group) compute(group);
    return words_[group % 4][number / 4 % 4][number % 4];
  }
  // Computes the groups of two decisions that will be asked, side by side.
  void expect(Decision a, Decision b) {
    for (const Decision decision : {a, b}) word(decision);
  }
  // From now on the draws of someone else in the same month.
  void turn_to(PersonId person, Witness* witness) {
    counter_[0] = static_cast<std::uint32_t>(static_cast<std::uint64_t>(person));
    counter_[1] = static_cast<std::uint32_t>(static_cast<std::uint64_t>(person) >> 32);
    witness_ = witness;
    groups_.fill(no_group);
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

  // Uniform on 0 to n - 1 (bias below n / 2^32).
  std::uint32_t below(Decision decision, std::uint32_t n) {
    const std::uint32_t drawn = word(decision);
    if (witness_ != nullptr) [[unlikely]]
      witness_->chose(decision, uniform_of(drawn));
    return static_cast<std::uint32_t>((static_cast<std::uint64_t>(drawn) * n) >> 32);
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

  void compute(std::uint32_t group);  // decisions 16 * group to 16 * group + 15
  // Lane 3 holds month (16 bits) and block (16 bits): blocks from 0x8000 up are the streams'.
  Philox::ctr_type compute_further(std::uint32_t decision, std::uint32_t n) const {
    Philox::ctr_type counter = counter_;
    counter[3] |= 0x8000U | ((decision & 0xffU) << 7) | (n & 0x7fU);
    return Philox{}(counter, key_);
  }

  Philox::key_type key_;
  Philox::ctr_type counter_;
  Witness* witness_;
  static constexpr std::uint16_t no_group = 0xffff;
  std::array<std::uint16_t, 4> groups_{no_group, no_group, no_group, no_group};  // of words_
  std::array<std::array<DrawBlock, 4>, 4> words_;
};

// How many counters the processor encrypts at once; the words are the same.
enum class Lanes : std::uint8_t { two, four };
Lanes widest_lanes();

// One block of many people in one month: 0 holds the decisions asked of everybody every month. people and
// blocks have the same length; same words as Draws gives.
void one_block_of_each(const Luck& luck, CpasId cpas, Month month, std::uint32_t block,
                       std::span<const LocalId> people, std::span<DrawBlock> blocks,
                       Lanes lanes = widest_lanes());

}  // namespace tremplin
