#include <algorithm>
#include <chrono>

#include <gtest/gtest.h>

#include "tests/unit/decide/attempts.hpp"

namespace assay::decide {
namespace held_back_tests {

Plan judged_by(int rules) {
  Plan plan = simple_plan();
  plan.rules = rules;
  return plan;
}

AuditResult near_another() {
  AuditResult audit;
  audit.neighbours = {{"0001-poll", "sha", Nearness::same_levels}};
  return audit;
}

AttemptResult improved(const Plan& plan, const AuditResult& audit) {
  AttemptAnalysis analysis(plan);
  feed(analysis, [&](int number) { return drawn_block(plan, number, {.log_ratio = -0.3}); });
  analysis.set_audit(audit);
  return analysis.result();
}

TEST(HeldBack, IsAKeepNearAnotherQuestion) {
  const AttemptResult result = improved(judged_by(2), near_another());
  EXPECT_EQ(result.verdict, Verdict::improved);
  EXPECT_EQ(result.decision, Decision::undecided);
  EXPECT_EQ(result.decision_reason, DecisionReason::near);
  EXPECT_EQ(result.comparisons[0].decision_reason, DecisionReason::near);
  EXPECT_EQ(improved(judged_by(2), {}).decision, Decision::keep);
}

TEST(HeldBack, IsNothingByRulesOne) {
  EXPECT_EQ(improved(judged_by(1), near_another()).decision, Decision::keep);
}

TEST(HeldBack, IsNotCappedAtTheLastAttempt) {
  Plan plan = judged_by(2);
  plan.attempt = plan.protocol.attempts;
  EXPECT_EQ(improved(plan, near_another()).decision_reason, DecisionReason::near);
}

TEST(HeldBack, LeavesADiscardAsItIs) {
  const Plan plan = judged_by(2);
  AttemptAnalysis analysis(plan);
  feed(analysis, [&](int number) { return drawn_block(plan, number, {.log_ratio = 0.3}); });
  analysis.set_audit(near_another());
  EXPECT_EQ(analysis.result().decision_reason, DecisionReason::worse);
}

/// What three trials of each arm took that nothing announced. Measured, control takes 1 s and treatment 0.74 s.
AuditResult unannounced(double control, double treatment) {
  const Plan plan = simple_plan();
  AuditResult audit;
  audit.unannounced = {{named_cell(plan, 0), kControl, {control, control, control}, ""},
                       {named_cell(plan, 0), 1, {treatment, 1.01 * treatment, treatment}, ""}};
  return audit;
}

Plan vigilant_plan() {
  Plan plan = judged_by(2);
  plan.vigilant = true;
  return plan;
}

TEST(HeldBack, IsAnImprovementThatOnlyAnnouncedTrialsShow) {
  const AttemptResult result = improved(vigilant_plan(), unannounced(1.0, 1.0));
  EXPECT_EQ(result.verdict, Verdict::improved);
  EXPECT_EQ(result.decision_reason, DecisionReason::unannounced_trials);
  const std::vector<Diagnostic>& all = result.comparisons[0].diagnostics;
  EXPECT_TRUE(std::any_of(all.begin(), all.end(), [](const Diagnostic& one) {
    return one.kind == DiagnosticKind::unannounced &&
           one.note ==
               "in a place where nothing announces that it is measured, treatment was worse than in every one "
               "of its trials, by more than half of the effect";
  }));
}

TEST(HeldBack, IsAnImprovementAgainstAControlThatIsSlowerWhenItIsAnnounced) {
  EXPECT_EQ(improved(vigilant_plan(), unannounced(0.75, 0.74)).decision_reason, DecisionReason::unannounced_trials);
}

TEST(HeldBack, IsNothingIfUnannouncedTrialsAreLikeTheOthers) {
  EXPECT_EQ(improved(vigilant_plan(), unannounced(1.0, 0.74)).decision, Decision::keep);
  EXPECT_EQ(improved(vigilant_plan(), unannounced(1.0, 0.82)).decision, Decision::keep);  // less than half of it
}

TEST(HeldBack, IsNothingIfThePlaceIsSlowForBothArms) {
  EXPECT_EQ(improved(vigilant_plan(), unannounced(1.4, 1.04)).decision, Decision::keep);
}

TEST(HeldBack, IsNothingIfAnArmDoesNotRunUnannounced) {
  AuditResult audit = unannounced(1.0, 1.0);
  audit.unannounced[1].values.clear();
  audit.unannounced[1].not_tried = "exited 1";
  EXPECT_EQ(improved(vigilant_plan(), audit).decision, Decision::keep);
}

TEST(HeldBack, IsAnImprovementWhoseIsolationFailsAfterTheLastBlock) {
  Plan plan = vigilant_plan();
  plan.variable.shares = true;
  AuditResult audit = unannounced(1.0, 0.74);
  audit.challenges = {{named_cell(plan, 0), 1, "alone", "", ""}};
  EXPECT_EQ(improved(plan, audit).decision, Decision::keep);
  audit.challenges.push_back({named_cell(plan, 0), 1, "alone", "its output differs", ""});
  EXPECT_EQ(improved(plan, audit).decision_reason, DecisionReason::isolation);
}

TEST(HeldBack, IsAnImprovementThatLivesOnEarlierRuns) {
  const Plan plan = vigilant_plan();
  AuditResult audit = unannounced(1.0, 0.74);
  const auto runs = [&](int control_ms, int treatment_ms) {
    return std::vector<WarmUps>{{named_cell(plan, 0), kControl, {std::chrono::milliseconds(control_ms)}},
                                {named_cell(plan, 0), 1, {std::chrono::milliseconds(treatment_ms)}}};
  };
  audit.warm_ups = runs(1000, 2000);
  audit.fresh_starts = runs(1000, 800);
  EXPECT_EQ(improved(plan, audit).decision, Decision::keep);
  audit.fresh_starts = runs(1000, 2000);
  EXPECT_EQ(improved(plan, audit).decision_reason, DecisionReason::lives_on_earlier_runs);
}

TEST(HeldBack, IsTheWinnerOfARaceToo) {
  Plan plan = judged_by(2);
  plan.variable = {VariableKind::level, "workers", {}};
  for (const char* value : {"1", "2", "4"}) plan.variable.levels.push_back({value, ArgumentLevel{value}});
  AttemptAnalysis analysis(plan);
  while (!analysis.finished()) {
    const int number = analysis.complete_blocks(0) + 1;
    const BlockOrder order = design::block_order(plan, 0, number, 0, analysis.arms_of_next_blocks(0));
    Generator generator = Seed(5).stream(Stream::simulation, 0, static_cast<std::uint64_t>(number));
    Block block{.cell = 0, .number = number, .padding = order.padding, .trials = {}};
    for (const ArmIndex arm : order.arms) {
      block.trials.push_back(measured(std::exp(-0.4 * static_cast<double>(arm) + 0.01 * generator.normal())));
      block.trials.back().arm = arm;
    }
    analysis.add(block);
  }
  EXPECT_EQ(analysis.result().decision, Decision::keep);
  analysis.set_audit(near_another());
  EXPECT_EQ(analysis.result().decision_reason, DecisionReason::near);
  EXPECT_EQ(analysis.result().searches[0].decision_reason, DecisionReason::near);
}

}  // namespace held_back_tests
}  // namespace assay::decide
