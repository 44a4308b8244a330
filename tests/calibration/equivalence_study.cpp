#include <array>
#include <cstdio>
#include <cstdlib>

#include <fmt/format.h>

#include "core/seed.hpp"
#include "stats/sequential/looks.hpp"
#include "stats/sequential/sequential_test.hpp"

// Plays the equivalence test on normal noise with several ways to spend its level, and prints the table of
// docs/methods/calibration.md: mean blocks without an effect, and how often an effect of exactly the margin is called
// equivalent.

namespace assay::stats {
namespace {

struct Way {
  const char* name;
  EquivalenceBoundary boundary;
  Spending spending;
};
constexpr std::array<Way, 4> kWays = {
    {{"tabulated, log (rules 1)", EquivalenceBoundary::tabulated, Spending::logarithmic},
     {"log", EquivalenceBoundary::conditional, Spending::logarithmic},
     {"mixed", EquivalenceBoundary::conditional, Spending::mixed},
     {"Pocock", EquivalenceBoundary::conditional, Spending::pocock}}};
constexpr double kMargin = 1;

struct Cell {
  int cap = 0;
  double tau = 0;  ///< noise of a block in margins
};

/// Blocks at which it is called equivalent; the cap if it never is.
struct Played {
  int blocks = 0;
  bool equivalent = false;
};

Played play(const Way& way, const Cell& cell, double effect, int number) {
  const Seed seed =
      Seed(static_cast<std::uint64_t>(cell.cap)).derive(Stream::trials, static_cast<std::uint64_t>(number));
  Generator generator = seed.stream(Stream::simulation);
  std::vector<double> effects;
  for (int block = 0; block < cell.cap; ++block) effects.push_back(effect + cell.tau * generator.normal());
  SequentialTest test({.looks = look_schedule({.cap = cell.cap}),
                       .alpha = {},
                       .margin = kMargin,
                       .seed = seed,
                       .sign_vectors = 3999,
                       .intervals = IntervalScope::all_looks,
                       .equivalence_boundary = way.boundary,
                       .equivalence_spending = way.spending});
  while (test.next_look()) {
    const Look look = test.look(effects);
    if (look.equivalent) return {look.blocks, true};
  }
  return {cell.cap, false};
}

std::string figures(const Way& way, const Cell& cell, int attempts) {
  double blocks = 0;
  int shown = 0;
  int wrong = 0;
  for (int number = 0; number < attempts; ++number) {
    const Played without = play(way, cell, 0, number);
    blocks += without.blocks;
    shown += without.equivalent ? 1 : 0;
    wrong += play(way, cell, kMargin, number).equivalent ? 1 : 0;
  }
  return fmt::format("{:.1f}, {:.1f} %, {:.2f} %", blocks / attempts, 100.0 * shown / attempts,
                     100.0 * wrong / attempts);
}

void print_table(int attempts) {
  fmt::print("| cap | tau / delta |");
  for (const Way& way : kWays) fmt::print(" {}: blocks, shown, false at the margin |", way.name);
  fmt::print("\n|---|---|---|---|---|---|\n");
  for (const int cap : {30, 60, 200}) {
    for (const double tau : {0.3, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0, 4.0}) {
      fmt::print("| {} | {} |", cap, tau);
      for (const Way& way : kWays) fmt::print(" {} |", figures(way, {cap, tau}, attempts));
      fmt::print("\n");
      std::fflush(stdout);
    }
  }
  fmt::print("\n{} attempts a cell; nominal 5 % at the margin.\n", attempts);
}

}  // namespace
}  // namespace assay::stats

int main(int count, char** words) {
  const int attempts = count > 1 ? std::atoi(words[1]) : 1000;
  if (attempts < 1) {
    fmt::print(stderr, "equivalence_study [ATTEMPTS]: expected a number of 1 or more, got '{}'\n", words[1]);
    return 1;
  }
  assay::stats::print_table(attempts);
  return 0;
}
