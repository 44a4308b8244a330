#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "experiments/planning/simulation/play.hpp"
#include "stats/sequential/looks.hpp"
#include "stats/sequential/sequential_test.hpp"
#include "tests/unit/planning/simulation/plays.hpp"

// What the tables of docs/methods/calibration.md do not show: attempts that end before their cap for a reason that has
// nothing to do with the arms, and the sequential verdict beside that of one look at all blocks.

namespace assay::planning {
namespace protocol_calibration_tests {

std::vector<double> effects_of(const planning::DrawnBlocks& drawn, int blocks) {
  std::vector<double> effects;
  for (int block = 0; block < blocks; ++block) {
    const design::ValuePair& pair = drawn.pairs[static_cast<std::size_t>(block)];
    effects.push_back(std::log(pair.treatment / pair.control));
  }
  return effects;
}

/// Whether an attempt without effect that is cut at a random number of blocks claims a difference, at a look before the
/// cut or at the last one with all of alpha.
bool claims_a_difference(const planning::Play& play, int number) {
  const planning::DrawnBlocks drawn = planning::draw_blocks(play, number);
  const int cap = play.plan.protocol.max_blocks;
  Generator clock = play.plan.seed.stream(Stream::trials, static_cast<std::uint64_t>(number), 1);
  const int cut = 1 + static_cast<int>(clock.below(static_cast<std::uint64_t>(cap)));
  const std::vector<double> effects = effects_of(drawn, cut);
  stats::SequentialTest test({.looks = stats::look_schedule({.cap = cap}),
                              .alpha = {},
                              .margin = std::log1p(0.03),
                              .seed = play.plan.seed.derive(Stream::signs, static_cast<std::uint64_t>(number)),
                              .sign_vectors = 1999});
  while (test.next_look() && *test.next_look() <= cut) test.look(effects);
  if (!test.next_look()) return false;  // cut at the cap itself: nothing special
  const stats::Look last = test.final_look(effects);
  return last.below_zero || last.above_zero;
}

// Nominal 5 %; 3,000 attempts have a standard error of 0.4 points, so that 7 % would not pass.
TEST(TimeLimit, CutsAttemptsWithoutRaisingTheErrorRate) {
  constexpr int kAttempts = 3000;
  int claims = 0;
  for (int number = 0; number < kAttempts; ++number) claims += claims_a_difference(test::small_play(), number) ? 1 : 0;
  RecordProperty("claims", claims);
  EXPECT_LE(claims, kAttempts * 0.05 + 3 * std::sqrt(kAttempts * 0.05 * 0.95));
}

struct Agreement {
  int both_decide = 0;
  int same = 0;
};

/// The very same blocks, looked at as they come and once at the end.
Agreement agreement_at(Percent shift) {
  Agreement agreement;
  const planning::Play sequential = test::small_play(shift);
  planning::Play fixed = sequential;
  fixed.plan.protocol.looks = LookMode::once;
  for (int number = 0; number < 300; ++number) {
    const Verdict early = planning::play_attempt(sequential, number).verdict;
    const Verdict late = planning::play_attempt(fixed, number).verdict;
    if (early == Verdict::inconclusive || late == Verdict::inconclusive) continue;
    ++agreement.both_decide;
    agreement.same += early == late ? 1 : 0;
  }
  return agreement;
}

// Half the margin is the hardest case of "equivalent", and one margin of "improved": there the two may differ.
TEST(SequentialVerdict, IsThatOfTheFixedTestInAtLeastNineteenOfTwentyWhereBothDecide) {
  int both_decide = 0;
  int same = 0;
  for (const double shift : {0.0, -1.5, -3.0, -6.0, 6.0}) {
    const Agreement agreement = agreement_at(Percent{shift});
    both_decide += agreement.both_decide;
    same += agreement.same;
    std::printf("shift %+.1f %%: both decide in %d of 300, the same way in %d\n", shift, agreement.both_decide,
                agreement.same);
  }
  EXPECT_GE(both_decide, 750);
  EXPECT_GE(same, 0.95 * both_decide);
}

}  // namespace protocol_calibration_tests
}  // namespace assay::planning
