#include "experiments/decide/baseline/baseline_figures.hpp"

#include <functional>
#include <numeric>

#include <gtest/gtest.h>

#include "experiments/decide/baseline/baseline_change.hpp"
#include "tests/unit/record/sample_baseline.hpp"

namespace assay::decide {
namespace baseline_figures_tests {

const Baseline kSample = record::sample_baseline();

BaselineFigures figures_of(const std::function<void(Baseline&)>& change) {
  Baseline baseline = kSample;
  change(baseline);
  return baseline_figures(baseline);
}

/// Gives every warm trial this wall time, all in no phase.
auto with_warm_walls(nanoseconds wall) {
  return [wall](Baseline& baseline) {
    for (BaselineTrial& trial : baseline.trials) {
      if (trial.cell != 1) continue;
      trial.trial.usage.wall = wall;
      trial.trial.values = {built_in_value("wall", trial.trial.usage)};
    }
  };
}

TEST(BaselineFigures, HaveACellForEachWorkloadAndState) {
  const BaselineFigures figures = baseline_figures(kSample);
  ASSERT_EQ(figures.cells.size(), 2U);
  EXPECT_EQ(figures.cells[0].state, "cold");
  EXPECT_EQ(figures.cells[1].state, "warm");
  EXPECT_EQ(figures.cells[1].measured, 10);
}

// Ten runs of 100 to 109 ms: the 2nd and the 9th bound the median at 97.9 %.
TEST(BaselineFigures, BoundTheMedianByTwoOfTheRuns) {
  const BaselineMetric wall = baseline_figures(kSample).cells[1].metrics.at(0);
  EXPECT_EQ(wall.name, "wall");
  EXPECT_DOUBLE_EQ(wall.figure.median, 0.1045);
  ASSERT_TRUE(wall.figure.interval);
  EXPECT_EQ(*wall.figure.interval, (Interval{0.101, 0.108}));
  EXPECT_NEAR(wall.figure.confidence, 0.9785, 1e-4);
}

// The interval is 3.5 ms either way of 104.5 ms, 3.35 %, and the margin is 3 %: 10 * 1.116^2 runs.
TEST(BaselineFigures, SayHowManyRunsTheSpreadTakes) {
  EXPECT_EQ(baseline_figures(kSample).cells[1].metrics.at(0).runs_needed, 13);
  EXPECT_EQ(figures_of([](Baseline& baseline) { baseline.plan.metrics[0].margin = Percent{4}; })
                .cells[1]
                .metrics.at(0)
                .runs_needed,
            0);
}

TEST(BaselineFigures, FiveRunsHaveNoInterval) {
  const BaselineFigures figures = figures_of([](Baseline& baseline) { baseline.trials.resize(10); });
  const BaselineMetric& wall = figures.cells[1].metrics.at(0);
  EXPECT_EQ(wall.count, 5);
  EXPECT_FALSE(wall.figure.interval);
  EXPECT_EQ(wall.runs_needed, 6);
}

TEST(BaselineFigures, AFailedTrialIsCountedAndInNoFigure) {
  const BaselineFigures figures = figures_of([](Baseline& baseline) {
    for (const std::size_t index : {1U, 3U}) {
      baseline.trials[index].trial.outcome = Exited{3};
      baseline.trials[index].trial.usage.wall = nanoseconds(1);
      drop_values(baseline.trials[index].trial, 1);
    }
  });
  EXPECT_EQ(figures.cells[1].failures, (std::vector<BaselineFailure>{{"exited 3", 2}}));
  EXPECT_EQ(figures.cells[1].measured, 8);
  EXPECT_EQ(figures.cells[1].metrics.at(0).minimum, 0.102);
}

// What had ended before a trial was killed is shown, and is in no figure: 50 and 51 ms of pull.
TEST(BaselineFigures, ShowThePhasesOfFailedTrialsApart) {
  EXPECT_TRUE(baseline_figures(kSample).cells[1].unmeasured_phases.empty());
  const BaselineFigures figures = figures_of([](Baseline& baseline) {
    for (BaselineTrial& trial : baseline.trials) {
      if (trial.cell != 1 || trial.number > 3) continue;
      trial.trial.outcome = TimedOut{std::chrono::milliseconds(400)};
      trial.phases.phases.pop_back();  // it had not ended
      if (trial.number == 2) trial.phases.phases.clear();
    }
  });
  const std::vector<UnmeasuredPhase>& phases = figures.cells[1].unmeasured_phases;
  ASSERT_EQ(phases.size(), 1U);
  EXPECT_EQ(phases[0].name, "pull");
  EXPECT_EQ(phases[0].trials, 2);
  EXPECT_NEAR(phases[0].mean_self_seconds, 0.0505, 1e-9);
  EXPECT_EQ(figures.cells[1].phases.at(0).trials, 7);
  EXPECT_TRUE(figures.cells[0].unmeasured_phases.empty());
}

TEST(BaselineFigures, RankPhasesByTheirShareAndEndWithTheRest) {
  const std::vector<BaselinePhase> phases = baseline_figures(kSample).cells[0].phases;
  ASSERT_EQ(phases.size(), 3U);
  EXPECT_EQ(phases[0].name, "pull");
  EXPECT_EQ(phases[1].name, "start");
  EXPECT_EQ(phases[2].name, "");
  EXPECT_NEAR(phases[0].share, 0.5, 1e-6);
  EXPECT_NEAR(phases[1].cumulative, 0.7, 1e-6);
  EXPECT_NEAR(phases[2].cumulative, 1, 1e-9);
}

TEST(BaselineFigures, MeansOfPhasesAndRestAddUpToTheMeanWallTime) {
  for (const BaselineCell& cell : baseline_figures(kSample).cells) {
    const double sum =
        std::accumulate(cell.phases.begin(), cell.phases.end(), 0.0,
                        [](double so_far, const BaselinePhase& phase) { return so_far + phase.mean_self_seconds; });
    EXPECT_NEAR(sum, cell.mean_wall_seconds, 1e-12);
  }
}

TEST(BaselineFigures, APhaseThatSomeTrialsLackTookNoTimeThere) {
  const BaselineFigures figures = figures_of([](Baseline& baseline) {
    PhaseTimes& phases = baseline.trials[0].phases;
    phases.rest += phases.phases[0].self;
    phases.phases.erase(phases.phases.begin());
  });
  EXPECT_EQ(figures.cells[0].phases[0].trials, 9);
  EXPECT_LT(figures.cells[0].phases[0].share, 0.5);
}

// The slowest run is a cold one of 209 ms; three times that is below the smallest timeout that is recommended.
TEST(BaselineFigures, RecommendATimeoutAndFlagALooseOne) {
  const BaselineFigures loose =
      figures_of([](Baseline& baseline) { baseline.plan.workloads[0].timeout = std::chrono::hours(1); });
  ASSERT_EQ(loose.timeouts.size(), 1U);
  EXPECT_EQ(loose.timeouts[0].recommended, std::chrono::seconds(1));
  EXPECT_TRUE(loose.timeouts[0].is_loose);
  const BaselineFigures fitting =
      figures_of([](Baseline& baseline) { baseline.plan.workloads[0].timeout = std::chrono::seconds(2); });
  EXPECT_FALSE(fitting.timeouts[0].is_loose);
  // Also if a slow trial makes a longer one advisable.
  const BaselineFigures uneven = figures_of([](Baseline& baseline) {
    baseline.plan.workloads[0].timeout = std::chrono::seconds(4);
    baseline.trials[0].trial.usage.wall = std::chrono::milliseconds(1900);
    baseline.trials[0].trial.values = {built_in_value("wall", baseline.trials[0].trial.usage)};
  });
  EXPECT_GT(uneven.timeouts[0].recommended, uneven.timeouts[0].timeout);
  EXPECT_TRUE(uneven.timeouts[0].is_loose);
}

TEST(BaselineFigures, RecommendTimeoutsThatPeopleWouldWrite) {
  const auto recommended = [](nanoseconds wall) {
    return figures_of(with_warm_walls(wall)).timeouts.at(0).recommended;
  };
  EXPECT_EQ(recommended(std::chrono::milliseconds(2400)), std::chrono::seconds(8));
  EXPECT_EQ(recommended(std::chrono::seconds(15)), std::chrono::seconds(50));
  EXPECT_EQ(recommended(std::chrono::seconds(100)), std::chrono::minutes(5));
}

TEST(BaselineChange, PhasesAndRestCarryTheWholeChange) {
  const BaselineFigures before = baseline_figures(kSample);
  const BaselineFigures after = figures_of([](Baseline& baseline) {
    for (BaselineTrial& trial : baseline.trials) {
      trial.trial.usage.wall -= trial.phases.phases[0].self;
      trial.phases.phases.erase(trial.phases.phases.begin());
    }
  });
  const BaselineChange change = baseline_change({before, after});
  ASSERT_EQ(change.cells.size(), 2U);
  const CellChange& warm = change.cells[1];
  EXPECT_NEAR(warm.after_seconds - warm.before_seconds, -0.05225, 1e-9);
  ASSERT_EQ(warm.phases.size(), 3U);
  EXPECT_EQ(warm.phases[0].name, "pull");
  EXPECT_TRUE(warm.phases[0].is_only_before);
  double sum = 0;
  for (const PhaseChange& phase : warm.phases) sum += phase.after_seconds - phase.before_seconds;
  EXPECT_NEAR(sum, warm.after_seconds - warm.before_seconds, 1e-12);
}

TEST(BaselineChange, NamesCellsThatOnlyOneOfThemMeasured) {
  const BaselineFigures before = baseline_figures(kSample);
  const BaselineFigures after = figures_of([](Baseline& baseline) {
    std::erase_if(baseline.trials, [](const BaselineTrial& trial) { return trial.cell == 0; });
  });
  const BaselineChange change = baseline_change({before, after});
  EXPECT_EQ(change.cells.size(), 1U);
  EXPECT_EQ(change.unmatched, (std::vector<std::string>{"site (cold)"}));
}

}  // namespace baseline_figures_tests
}  // namespace assay::decide
