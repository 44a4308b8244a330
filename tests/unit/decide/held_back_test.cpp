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
