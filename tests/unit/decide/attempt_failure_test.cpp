#include <limits>

#include <gtest/gtest.h>

#include "core/error.hpp"
#include "core/record/trial_notes.hpp"
#include "tests/unit/decide/attempts.hpp"

namespace assay::decide {
namespace attempt_failure_tests {

/// Blocks in which treatment takes half the time, except that it fails where `fails(number)`.
template <class Fails>
AttemptResult fast_but_failing(const Plan& plan, Fails fails, Outcome outcome = TimedOut{std::chrono::seconds(10)}) {
  return result_of(plan, [&](int number) {
    const auto [control, treatment] = drawn_pair({.log_ratio = -0.69}, 0, number);
    return block_of(plan, number, {measured(control), fails(number) ? failed(outcome) : measured(treatment)});
  });
}

TEST(AttemptWithFailures, TreatmentThatHangsInAFifthOfItsTrialsIsNeverImproved) {
  for (int phase = 1; phase <= 5; ++phase) {
    const AttemptResult result =
        fast_but_failing(simple_plan(), [phase](int number) { return (number + phase) % 5 == 0; });
    EXPECT_EQ(result.verdict, Verdict::invalid) << phase;
    EXPECT_EQ(result.reason, VerdictReason::broken);
    EXPECT_EQ(result.decision, Decision::discard);
    EXPECT_EQ(result.failed_treatment, 5);
  }
}

TEST(AttemptWithFailures, ThreeFailuresRunningEndItAtOnce) {
  const AttemptResult result = fast_but_failing(simple_plan(), [](int) { return true; });
  EXPECT_EQ(result.verdict, Verdict::invalid);
  EXPECT_EQ(result.stop, Stop::failed);
  EXPECT_EQ(result.blocks, 3);
}

TEST(AttemptWithFailures, OneFailureOfTreatmentForbidsKeepHoweverFastItIs) {
  const AttemptResult result = fast_but_failing(simple_plan(), [](int number) { return number == 5; });
  EXPECT_EQ(result.verdict, Verdict::improved);
  EXPECT_EQ(result.decision, Decision::discard);
  EXPECT_EQ(result.decision_reason, DecisionReason::broken);
  EXPECT_EQ(result.comparisons[0].failed_treatment, 1);
  // One discordant block: McNemar's p is 1.
  EXPECT_DOUBLE_EQ(result.comparisons[0].failure_p.value(), 1);
}

TEST(AttemptWithFailures, AFailedBlockStaysAndCostsBlocks) {
  const AttemptResult clean = fast_but_failing(simple_plan(), [](int) { return false; });
  const AttemptResult once = fast_but_failing(simple_plan(), [](int number) { return number == 5; });
  EXPECT_LE(clean.blocks, 9);
  // The failure has the highest rank: at 12 blocks 78 - 12 = 66 is short of the boundary, 72 or so.
  EXPECT_GE(once.blocks, 15);
}

TEST(AttemptWithFailures, ProcessesThatOutlivedTrialsAreCountedForEachArm) {
  const auto result_with = [](const std::string& note) {
    return result_of(simple_plan(), [&note](int number) {
      const auto [control, treatment] = drawn_pair({.log_ratio = -0.69}, 0, number);
      Trial outlived = measured(treatment);
      if (number <= 3) read_notes({note, note, "left in TMPDIR: x"}, outlived);
      return block_of(simple_plan(), number, {measured(control), std::move(outlived)});
    });
  };
  const auto outlived_note = [](const AttemptResult& result) {
    for (const Diagnostic& diagnostic : result.comparisons[0].diagnostics) {
      if (diagnostic.kind == DiagnosticKind::left_running) return diagnostic.note;
    }
    return std::string();
  };
  EXPECT_EQ(outlived_note(result_with("still running at its end: pid 7 sleep 9")),
            "processes were left running after 0 trials of control and 3 of treatment: what they still did was not "
            "measured");
  // The words of records from before these were counted: their results must stay what they are.
  EXPECT_EQ(outlived_note(result_with("left running: pid 7 sleep 9")), "");
}

TEST(AttemptWithFailures, AFailedCheckVetoesSpeed) {
  const CheckFailed differs{"same page", "index.html differs"};
  const AttemptResult once = fast_but_failing(
      simple_plan(), [](int number) { return number == 5; }, differs);
  EXPECT_EQ(once.decision_reason, DecisionReason::broken);
  ASSERT_EQ(once.comparisons[0].checks.size(), 1U);
  EXPECT_EQ(once.comparisons[0].checks[0], (CheckResult{"same page", false, 0, 1, "index.html differs"}));
  const AttemptResult always = fast_but_failing(
      simple_plan(), [](int) { return true; }, differs);
  EXPECT_EQ(always.verdict, Verdict::invalid);
  EXPECT_EQ(always.reason, VerdictReason::checks);
}

/// Attempts of a fast treatment whose reports name these flaky tests in every block.
AttemptResult with_flaky_tests(const std::vector<std::string>& control, const std::vector<std::string>& treatment) {
  Plan plan = simple_plan();
  plan.checks = {{"no test lost", TestInventoryCheck{ReportFormat::junit, "junit.xml"}, {}}};
  return result_of(plan, [&](int number) {
    Block block = drawn_block(plan, number, {.log_ratio = -0.69});
    for (Trial& trial : block.trials) trial.flaky_tests = trial.arm == kControl ? control : treatment;
    return block;
  });
}

TEST(AttemptWithFlakyTests, MoreOfThemInTreatmentForbidKeep) {
  const AttemptResult result = with_flaky_tests({"a"}, {"a", "b"});
  EXPECT_EQ(result.verdict, Verdict::improved);
  EXPECT_EQ(result.decision_reason, DecisionReason::broken);
  EXPECT_EQ(result.comparisons[0].checks[0],
            (CheckResult{"no test lost", false, 0, 0, "2 flaky tests in treatment (a, b), 1 in control"}));
}

TEST(AttemptWithFailedTests, NamesThemWithHowOftenTheyFailedInEitherArm) {
  Plan plan = simple_plan();
  plan.checks = {{"no test lost", TestInventoryCheck{ReportFormat::junit, "junit.xml"}, {}}};
  const AttemptResult result = result_of(plan, [&](int number) {
    Block block = drawn_block(plan, number, {.log_ratio = -0.69});
    for (Trial& trial : block.trials) {
      const bool fails = number == 1 || (number == 3 && trial.arm != kControl);
      if (!fails) continue;
      trial.failed_tests = number == 1 ? std::vector<std::string>{"b"} : std::vector<std::string>{"a", "b"};
      trial.outcome = CheckFailed{"no test lost", "test b failed"};
      drop_values(trial, plan.metrics.size());
    }
    return block;
  });
  const CheckResult& check = result.comparisons[0].checks[0];
  EXPECT_EQ(check.tests, (std::vector<FailedTest>{{"a", 0, 1}, {"b", 1, 2}}));
  EXPECT_EQ(check.reported_control, result.blocks);
  EXPECT_EQ(check.reported_treatment, result.blocks);
}

TEST(AttemptWithFlakyTests, AsManyAsInControlAreForgiven) {
  EXPECT_EQ(with_flaky_tests({"a"}, {"b"}).decision, Decision::keep);
  EXPECT_EQ(with_flaky_tests({"a"}, {}).decision, Decision::keep);
}

/// A clear improvement whose isolation was challenged with these results.
AttemptResult challenged(const std::vector<IsolationChallenge>& challenges) {
  Plan plan = simple_plan();
  plan.variable.shares = true;
  AttemptAnalysis analysis(plan);
  feed(
      analysis,
      [&](int number) {
        const auto [control, treatment] = drawn_pair({.log_ratio = -0.69}, 0, number);
        return block_of(plan, number, {measured(control), measured(treatment)});
      },
      1000);
  AuditResult audit;
  audit.challenges = challenges;
  analysis.set_audit(audit);
  return analysis.result();
}

TEST(AttemptOfASharingVariable, IsKeptWhereItStoodAChallengeThatCanFail) {
  const AttemptResult result = challenged({{{.index = 0}, 1, "no cross-talk", "", ""}});
  EXPECT_EQ(result.decision, Decision::keep);
  EXPECT_EQ(result.comparisons[0].decision, Decision::keep);
}

TEST(AttemptOfASharingVariable, AwaitsAChallengeOfItsOwnThatCanFail) {
  const IsolationChallenge of_control{{.index = 0}, 0, "no cross-talk", "", ""};
  const IsolationChallenge elsewhere{{.index = 1}, 1, "no cross-talk", "", ""};
  const IsolationChallenge lost{{.index = 0}, 1, "no cross-talk", "differs", ""};
  const IsolationChallenge vacuous{{.index = 0}, 1, "no cross-talk", "", "prints nothing"};
  for (const IsolationChallenge& challenge : {of_control, elsewhere, lost, vacuous}) {
    EXPECT_EQ(challenged({challenge}).decision_reason, DecisionReason::isolation);
  }
}

TEST(AttemptOfASharingVariable, AwaitsTheChallengeOfItsIsolationAlsoAtTheLastAttempt) {
  Plan plan = simple_plan();
  plan.variable.shares = true;
  plan.attempt = plan.protocol.attempts;
  const AttemptResult result = fast_but_failing(plan, [](int) { return false; });
  EXPECT_EQ(result.verdict, Verdict::improved);
  EXPECT_EQ(result.decision, Decision::undecided);
  EXPECT_EQ(result.decision_reason, DecisionReason::isolation);
  EXPECT_EQ(result.comparisons[0].decision_reason, DecisionReason::isolation);
}

TEST(AttemptWithFailures, AFailedCheckInControlForbidsKeepToo) {
  Plan plan = simple_plan();
  plan.protocol.attempts = 3;
  const AttemptResult result = result_of(plan, [&](int number) {
    return block_of(plan, number, {failed(CheckFailed{"same page", "differs"}), measured(1.0)});
  });
  EXPECT_EQ(result.verdict, Verdict::improved);
  EXPECT_EQ(result.decision, Decision::undecided);
  EXPECT_EQ(result.decision_reason, DecisionReason::invalid);
}

TEST(AttemptWithFailures, ListsDeclaredChecksThatPassed) {
  Plan plan = simple_plan();
  plan.checks = {{"same page", SameOutputCheck{}, {}}, {"elsewhere", SameOutputCheck{}, {"other"}}};
  const AttemptResult result = fast_but_failing(plan, [](int) { return false; });
  ASSERT_EQ(result.comparisons[0].checks.size(), 1U);
  EXPECT_EQ(result.comparisons[0].checks[0], (CheckResult{"same page", true, 0, 0, ""}));
}

TEST(AttemptWithFailures, ControlThatAlwaysFailsMakesTreatmentBetterWithoutBound) {
  const Plan plan = simple_plan();
  const AttemptResult result = result_of(plan, [&](int number) {
    return block_of(plan, number, {failed(), measured(1.0)});
  });
  EXPECT_EQ(result.verdict, Verdict::improved);
  EXPECT_EQ(result.decision, Decision::keep);
  EXPECT_EQ(result.comparisons[0].metrics[0].effect->estimate, -std::numeric_limits<double>::infinity());
  EXPECT_EQ(result.comparisons[0].metrics[0].control.count, 0);
  EXPECT_EQ(result.comparisons[0].metrics[0].control.failed, result.blocks);
}

TEST(AttemptWithFailures, BothArmsFailingIsNoEquivalence) {
  const Plan plan = simple_plan();
  const AttemptResult result = result_of(plan, [&](int number) {
    return block_of(plan, number, {failed(), failed()});
  });
  EXPECT_EQ(result.verdict, Verdict::invalid);
  EXPECT_EQ(result.reason, VerdictReason::unmeasured);
  EXPECT_EQ(result.blocks, 3);
}

TEST(AttemptWithFailures, VoidBlocksAreCountedAndNotAnalysed) {
  const Plan plan = simple_plan();
  AttemptAnalysis analysis(plan);
  const Block lost = block_of(plan, 1, {measured(1.0), failed(HookFailed{"prepare", "exited 1"})});
  analysis.add(lost);
  feed(analysis, [&](int number) { return drawn_block(plan, number, {.log_ratio = -0.5, .noise = 1e-5}); });
  const AttemptResult result = analysis.result();
  EXPECT_EQ(result.verdict, Verdict::improved);
  EXPECT_EQ(result.decision, Decision::keep);
  EXPECT_EQ(result.void_blocks, 1);
  EXPECT_EQ(result.comparisons[0].blocks, result.blocks);
  EXPECT_EQ(result.trials, 2 * result.blocks + 2);
  EXPECT_EQ(result.failed_treatment, 0);
}

TEST(AttemptWithFailures, ShowsBothArmsSharesOfVoidBlocks) {
  const Plan plan = simple_plan();
  AttemptAnalysis analysis(plan);
  analysis.add(block_of(plan, 1, {measured(1.0), failed(StateUnproven{"half resident"})}));
  const AttemptResult result = analysis.result();
  EXPECT_EQ(result.comparisons[0].diagnostics.back().note,
            "1 block was run again, since a hook or the proof of the state failed: in 0 trials of control and 1 of "
            "treatment");
}

TEST(AttemptWithFailures, SurroundingsThatFailForOneBlockTenTimesEndIt) {
  const Plan plan = simple_plan();
  const AttemptResult result = result_of(plan, [&](int) {
    return block_of(plan, 1, {failed(HookFailed{"prepare", "exited 1"}), measured(1.0)});
  });
  EXPECT_EQ(result.verdict, Verdict::invalid);
  EXPECT_EQ(result.reason, VerdictReason::surroundings);
  EXPECT_EQ(result.void_blocks, 10);
}

/// An attempt in which the trials of one arm void so many blocks, each once.
AttemptResult result_with_voids(const Plan& plan, int of_control, int of_treatment) {
  AttemptAnalysis analysis(plan);
  for (int number = 1; number <= plan.protocol.max_blocks && !analysis.finished(); ++number) {
    const bool control = number <= of_control;
    const bool treatment = number <= of_treatment;
    if (control) analysis.add(block_of(plan, number, {failed(HookFailed{}), measured(1.0)}));
    if (treatment) analysis.add(block_of(plan, number, {measured(1.0), failed(HookFailed{})}));
    if (!analysis.finished()) analysis.add(drawn_block(plan, number, {.noise = 0.5}));
  }
  return analysis.result();
}

TEST(AttemptWithFailures, AnArmThatVoidsItsOwnBlocksIsNotJudgedByTheRest) {
  const Plan plan = simple_plan();
  EXPECT_EQ(result_with_voids(plan, 0, 10).reason, VerdictReason::surroundings);
  EXPECT_EQ(result_with_voids(plan, 10, 0).reason, VerdictReason::surroundings);
  EXPECT_NE(result_with_voids(plan, 0, 9).reason, VerdictReason::surroundings);
  EXPECT_NE(result_with_voids(plan, 9, 10).reason, VerdictReason::surroundings);
}

TEST(AttemptWithFailures, BlocksThatAreBrokenOffTooOftenEndIt) {
  Plan plan = simple_plan();
  plan.rules = kNewestRules;  // older ones forget what was lost
  plan.protocol.max_blocks = 8;
  Block broken = block_of(plan, 1, {measured(1.0), measured(1.0)});
  broken.broken_off = BrokenOff{.running = {broken.trials.back().arm}};
  broken.trials.pop_back();
  AttemptAnalysis analysis(plan);
  // 2.5 x 8 blocks x 2 arms are 40 trials: 20 times two that started.
  for (int time = 1; time < 20; ++time) analysis.add(broken);
  EXPECT_FALSE(analysis.finished());
  analysis.add(broken);
  EXPECT_EQ(analysis.result().verdict, Verdict::invalid);
  EXPECT_EQ(analysis.result().reason, VerdictReason::broken_off);
}

TEST(AttemptWithFailures, StartedTrialsAreCappedAtTwoAndAHalfTimesThePlan) {
  Plan plan = simple_plan();
  plan.protocol.max_blocks = 8;
  plan.protocol.attempts = 2;
  AttemptAnalysis analysis(plan);
  // Each block is run four times in vain: 10 trials a block, and 2.5 x 8 blocks x 2 arms = 40 in all.
  for (int number = 1; number <= 8 && !analysis.finished(); ++number) {
    for (int rerun = 0; rerun < 4 && !analysis.finished(); ++rerun) {
      analysis.add(block_of(plan, number, {failed(HookFailed{}), failed(HookFailed{})}));
    }
    if (!analysis.finished()) analysis.add(drawn_block(plan, number, {.noise = 0.5}));
  }
  const AttemptResult result = analysis.result();
  EXPECT_EQ(result.reason, VerdictReason::surroundings);
  EXPECT_EQ(result.decision, Decision::undecided);
  EXPECT_EQ(result.trials, 40);
}

TEST(AttemptWithFailures, RefusesABlockOfAnUnknownCell) {
  const Plan plan = simple_plan();
  AttemptAnalysis analysis(plan);
  Block block = drawn_block(plan, 1, {});
  block.cell = 9;
  EXPECT_THROW(analysis.add(block), Error);
}

}  // namespace attempt_failure_tests
}  // namespace assay::decide
