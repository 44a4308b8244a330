#include "experiments/decide/blocks/diagnosis.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "tests/unit/decide/attempts.hpp"

namespace assay::decide {
namespace diagnosis_tests {

constexpr MetricVerdict kEquivalent{Verdict::equivalent, VerdictReason::none};
constexpr double kMargin = 0.03;

TEST(Diagnosis, OfAChangingEffectMakesEquivalentInconclusive) {
  stats::Diagnosis diagnosis;
  diagnosis.unstable = true;
  EXPECT_EQ(after_diagnosis(kEquivalent, diagnosis, kMargin),
            (MetricVerdict{Verdict::inconclusive, VerdictReason::unstable}));
}

TEST(Diagnosis, OfCarryOverMakesEquivalentInconclusive) {
  stats::Diagnosis diagnosis;
  diagnosis.first_in_block_interval = Interval{-0.01, 0.05};
  EXPECT_EQ(after_diagnosis(kEquivalent, diagnosis, kMargin),
            (MetricVerdict{Verdict::inconclusive, VerdictReason::carry_over}));
}

TEST(Diagnosis, OfAnOrderEffectInsideTheMarginChangesNothing) {
  stats::Diagnosis diagnosis;
  diagnosis.first_in_block_interval = Interval{-0.01, 0.02};
  EXPECT_EQ(after_diagnosis(kEquivalent, diagnosis, kMargin), kEquivalent);
}

TEST(Diagnosis, NeverTouchesImprovedOrRegressed) {
  stats::Diagnosis diagnosis;
  diagnosis.unstable = true;
  diagnosis.first_in_block_interval = Interval{-1, 1};
  for (const Verdict verdict : {Verdict::improved, Verdict::regressed, Verdict::invalid}) {
    EXPECT_EQ(after_diagnosis({verdict, VerdictReason::none}, diagnosis, kMargin).verdict, verdict);
  }
}

TEST(Diagnosis, ReachesTheVerdictOfTheAttempt) {
  // The effect rises from -2 % to +2 %: nothing on the average, and not the same from block to block.
  Plan plan = simple_plan();
  plan.protocol.min_blocks = 40;
  plan.protocol.max_blocks = 40;
  const AttemptResult result = result_of(plan, [&](int number) {
    return drawn_block(plan, number, {.log_ratio = 0.001 * (number - 20.5), .noise = 0.002});
  });
  EXPECT_EQ(result.verdict, Verdict::inconclusive);
  EXPECT_EQ(result.reason, VerdictReason::unstable);
  EXPECT_EQ(result.stop, Stop::equivalence);
}

// Both arms are in a mode a fifth slower in every third block: pairing takes it out.
TEST(Diagnosis, OfTwoModesIsANoteThatLeavesTheVerdict) {
  Plan plan = simple_plan();
  plan.protocol.min_blocks = 60;
  plan.protocol.max_blocks = 60;
  const AttemptResult result = result_of(plan, [&](int number) {
    const double mode = number % 3 == 0 ? 1.2 : 1;
    const auto [control, treatment] = drawn_pair({}, 0, number);
    return block_of(plan, number, {measured(mode * control), measured(mode * treatment)});
  });
  EXPECT_EQ(result.verdict, Verdict::equivalent);
  const std::vector<Diagnostic>& all = result.comparisons[0].diagnostics;
  const auto modes =
      std::find_if(all.begin(), all.end(), [](const Diagnostic& one) { return one.kind == DiagnosticKind::modes; });
  ASSERT_NE(modes, all.end());
  EXPECT_TRUE(modes->flag);
}

}  // namespace diagnosis_tests
}  // namespace assay::decide
