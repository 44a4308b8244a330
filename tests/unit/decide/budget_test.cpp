#include <functional>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "experiments/decide/rules/budget_rule.hpp"
#include "experiments/decide/rules/memory_pressure.hpp"
#include "experiments/formats/plan/plan_json.hpp"
#include "experiments/formats/result/result_json.hpp"
#include "tests/unit/decide/attempts.hpp"

namespace assay::decide {
namespace budget_tests {

constexpr std::int64_t kMebibyte = std::int64_t{1} << 20;

Plan plan_within(const Budget& budget) {
  Plan plan = simple_plan();
  plan.rules = kNewestRules;
  plan.budget = budget;
  return plan;
}

using Change = std::function<void(Trial& treatment, int number)>;

/// Control takes 100 ms, treatment 60 ms, so that treatment is kept unless something objects.
std::vector<Block> blocks_with(int count, const Change& change) {
  std::vector<Block> blocks;
  for (int number = 1; number <= count; ++number) {
    Trial treatment = measured(0.06);
    change(treatment, number);
    blocks.push_back(block_of(simple_plan(), number, {measured(0.1), treatment}));
  }
  return blocks;
}

AttemptResult result_within(const Budget& budget, const Change& change) {
  return result_of(plan_within(budget), [&change](int number) {
    Trial treatment = measured(0.06);
    change(treatment, number);
    return block_of(simple_plan(), number, {measured(0.1), treatment});
  });
}

Change takes_memory(std::int64_t mebibytes) {
  return [mebibytes](Trial& treatment, int) { treatment.usage.memory_peak = Bytes{mebibytes * kMebibyte}; };
}

const Budget kMemory{.memory = Bytes{100 * kMebibyte}};

TEST(Budget, IsKeptByTrialsThatTakeLess) {
  const AttemptResult result = result_within(kMemory, takes_memory(100));
  EXPECT_EQ(result.decision, Decision::keep);
  ASSERT_EQ(result.comparisons[0].budget.size(), 1U);
  const BudgetUse use = result.comparisons[0].budget[0];
  EXPECT_EQ(use, (BudgetUse{.part = BudgetPart::memory,
                            .standing = BudgetStanding::within,
                            .limit = 100.0 * kMebibyte,
                            .used = 100.0 * kMebibyte}));
}

TEST(Budget, OfMemoryIsBreachedByOneTrial) {
  const AttemptResult result = result_within(kMemory, [](Trial& treatment, int number) {
    treatment.usage.memory_peak = Bytes{(number == 3 ? 101 : 10) * kMebibyte};
  });
  EXPECT_EQ(result.verdict, Verdict::improved);
  EXPECT_EQ(result.decision, Decision::discard);
  EXPECT_EQ(result.decision_reason, DecisionReason::budget);
  EXPECT_EQ(result.comparisons[0].budget[0].used, 101.0 * kMebibyte);
}

TEST(Budget, OfCpusIsBreachedByTheMedianTrial) {
  const auto busy_in = [](int trials) {
    return blocks_with(6, [trials](Trial& treatment, int number) {
      treatment.usage.user = number <= trials ? 3 * treatment.usage.wall : treatment.usage.wall;
    });
  };
  const Budget two{.cpus = 2};
  EXPECT_EQ(budget_uses(two, busy_in(2), 1)[0].standing, BudgetStanding::within);
  EXPECT_EQ(budget_uses(two, busy_in(2), 1)[0].used, 1.0);
  EXPECT_EQ(budget_uses(two, busy_in(4), 1)[0].standing, BudgetStanding::breached);
}

TEST(Budget, IsNotHeldAgainstControl) {
  const AttemptResult result = result_of(plan_within(kMemory), [](int number) {
    Trial control = measured(0.1);
    control.usage.memory_peak = Bytes{200 * kMebibyte};
    Trial treatment = measured(0.06);
    treatment.usage.memory_peak = Bytes{50 * kMebibyte};
    return block_of(simple_plan(), number, {control, treatment});
  });
  EXPECT_EQ(result.decision, Decision::keep);
}

TEST(Budget, ThatNothingMeasuresHoldsBackAndMayBeAccepted) {
  const AttemptResult result = result_within(kMemory, [](Trial&, int) {});
  EXPECT_EQ(result.decision, Decision::undecided);
  EXPECT_EQ(result.decision_reason, DecisionReason::budget_untold);
  EXPECT_TRUE(may_be_accepted(result.decision_reason));
  EXPECT_EQ(result.comparisons[0].budget[0].used, std::nullopt);
  EXPECT_EQ(result.comparisons[0].budget[0].untold_trials, result.comparisons[0].blocks);
}

TEST(Budget, IsToldByMoreThanHalfOfTheTrials) {
  const auto told_in = [](int trials) {
    return budget_uses(kMemory,
                       blocks_with(6,
                                   [trials](Trial& treatment, int number) {
                                     if (number <= trials) takes_memory(1)(treatment, number);
                                   }),
                       1)[0]
        .standing;
  };
  EXPECT_EQ(told_in(4), BudgetStanding::within);
  EXPECT_EQ(told_in(3), BudgetStanding::untold);
}

TEST(Budget, IsBreachedWhateverElseIsNotTold) {
  const std::vector<Block> blocks = blocks_with(6, [](Trial& treatment, int number) {
    if (number == 1) takes_memory(500)(treatment, number);
  });
  EXPECT_EQ(budget_uses(kMemory, blocks, 1)[0].standing, BudgetStanding::breached);
}

TEST(Budget, PassesOverTrialsThatWereNotStarted) {
  Trial void_trial = failed(HookFailed{"prepare", "exited 1"});
  const std::vector<Block> blocks = {block_of(simple_plan(), 1, {measured(0.1), void_trial})};
  EXPECT_EQ(budget_uses(kMemory, blocks, 1)[0].untold_trials, 0);
}

TEST(Budget, CountsTheGrowthOfDisks) {
  const AttemptResult result = result_within(
      {.disk = Bytes{kMebibyte}}, [](Trial& treatment, int) { treatment.usage.disk_growth = Bytes{2 * kMebibyte}; });
  EXPECT_EQ(result.decision_reason, DecisionReason::budget);
  EXPECT_EQ(result.comparisons[0].budget[0].part, BudgetPart::disk);
}

TEST(Budget, OfTwoIsTheTighterInEachPart) {
  const Budget one{.memory = Bytes{2}, .cpus = 4};
  const Budget other{.memory = Bytes{3}, .disk = Bytes{5}, .cpus = 2};
  EXPECT_EQ(tightest(one, other), (Budget{.memory = Bytes{2}, .disk = Bytes{5}, .cpus = 2}));
}

TEST(Budget, SurvivesThePlansAndTheResultsJson) {
  const Plan plan = plan_within({.memory = Bytes{5}, .disk = Bytes{6}, .cpus = 1.5});
  EXPECT_EQ(formats::parse_plan(formats::plan_json(plan)).budget, plan.budget);
  const AttemptResult result = result_within(kMemory, takes_memory(200));
  EXPECT_EQ(formats::parse_result(plan_within(kMemory), formats::result_json(result)), result);
}

TEST(Budget, IsInNoPlanThatHasNone) {
  EXPECT_EQ(formats::plan_json(plan_within({})).find("budget"), std::string::npos);
}

TEST(MemoryPressure, OfTreatmentsOwnIsVetoedByOneKill) {
  const AttemptResult result =
      result_within({}, [](Trial& treatment, int number) { treatment.usage.oom_kills = number == 2 ? 1 : 0; });
  EXPECT_EQ(result.decision, Decision::discard);
  EXPECT_EQ(result.decision_reason, DecisionReason::memory_pressure);
}

TEST(MemoryPressure, OfBothArmsVetoesNothing) {
  const AttemptResult result = result_of(plan_within({}), [](int number) {
    Trial control = measured(0.1);
    Trial treatment = measured(0.06);
    control.usage.oom_kills = treatment.usage.oom_kills = 1;
    return block_of(simple_plan(), number, {control, treatment});
  });
  EXPECT_EQ(result.decision, Decision::keep);
}

TEST(MemoryPressure, OfTheMachineNeedsMoreThanChance) {
  const Change swaps = [](Trial& treatment, int) { treatment.strain.swapped = Bytes{4096}; };
  EXPECT_TRUE(treatment_runs_out_of_memory(blocks_with(8, swaps), 1));
  EXPECT_FALSE(treatment_runs_out_of_memory(blocks_with(8,
                                                        [&swaps](Trial& treatment, int number) {
                                                          if (number < 4) swaps(treatment, number);
                                                        }),
                                            1));
}

TEST(MemoryPressure, CountsOnlyWaitsOfAHundredthOfTheTrial) {
  using std::chrono::microseconds;
  const auto waits = [](microseconds time) {
    return pressed_trials(
        blocks_with(1, [time](Trial& treatment, int) { treatment.strain.memory_full_stalled = time; }), 1);
  };
  EXPECT_EQ(waits(microseconds(599)), 0);
  EXPECT_EQ(waits(microseconds(600)), 1);
}

TEST(MemoryPressure, IsToldInWords) {
  const Diagnostic diagnostic = memory_pressure_diagnostic(
      blocks_with(8, [](Trial& treatment, int) { treatment.strain.swapped = Bytes{4096}; }), 1);
  EXPECT_EQ(diagnostic.note,
            "memory ran out, was swapped, or everything waited for it in 0 trials of control and 8 of treatment: not "
            "kept");
}

}  // namespace budget_tests
}  // namespace assay::decide
