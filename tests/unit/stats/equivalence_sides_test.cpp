#include "stats/sequential/equivalence_sides.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "stats/sequential/looks.hpp"
#include "stats/sequential/sequential_test.hpp"

namespace assay::stats {
namespace equivalence_sides_tests {

SequentialDesign design_with(EquivalenceBoundary boundary, Seed seed) {
  return {.looks = look_schedule({.cap = 60}),
          .alpha = {},
          .margin = 1,
          .seed = seed,
          .sign_vectors = 1999,
          .intervals = IntervalScope::all_looks,
          .equivalence_boundary = boundary};
}

/// Effects of exactly the margin, whose noise grows thirtyfold over the attempt.
std::vector<double> growing_at_the_margin(Generator& generator) {
  std::vector<double> effects;
  for (int block = 0; block < 60; ++block) effects.push_back(1 + 0.1 * std::pow(30, block / 60.0) * generator.normal());
  return effects;
}

double share_called_equivalent(EquivalenceBoundary boundary, int attempts) {
  int equivalent = 0;
  for (int number = 0; number < attempts; ++number) {
    const Seed seed = Seed(17).derive(Stream::trials, static_cast<std::uint64_t>(number));
    Generator generator = seed.stream(Stream::simulation);
    const std::vector<double> effects = growing_at_the_margin(generator);
    SequentialTest test(design_with(boundary, seed));
    bool called = false;
    while (!called && test.next_look()) called = test.look(effects).equivalent;
    equivalent += called ? 1 : 0;
  }
  return static_cast<double>(equivalent) / attempts;
}

TEST(EquivalenceSides, HoldTheirLevelIfNoiseGrows) {
  constexpr int kAttempts = 1500;
  const double error = std::sqrt(0.05 * 0.95 / kAttempts);
  EXPECT_LE(share_called_equivalent(EquivalenceBoundary::conditional, kAttempts), 0.05 + 3 * error);
  // The tabulated boundary is made for noise of one size.
  EXPECT_GT(share_called_equivalent(EquivalenceBoundary::tabulated, kAttempts),
            share_called_equivalent(EquivalenceBoundary::conditional, kAttempts));
}

TEST(EquivalenceSides, AreTheIntervalThatIsPrinted) {
  Generator generator = Seed(3).stream(Stream::simulation);
  std::vector<double> effects;
  for (int block = 0; block < 60; ++block) effects.push_back(1.5 * generator.normal());
  SequentialTest test(design_with(EquivalenceBoundary::conditional, Seed(3)));
  while (test.next_look()) {
    const Look look = test.look(effects);
    EXPECT_EQ(look.equivalent, look.equivalence.low > -1 && look.equivalence.high < 1) << look.blocks;
  }
}

TEST(EquivalenceSides, TakeTheTabulatedValuesIfMagnitudesAreEqual) {
  const BoundaryDesign boundary{.looks = {12, 24}, .level = 0.05};
  SignVectors vectors({.seed = Seed(1), .drawn = 1999, .length = 24});
  EquivalenceSides sides({boundary, 1, EquivalenceBoundary::conditional}, {.vectors = vectors.count()});
  const std::vector<double> tied(12, 0.25);
  const Occasion occasion{.looks_before = 0, .blocks = 12, .spending_share = 0.5};
  const EquivalenceValues values = sides.look(tied, vectors, occasion);
  EXPECT_EQ(values.above_minus_margin, tabulated_point(boundary, occasion).critical_value);
  EXPECT_EQ(values.below_margin, values.above_minus_margin);
}

}  // namespace equivalence_sides_tests
}  // namespace assay::stats
