#include "scenarios/landscape/rake.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>

#include "engine/base/errors.hpp"

namespace tremplin {

namespace {

constexpr int max_rounds = 10'000;
constexpr double tolerance = 1e-12;

[[noreturn]] void refuse(std::string found, std::string expected) {
  throw InputError(Fault{FaultKind::inconsistent,
                         "scenarios/landscape",
                         0,
                         0,
                         "margins",
                         std::move(found),
                         std::move(expected),
                         {}});
}

void check_sums(std::span<const Margin> margins) {
  const auto sum = [](const Margin& margin) {
    return std::accumulate(margin.totals.begin(), margin.totals.end(), 0.0);
  };
  for (const Margin& margin : margins) {
    const double first = sum(margins.front());
    if (std::abs(sum(margin) - first) > 1e-9 * first) {
      refuse("a margin with sum " + std::to_string(sum(margin)), "sum " + std::to_string(first));
    }
  }
}

std::vector<double> group_sums(std::span<const double> weights, const Margin& margin) {
  std::vector<double> sums(margin.totals.size(), 0.0);
  for (std::size_t i = 0; i < weights.size(); ++i)
    sums[static_cast<std::size_t>(margin.group[i])] += weights[i];
  return sums;
}

// Largest deviation of a margin's sums from its totals, relative to the grand total.
double deviation(std::span<const double> weights, const Margin& margin) {
  const std::vector<double> sums = group_sums(weights, margin);
  const double all = std::accumulate(margin.totals.begin(), margin.totals.end(), 0.0);
  double largest = 0;
  for (std::size_t g = 0; g < sums.size(); ++g) {
    largest = std::max(largest, std::abs(sums[g] - margin.totals[g]) / all);
  }
  return largest;
}

void scale_to(std::span<double> weights, const Margin& margin) {
  std::vector<double> factors = group_sums(weights, margin);
  for (std::size_t g = 0; g < factors.size(); ++g) {
    if (factors[g] == 0 && margin.totals[g] > 0) {
      refuse("group " + std::to_string(g) + " without weight", "total " + std::to_string(margin.totals[g]));
    }
    factors[g] = factors[g] == 0 ? 0 : margin.totals[g] / factors[g];
  }
  for (std::size_t i = 0; i < weights.size(); ++i)
    weights[i] *= factors[static_cast<std::size_t>(margin.group[i])];
}

using Table = std::vector<std::vector<double>>;

bool is_fraction(double value) { return std::abs(value - std::round(value)) > 1e-7; }

struct Cell {
  std::size_t row;
  std::size_t column;
};

// Rows and columns as the nodes of a graph (rows first) whose edges are the fractional cells. With whole
// sums no line holds just one fraction, so that a walk never stops and must meet itself: the loop is a
// cycle of cells which in turn share a row and a column. Empty if no cell is fractional.
std::vector<Cell> fractional_cycle(const Table& table) {
  const std::size_t n_rows = table.size();
  const std::size_t n_lines = n_rows + table.front().size();
  const auto cell = [&](std::size_t a, std::size_t b) {
    return a < n_rows ? Cell{a, b - n_rows} : Cell{b, a - n_rows};
  };
  const auto linked = [&](std::size_t a, std::size_t b) {
    if ((a < n_rows) == (b < n_rows)) return false;
    const Cell c = cell(a, b);
    return is_fraction(table[c.row][c.column]);
  };
  std::vector<std::size_t> walk;
  for (std::size_t start = 0; start < n_rows && walk.empty(); ++start) {
    for (std::size_t to = n_rows; to < n_lines && walk.empty(); ++to) {
      if (linked(start, to)) walk = {start, to};
    }
  }
  while (!walk.empty()) {
    std::size_t to = 0;
    while (to < n_lines && (to == walk[walk.size() - 2] || !linked(walk.back(), to))) ++to;
    if (to == n_lines) refuse("a table with fractional sums", "whole sums");
    walk.push_back(to);
    const auto first = std::ranges::find(walk, to);
    if (first + 1 == walk.end()) continue;
    std::vector<Cell> cycle;
    for (auto node = first; node + 1 != walk.end(); ++node) cycle.push_back(cell(*node, *(node + 1)));
    return cycle;
  }
  return {};
}

// Adds and subtracts the least amount that makes a cell of the cycle whole.
void shift(Table& table, const std::vector<Cell>& cycle) {
  double up = 1;  // room to raise even cells and lower odd ones
  double down = 1;
  for (std::size_t k = 0; k < cycle.size(); ++k) {
    const double value = table[cycle[k].row][cycle[k].column];
    const double above = std::ceil(value) - value;
    const double below = value - std::floor(value);
    up = std::min(up, k % 2 == 0 ? above : below);
    down = std::min(down, k % 2 == 0 ? below : above);
  }
  const double step = up <= down ? up : -down;
  for (std::size_t k = 0; k < cycle.size(); ++k) {
    double& value = table[cycle[k].row][cycle[k].column];
    value += k % 2 == 0 ? step : -step;
    if (!is_fraction(value)) value = std::round(value);
  }
}

}  // namespace

void rake(std::span<double> weights, std::span<const Margin> margins) {
  check_sums(margins);
  for (int round = 0; round < max_rounds; ++round) {
    for (const Margin& margin : margins) scale_to(weights, margin);
    double largest = 0;
    for (const Margin& margin : margins) largest = std::max(largest, deviation(weights, margin));
    if (largest <= tolerance) return;
  }
  refuse("margins that no table meets", "margins of one table");
}

std::vector<std::vector<int>> round_table(Table table) {
  for (std::vector<Cell> cycle = fractional_cycle(table); !cycle.empty(); cycle = fractional_cycle(table)) {
    shift(table, cycle);
  }
  std::vector<std::vector<int>> whole;
  for (const auto& row : table) {
    std::vector<int>& cells = whole.emplace_back();
    for (const double value : row) cells.push_back(static_cast<int>(std::lround(value)));
  }
  return whole;
}

std::vector<int> ascending(std::span<const double> latents) {
  std::vector<int> order(latents.size());
  std::iota(order.begin(), order.end(), 0);
  std::ranges::stable_sort(order, {}, [&](int i) { return latents[static_cast<std::size_t>(i)]; });
  return order;
}

std::vector<int> apportion(int n, std::span<const double> shares) {
  const double sum = std::accumulate(shares.begin(), shares.end(), 0.0);
  std::vector<int> counts;
  std::vector<double> remainders;
  for (const double share : shares) {
    const double exact = n * share / sum;
    counts.push_back(static_cast<int>(std::floor(exact + 1e-9)));
    remainders.push_back(counts.back() - exact);  // ascending: the largest remainder first
  }
  const int left = n - std::accumulate(counts.begin(), counts.end(), 0);
  const std::vector<int> order = ascending(remainders);
  for (int k = 0; k < left; ++k) ++counts[static_cast<std::size_t>(order[static_cast<std::size_t>(k)])];
  return counts;
}

std::vector<int> assign_by_rank(std::span<const double> latents, std::span<const double> shares) {
  const std::vector<int> counts = apportion(static_cast<int>(latents.size()), shares);
  std::vector<int> classes(latents.size());
  std::size_t group = 0;
  int used = 0;
  for (const int item : ascending(latents)) {
    while (used == counts[group]) {
      ++group;
      used = 0;
    }
    classes[static_cast<std::size_t>(item)] = static_cast<int>(group);
    ++used;
  }
  return classes;
}

std::vector<std::vector<double>> cholesky(const std::vector<std::vector<double>>& matrix) {
  const std::size_t n = matrix.size();
  std::vector<std::vector<double>> factor(n, std::vector<double>(n, 0.0));
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j <= i; ++j) {
      double rest = matrix[i][j];
      for (std::size_t k = 0; k < j; ++k) rest -= factor[i][k] * factor[j][k];
      if (i != j) {
        factor[i][j] = rest / factor[j][j];
      } else if (rest > 1e-12) {
        factor[i][i] = std::sqrt(rest);
      } else {
        return {};
      }
    }
  }
  return factor;
}

}  // namespace tremplin
