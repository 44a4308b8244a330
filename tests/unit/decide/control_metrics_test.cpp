#include <algorithm>

#include <gtest/gtest.h>

#include "experiments/decide/comparison/moved_controls.hpp"
#include "experiments/decide/levels/levels.hpp"
#include "tests/unit/decide/attempts.hpp"

namespace assay::decide {
namespace control_metrics_tests {

/// So many phases that the change cannot touch, with a margin of 3 %.
Plan controlled_plan(int phases = 1) {
  Plan plan = simple_plan();
  plan.rules = kNewestRules;
  for (int phase = 1; phase <= phases; ++phase) {
    Metric metric;
    metric.name = "phase connect" + std::to_string(phase);
    metric.unit = "s";
    metric.role = MetricRole::control;
    metric.margin = Percent{3};
    metric.source = SpanSource{SpanFigure::duration, "connect"};
    plan.metrics.push_back(metric);
  }
  return plan;
}

/// Treatment takes 10 % less time; each phase follows its truth.
AttemptResult result_with(const Plan& plan, const std::vector<Truth>& phases, double log_ratio_of_time = -0.1) {
  return result_of(plan, [&, log_ratio_of_time](int number) {
    const auto [control, treatment] = drawn_pair({.log_ratio = log_ratio_of_time}, 0, number);
    std::vector<std::optional<double>> of_control = {control};
    std::vector<std::optional<double>> of_treatment = {treatment};
    for (std::size_t phase = 0; phase < phases.size(); ++phase) {
      const auto [small, large] = drawn_pair(phases[phase], static_cast<int>(phase) + 1, number);
      of_control.emplace_back(small);
      of_treatment.emplace_back(large);
    }
    return block_of(plan, number, {measured(of_control), measured(of_treatment)});
  });
}

const Diagnostic* confounded_in(const AttemptResult& result) {
  const auto& all = result.comparisons.at(0).diagnostics;
  const auto found = std::find_if(all.begin(), all.end(), [](const Diagnostic& diagnostic) {
    return diagnostic.kind == DiagnosticKind::confounded;
  });
  return found == all.end() ? nullptr : &*found;
}

TEST(ControlMetric, ThatDoesNotMoveLetsTheChangeBeKept) {
  const AttemptResult result = result_with(controlled_plan(), {{.log_ratio = 0}});
  EXPECT_EQ(result.decision, Decision::keep);
  EXPECT_EQ(confounded_in(result), nullptr);
  ASSERT_EQ(result.comparisons[0].metrics.size(), 2U);
  EXPECT_EQ(result.comparisons[0].metrics[1].guard, GuardStatus::not_a_guard);
}

TEST(ControlMetric, ThatMovedForbidsAKeepAndIsNamedWithItsInterval) {
  const AttemptResult result = result_with(controlled_plan(), {{.log_ratio = -0.3}});
  EXPECT_EQ(result.verdict, Verdict::invalid);
  EXPECT_EQ(result.reason, VerdictReason::confounded);
  EXPECT_EQ(result.decision, Decision::discard);
  EXPECT_EQ(result.decision_reason, DecisionReason::confounded);
  const Diagnostic* const diagnostic = confounded_in(result);
  ASSERT_NE(diagnostic, nullptr);
  EXPECT_TRUE(diagnostic->flag);
  EXPECT_NEAR(diagnostic->statistic, -0.3, 0.02);
  EXPECT_NE(diagnostic->note.find("phase connect1, which the change cannot touch, moved by -2"), std::string::npos)
      << diagnostic->note;
  EXPECT_NE(diagnostic->note.find("% interval -"), std::string::npos) << diagnostic->note;
}

TEST(ControlMetric, ThatRoseMovesAsWell) {
  EXPECT_EQ(result_with(controlled_plan(), {{.log_ratio = 0.3}}).reason, VerdictReason::confounded);
}

TEST(ControlMetric, ThatMovedLeavesNoOtherVerdictEither) {
  EXPECT_EQ(result_with(controlled_plan(), {{.log_ratio = 0.3}}, 0.1).verdict, Verdict::invalid);
}

TEST(ControlMetric, ThatMovedWithinItsMarginIsNoSign) {
  EXPECT_EQ(result_with(controlled_plan(), {{.log_ratio = 0.01}}).decision, Decision::keep);
}

TEST(ControlMetric, OfSeveralSharesTheErrorRate) {
  const Plan plan = controlled_plan(4);
  EXPECT_DOUBLE_EQ(level_of(control_levels(plan, test_counts(plan)).sides), attempt_alpha(plan) / 4);
}

TEST(ControlMetric, NamesOnlyTheOnesThatMoved) {
  Plan plan = controlled_plan(2);
  plan.protocol.min_blocks = 16;  // six blocks show nothing at half of alpha
  const AttemptResult result = result_with(plan, {{.log_ratio = 0}, {.log_ratio = 0.3}});
  ASSERT_NE(confounded_in(result), nullptr);
  const auto& all = result.comparisons.at(0).diagnostics;
  EXPECT_EQ(std::count_if(all.begin(), all.end(),
                          [](const Diagnostic& one) { return one.kind == DiagnosticKind::confounded; }),
            1);
  EXPECT_NE(confounded_in(result)->note.find("connect2"), std::string::npos);
}

/// How many of so many honest experiments with three control phases are called confounded.
int flagged_of(int experiments, double log_ratio) {
  int flagged = 0;
  for (int experiment = 1; experiment <= experiments; ++experiment) {
    Plan plan = controlled_plan(3);
    plan.seed = Seed(static_cast<std::uint64_t>(experiment));
    plan.protocol.max_blocks = 30;
    Generator generator = plan.seed.stream(Stream::simulation, 0);
    const auto noisy = [&generator](double shift) { return std::exp(shift + 0.03 * generator.normal()); };
    const AttemptResult result = result_of(plan, [&](int number) {
      return block_of(plan, number,
                      {measured({noisy(0), noisy(0), noisy(0), noisy(0)}),
                       measured({noisy(-0.1), noisy(log_ratio), noisy(log_ratio), noisy(log_ratio)})});
    });
    flagged += confounded_in(result) != nullptr ? 1 : 0;
  }
  return flagged;
}

TEST(ControlMetric, IsFlaggedInNoMoreThanAlphaOfHonestExperiments) {
  constexpr int kExperiments = 300;
  EXPECT_EQ(flagged_of(kExperiments, 0), 0);
  // At the very margin: 5 % of 300 are 15, and 3 standard errors of that share are 11 more.
  EXPECT_LE(flagged_of(kExperiments, std::log(1.03)), 26);
}

}  // namespace control_metrics_tests
}  // namespace assay::decide
