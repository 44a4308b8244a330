#include "experiments/decide/rules/outside_clock.hpp"

#include <functional>

#include <gtest/gtest.h>

#include "experiments/decide/rules/self_reported.hpp"
#include "experiments/decide/rules/stopped_trials.hpp"
#include "tests/unit/decide/attempts.hpp"

namespace assay::decide {
namespace outside_clock_tests {

using std::chrono::milliseconds;

/// What control and treatment do around their trials in one block.
struct Around {
  OutsideClock control;
  OutsideClock treatment;
};

/// Control takes 100 ms, treatment 60 ms.
std::vector<Block> blocks_with(int count, const std::function<Around(int)>& around) {
  std::vector<Block> blocks;
  for (int number = 1; number <= count; ++number) {
    Trial control = measured(0.1);
    Trial treatment = measured(0.06);
    const Around now = around(number);
    control.outside = now.control;
    treatment.outside = now.treatment;
    blocks.push_back(block_of(simple_plan(), number, {control, treatment}));
  }
  return blocks;
}

OutsideClock prepared_in(milliseconds time) {
  OutsideClock outside;
  outside.prepare = time;
  return outside;
}
OutsideClock survived_for(milliseconds time) {
  OutsideClock outside;
  outside.survived = time;
  return outside;
}
OutsideClock stopped() {
  OutsideClock outside;
  outside.stops = 1;
  return outside;
}

std::optional<OutsideClockExcess> excess_in(const std::vector<Block>& blocks) {
  return outside_clock_excess(simple_plan(), {.metric = 0, .treatment = 1}, blocks);
}
bool holds_back(const std::vector<Block>& blocks) {
  const auto excess = excess_in(blocks);
  return excess && excess->holds_back;
}

/// Each trial computes for half of its time, and the machine besides.
std::vector<Block> blocks_beside(int count, const std::function<milliseconds(int, ArmIndex)>& beside) {
  std::vector<Block> blocks;
  for (int number = 1; number <= count; ++number) {
    std::vector<Trial> trials = {measured(0.1), measured(0.06)};
    for (ArmIndex arm = 0; arm < trials.size(); ++arm) {
      trials[arm].usage.user = trials[arm].usage.wall / 2;
      trials[arm].strain.machine_cpu = trials[arm].usage.user + beside(number, arm);
    }
    blocks.push_back(block_of(simple_plan(), number, trials));
  }
  return blocks;
}
std::optional<Diagnostic> elsewhere_in(const std::vector<Block>& blocks) {
  return work_elsewhere(simple_plan(), {.metric = 0, .treatment = 1}, blocks);
}
milliseconds in_treatment(ArmIndex arm, int more) {
  return milliseconds(arm == kControl ? 10 : 10 + more);
}

TEST(WorkElsewhere, IsNotedIfItIsHalfOfTheSaving) {
  const auto of = [](int more) {
    return elsewhere_in(blocks_beside(12, [more](int, ArmIndex arm) { return in_treatment(arm, more); }));
  };
  ASSERT_TRUE(of(30));
  EXPECT_EQ(of(30)->note,
            "beside its trials the machine spends 30.0 ms more CPU time than beside control's, and treatment saves "
            "40.0 ms: a daemon may do its work, which is in no metric");
  EXPECT_TRUE(of(21));
  EXPECT_FALSE(of(19));
}

TEST(WorkElsewhere, ForgivesWhatMayBeChance) {
  EXPECT_FALSE(elsewhere_in(blocks_beside(
      12, [](int number, ArmIndex arm) { return milliseconds((number % 4 == 0) == (arm == kControl) ? 40 : 0); })));
}

TEST(WorkElsewhere, NeedsTenBlocks) {
  const auto of = [](int count) {
    return elsewhere_in(blocks_beside(count, [](int, ArmIndex arm) { return in_treatment(arm, 40); }));
  };
  EXPECT_FALSE(of(9));
  EXPECT_TRUE(of(10));
}

TEST(WorkElsewhere, IsUnknownIfTheKernelDidNotCountItOrTrialsSharedTheMachine) {
  const std::vector<Block> known = blocks_beside(12, [](int, ArmIndex arm) { return in_treatment(arm, 40); });
  std::vector<Block> uncounted = known;
  std::vector<Block> of_a_duet = known;
  std::vector<Block> side_by_side = known;
  for (std::size_t index = 0; index < known.size(); ++index) {
    uncounted[index].trials[1].strain.machine_cpu.reset();
    of_a_duet[index].trials[0].cpu = 1;
    side_by_side[index].beside = {1};
  }
  EXPECT_TRUE(elsewhere_in(known));
  EXPECT_FALSE(elsewhere_in(uncounted));
  EXPECT_FALSE(elsewhere_in(of_a_duet));
  EXPECT_FALSE(elsewhere_in(side_by_side));
}

TEST(OutsideClock, IsNoConcernIfNothingWasRecorded) {
  EXPECT_FALSE(excess_in(blocks_with(12, [](int) { return Around{}; })));
}

TEST(OutsideClock, HoldsBackWhatMovedHalfOfItsSavingThere) {
  const auto moved = [](milliseconds more) {
    return blocks_with(12, [more](int) {
      return Around{prepared_in(milliseconds(5)), prepared_in(milliseconds(5) + more)};
    });
  };
  EXPECT_TRUE(holds_back(moved(milliseconds(21))));
  EXPECT_FALSE(holds_back(moved(milliseconds(19))));
}

TEST(OutsideClock, NamesTheParts) {
  const auto excess = excess_in(blocks_with(12, [](int) { return Around{{}, prepared_in(milliseconds(30))}; }));
  ASSERT_TRUE(excess);
  EXPECT_EQ(
      outside_clock_diagnostic(*excess).note,
      "around each trial, outside the clock, treatment takes 30.0 ms more than control (30.0 ms in prepare hooks); "
      "what it saves inside is 40.0 ms: not kept");
}

TEST(OutsideClock, NotesASmallerExcessWithoutHoldingBack) {
  const auto excess = excess_in(blocks_with(12, [](int) { return Around{{}, prepared_in(milliseconds(10))}; }));
  ASSERT_TRUE(excess);
  EXPECT_FALSE(excess->holds_back);
}

TEST(OutsideClock, ForgivesAnExcessThatMayBeChance) {
  // 9 of 12 blocks longer: the sign-flip test is far from 0.1 %.
  EXPECT_FALSE(holds_back(blocks_with(12, [](int number) {
    const OutsideClock longer = prepared_in(milliseconds(30));
    return number % 4 == 0 ? Around{longer, {}} : Around{{}, longer};
  })));
}

TEST(OutsideClock, WithFewBlocksAsksThatEveryDifferenceBeLarge) {
  const auto but_one = [](milliseconds least) {
    return blocks_with(6, [least](int number) {
      return Around{{}, prepared_in(number == 3 ? least : milliseconds(40))};
    });
  };
  EXPECT_TRUE(holds_back(but_one(milliseconds(21))));
  EXPECT_FALSE(holds_back(but_one(milliseconds(19))));
}

TEST(OutsideClock, CountsTheGraceOnlyIfTreatmentNeedsItMoreOften) {
  const OutsideClock grace = survived_for(milliseconds(40));
  EXPECT_TRUE(holds_back(blocks_with(8, [&](int) { return Around{{}, grace}; })));
  EXPECT_FALSE(holds_back(blocks_with(8, [&](int) { return Around{survived_for(milliseconds(1)), grace}; })));
}

Plan judged_by_the_newest_rules() {
  Plan plan = simple_plan();
  plan.rules = kNewestRules;
  return plan;
}

TEST(OutsideClock, MakesAnImprovementUndecided) {
  const auto decided = [](milliseconds more) {
    return result_of(judged_by_the_newest_rules(), [more](int number) {
      Trial treatment = measured(0.06);
      treatment.outside = prepared_in(more);
      return block_of(simple_plan(), number, {measured(0.1), treatment});
    });
  };
  const AttemptResult result = decided(milliseconds(40));
  EXPECT_EQ(result.verdict, Verdict::improved);
  EXPECT_EQ(result.decision, Decision::undecided);
  EXPECT_EQ(result.decision_reason, DecisionReason::outside_clock);
  EXPECT_EQ(decided(milliseconds(1)).decision, Decision::keep);
}

TEST(OutsideClock, IsNothingToTheRulesThatDidNotKnowIt) {
  const AttemptResult result = result_of(simple_plan(), [](int number) {
    Trial treatment = measured(0.06);
    treatment.outside = prepared_in(milliseconds(40));
    return block_of(simple_plan(), number, {measured(0.1), treatment});
  });
  EXPECT_EQ(result.decision, Decision::keep);
}

/// Stated and wall time of control and treatment.
Block stated_block(int number, double stated, milliseconds wall) {
  Trial control = measured(0.05);
  control.usage.wall = milliseconds(50);
  Trial treatment = measured(stated);
  treatment.usage.wall = wall;
  return block_of(simple_plan(), number, {control, treatment});
}

TEST(SelfReported, TimeThatFallsWhileWallTimeRisesIsNoted) {
  Plan plan = simple_plan();
  plan.metrics[0].source = JsonSource{"/seconds"};
  plan.metrics[0].name = "t";
  const auto noted = [&](double stated, milliseconds wall) {
    std::vector<Block> blocks;
    for (int number = 1; number <= 8; ++number) blocks.push_back(stated_block(number, stated, wall));
    return contradicted_by_wall(plan, {.metric = 0, .treatment = 1}, blocks);
  };
  ASSERT_TRUE(noted(0.01, milliseconds(150)));
  EXPECT_EQ(noted(0.01, milliseconds(150))->note,
            "t, which the program states itself, fell, but the wall time of its trials rose by 200 %");
  EXPECT_FALSE(noted(0.01, milliseconds(51)));
  EXPECT_FALSE(noted(0.06, milliseconds(150)));
  plan.metrics[0].source = BuiltInSource{"wall"};
  EXPECT_FALSE(noted(0.01, milliseconds(150)));
}

TEST(SelfReported, FiguresInAnyUnitAreNotedIfTheyImproveWhileWallTimeTriples) {
  Plan plan = simple_plan();
  plan.metrics[0].source = JsonSource{"/t"};
  const auto noted = [&](double stated, milliseconds wall) {
    std::vector<Block> blocks;
    for (int number = 1; number <= 8; ++number) blocks.push_back(stated_block(number, stated, wall));
    return contradicted_by_wall(plan, {.metric = 0, .treatment = 1}, blocks).has_value();
  };
  for (const char* unit :
       {"", "s", "sec", "seconds", "msec", "ns/op", "us/iter", "ms/frame", "ticks", "units", "points"}) {
    plan.metrics[0].unit = unit;
    plan.metrics[0].direction = Direction::lower;
    EXPECT_TRUE(noted(0.01, milliseconds(150))) << unit;
    EXPECT_FALSE(noted(0.06, milliseconds(150))) << unit;
  }
  for (const char* unit : {"", "op/s", "req/s", "MB/s", "1/s", "kreq/s", "GiB/s", "fps", "ops/sec"}) {
    plan.metrics[0].unit = unit;
    plan.metrics[0].direction = Direction::higher;
    EXPECT_TRUE(noted(0.09, milliseconds(150))) << unit;
    EXPECT_FALSE(noted(0.01, milliseconds(150))) << unit;
  }
  for (const char* unit : {"B", "MiB", "%"}) {
    plan.metrics[0].unit = unit;
    plan.metrics[0].direction = Direction::lower;
    EXPECT_FALSE(noted(0.01, milliseconds(150))) << unit;
  }
  plan.metrics[0].unit = "points";
  EXPECT_FALSE(noted(0.01, milliseconds(54))) << "quality may be bought with a little time";
  plan.metrics[0].kind = MetricKind::proportion;
  EXPECT_FALSE(noted(0.01, milliseconds(150)));
}

TEST(StoppedTrials, HoldBackIfTheyAreMostlyControls) {
  const auto of_control = blocks_with(8, [](int) { return Around{stopped(), {}}; });
  EXPECT_TRUE(control_was_stopped(of_control, 1));
  EXPECT_TRUE(stopped_diagnostic(of_control, 1).flag);
  EXPECT_FALSE(control_was_stopped(blocks_with(8, [](int) { return Around{stopped(), stopped()}; }), 1));
  EXPECT_FALSE(control_was_stopped(blocks_with(8, [](int) { return Around{{}, stopped()}; }), 1));
  EXPECT_FALSE(control_was_stopped(blocks_with(8,
                                               [](int number) {
                                                 return Around{number == 1 ? stopped() : OutsideClock{}, {}};
                                               }),
                                   1));
}

TEST(StoppedTrials, MakeAnImprovementUndecided) {
  const AttemptResult result = result_of(judged_by_the_newest_rules(), [](int number) {
    Trial control = measured(0.1);
    control.outside = stopped();
    return block_of(simple_plan(), number, {control, measured(0.06)});
  });
  EXPECT_EQ(result.decision_reason, DecisionReason::stopped_trials);
}

}  // namespace outside_clock_tests
}  // namespace assay::decide
