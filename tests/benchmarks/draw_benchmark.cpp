// What a decision left to chance costs: the person loop makes a dozen for each person and month.
#include <benchmark/benchmark.h>

#include <boost/random/normal_distribution.hpp>
#include <cmath>
#include <cstdint>
#include <vector>

#include "engine/base/draw.hpp"
#include "engine/base/portable_math.hpp"
#include "engine/base/portable_real.hpp"

namespace tremplin {
namespace {

constexpr Luck luck{.seed = 1, .replicate = 0};
constexpr Month month{2013, 6};

// The first decision of a person-month: one Philox block.
void first_decision(benchmark::State& state) {
  std::uint64_t person = 0;
  for (auto _ : state) {
    Draws draws(luck, ++person, month);
    benchmark::DoNotOptimize(draws.word(Decision{}));
  }
}
BENCHMARK(first_decision);

// A neighbour of a decision already drawn: the block is there.
void neighbouring_decision(benchmark::State& state) {
  Draws draws(luck, 1, month);
  for (auto _ : state) benchmark::DoNotOptimize(draws.word(Decision{}));
}
BENCHMARK(neighbouring_decision);

// What everybody on benefit is asked each month, four people at a time; per person.
void a_block_of_each_of_many_people(benchmark::State& state) {
  std::vector<LocalId> people;
  for (std::uint32_t i = 0; i < 256; ++i) people.push_back(local_id(month, i));
  std::vector<DrawBlock> blocks(people.size());
  for (auto _ : state) {
    one_block_of_each(luck, CpasId{1}, month, 0, people, blocks);
    benchmark::DoNotOptimize(blocks.data());
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(people.size()));
}
BENCHMARK(a_block_of_each_of_many_people);

// What those who leave are asked: powers of the distance to work, four at a time or one by one; per number.
void powers(benchmark::State& state) {
  std::vector<double> numbers(256);
  for (auto _ : state) {
    for (std::size_t i = 0; i < numbers.size(); ++i) numbers[i] = 0.3 + 0.01 * static_cast<double>(i);
    if (state.range(0) == 4) {
      portable::pow_of_each(numbers, -0.4);
    } else {
      for (double& number : numbers) number = portable::pow(number, -0.4);
    }
    benchmark::DoNotOptimize(numbers.data());
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(numbers.size()));
}
BENCHMARK(powers)->Arg(1)->Arg(4);

void normal_draw(benchmark::State& state) {
  std::uint64_t person = 0;
  for (auto _ : state) {
    Draws draws(luck, ++person, month);
    auto stream = draws.stream(Decision{});
    benchmark::DoNotOptimize(boost::random::normal_distribution<PortableReal>(0, 1)(stream).value);
  }
}
BENCHMARK(normal_draw);

template <double (*function)(double)>
void of_a_number(benchmark::State& state) {
  double x = 0.1;
  for (auto _ : state) {
    x = x < 0.9 ? x + 1e-3 : 0.1;
    benchmark::DoNotOptimize(function(x));
  }
}
double libm_exp(double x) { return std::exp(x); }
double libm_log(double x) { return std::log(x); }
BENCHMARK(of_a_number<portable::exp>)->Name("portable exp");
BENCHMARK(of_a_number<libm_exp>)->Name("libm exp");
BENCHMARK(of_a_number<portable::log>)->Name("portable log");
BENCHMARK(of_a_number<libm_log>)->Name("libm log");
BENCHMARK(of_a_number<portable::normal_quantile>)->Name("normal quantile");
BENCHMARK(of_a_number<portable::one_minus_exp_of_minus>)->Name("hazard to probability");

}  // namespace
}  // namespace tremplin
