#include <gtest/gtest.h>

#include "tests/unit/decide/attempts.hpp"

namespace assay::decide {
namespace attempt_metric_tests {

Plan plan_of_kind(MetricKind kind) {
  Plan plan = simple_plan();
  plan.metrics[0].kind = kind;
  plan.metrics[0].name = "latency";
  plan.protocol.max_blocks = 60;
  return plan;
}

const Diagnostic* flagged(const AttemptResult& result, DiagnosticKind kind) {
  for (const Diagnostic& diagnostic : result.comparisons[0].diagnostics) {
    if (diagnostic.kind == kind && diagnostic.flag) return &diagnostic;
  }
  return nullptr;
}

TEST(AttemptMetric, WithoutLogarithmMakesTheAttemptInvalidAndSaysWhatToDeclare) {
  const Plan plan = plan_of_kind(MetricKind::positive);
  const AttemptResult result = result_of(plan, [&](int number) {
    return block_of(plan, number, {measured(number == 4 ? 0.0 : 1.0), measured(1.0 + 0.001 * number)});
  });
  EXPECT_EQ(result.verdict, Verdict::invalid);
  EXPECT_EQ(result.reason, VerdictReason::unmeasured);
  ASSERT_NE(flagged(result, DiagnosticKind::unreadable), nullptr);
  EXPECT_NE(flagged(result, DiagnosticKind::unreadable)->note.find("latency is 0 in block 4 (control)"),
            std::string::npos);
}

TEST(AttemptMetric, OfDifferencesHasItsMarginInShareOfControlsMedian) {
  // Control is 200 throughout, so that 3 % is 6. A treatment that is 10 less improves, one that is 5 less does not.
  const auto result_at = [](double shift) {
    const Plan plan = plan_of_kind(MetricKind::difference);
    return result_of(plan, [&, shift](int number) {
      const auto [control, treatment] = drawn_pair({.noise = 0.001}, 0, number);
      return block_of(plan, number, {measured(200 * control), measured(200 * treatment + shift)});
    });
  };
  EXPECT_EQ(result_at(-10).verdict, Verdict::improved);
  EXPECT_EQ(result_at(-5).verdict, Verdict::equivalent);
  EXPECT_NEAR(result_at(-10).comparisons[0].metrics[0].effect->estimate, -10, 0.5);
}

TEST(AttemptMetric, OfDifferencesMayBeZeroOrNegative) {
  const Plan plan = plan_of_kind(MetricKind::difference);
  const AttemptResult result = result_of(plan, [&](int number) {
    const auto [control, treatment] = drawn_pair({.noise = 0.01}, 0, number);
    return block_of(plan, number, {measured(-100 * control), measured(-150 * treatment)});
  });
  EXPECT_EQ(result.verdict, Verdict::improved);
}

TEST(AttemptMetric, ThatIsZeroInBothArmsIsEquivalent) {
  const Plan plan = plan_of_kind(MetricKind::difference);
  const AttemptResult result = result_of(plan, [&](int number) {
    return block_of(plan, number, {measured(0.0), measured(0.0)});
  });
  EXPECT_EQ(result.verdict, Verdict::equivalent);
}

TEST(AttemptMetric, ThatIsZeroInControlHasNoMarginThatForgivesAnything) {
  const Plan plan = plan_of_kind(MetricKind::difference);
  const AttemptResult result = result_of(plan, [&](int number) {
    return block_of(plan, number, {measured(0.0), measured(number % 4 == 0 ? 2.0 : 1.0)});
  });
  EXPECT_EQ(result.verdict, Verdict::regressed);
  ASSERT_NE(flagged(result, DiagnosticKind::zero_baseline), nullptr);
  EXPECT_EQ(flagged(result, DiagnosticKind::zero_baseline)->note,
            "control's median of latency is 0, so that a margin in percent forgives nothing");
}

TEST(AttemptMetric, OfZeroesAndOnesIsTestedOnDiscordantBlocks) {
  Plan plan = plan_of_kind(MetricKind::proportion);
  plan.metrics[0].direction = Direction::higher;
  plan.metrics[0].margin = Percent{10};  // points, which 60 blocks can show
  const auto ok_share = [&](int failing_control) {
    return result_of(plan, [&](int number) {
      return block_of(plan, number, {measured(number % failing_control == 0 ? 0.0 : 1.0), measured(1.0)});
    });
  };
  EXPECT_EQ(ok_share(2).verdict, Verdict::improved);
  EXPECT_EQ(ok_share(1000).verdict, Verdict::equivalent);
}

TEST(AttemptMetric, ThatIsObservedHasAnIntervalAndNoVerdict) {
  Plan plan = simple_plan();
  plan.protocol.min_blocks = 15;
  plan.metrics.push_back(*find_built_in_metric("max_rss"));
  const AttemptResult result = result_of(plan, [&](int number) {
    const auto [control, treatment] = drawn_pair({.log_ratio = -0.1}, 0, number);
    const auto [small, large] = drawn_pair({.log_ratio = 0.5}, 1, number);
    return block_of(plan, number, {measured({control, 1e6 * small}), measured({treatment, 1e6 * large})});
  });
  const MetricResult& observed = result.comparisons[0].metrics[1];
  EXPECT_EQ(result.decision, Decision::keep);
  EXPECT_EQ(observed.verdict, Verdict::inconclusive);
  EXPECT_GT(observed.effect->interval.low, 0.4);
  EXPECT_EQ(observed.equivalence, std::nullopt);
  EXPECT_EQ(observed.guard, GuardStatus::not_a_guard);
}

TEST(AttemptMetric, ThatIsObservedMayBeMissing) {
  Plan plan = simple_plan();
  plan.metrics.push_back(*find_built_in_metric("memory_peak"));
  const AttemptResult result = result_of(plan, [&](int number) {
    const auto [control, treatment] = drawn_pair({.log_ratio = -0.1}, 0, number);
    return block_of(plan, number, {measured({control, std::nullopt}), measured({treatment, std::nullopt})});
  });
  EXPECT_EQ(result.decision, Decision::keep);
  EXPECT_EQ(result.comparisons[0].metrics[1].effect, std::nullopt);
}

TEST(AttemptMetric, OfACoarseClockWidensTheInterval) {
  // A clock of 20 ms on 1 s trials is 2 % a step, above a quarter of the margin.
  Plan plan = plan_of_kind(MetricKind::positive);
  plan.protocol.looks = LookMode::once;
  const auto width = [&](double step) {
    const AttemptResult result = result_of(plan, [&](int number) {
      const auto [control, treatment] = drawn_pair({.noise = 0.03}, 0, number);
      const auto read = [step](double value) { return step > 0 ? step * std::round(value / step) : value; };
      return block_of(plan, number, {measured(read(control)), measured(read(treatment))});
    });
    const Interval& interval = result.comparisons[0].metrics[0].effect->interval;
    return interval.high - interval.low;
  };
  EXPECT_GT(width(0.02), width(0) + 0.03);
}

TEST(AttemptMetric, MeasuredElsewhereSaysNothingOfTheOrder) {
  const Plan plan = simple_plan();
  const AttemptResult result = result_of(plan, [&](int number) {
    Block block = drawn_block(plan, number, {});
    if (block.trials[0].arm != kControl) std::swap(block.trials[0], block.trials[1]);
    return block;
  });
  for (const Diagnostic& diagnostic : result.comparisons[0].diagnostics)
    EXPECT_NE(diagnostic.kind, DiagnosticKind::order_effect);
}

}  // namespace attempt_metric_tests
}  // namespace assay::decide
