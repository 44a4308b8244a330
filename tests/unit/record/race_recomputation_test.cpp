#include <array>
#include <chrono>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "core/host/files/digest.hpp"
#include "experiments/decide/attempt_analysis.hpp"
#include "experiments/design/schedule.hpp"
#include "experiments/formats/canonical_json.hpp"
#include "experiments/formats/plan/plan_json.hpp"
#include "experiments/formats/record/record_json.hpp"
#include "experiments/record/verification/recomputation.hpp"
#include "tests/unit/record/sample_record.hpp"

namespace assay::record {
namespace race_recomputation_tests {

using nlohmann::json;

/// What one trial of an arm gives in the block of this number.
using ValueOf = double (*)(ArmIndex arm, int block);

/// When the blocks were measured: before the sample record was written.
const std::int64_t kMeasuredNs = sample_record().blocks.front().started_ns;

Block block_of(const Plan& plan, const BlockOrder& order, ValueOf value_of) {
  Block block;
  block.number = order.number;
  block.padding = order.padding;
  block.started_ns = kMeasuredNs;
  for (const ArmIndex arm : order.arms) {
    Trial trial;
    trial.arm = arm;
    const double value = value_of(arm, order.number);
    trial.usage.wall = std::chrono::round<nanoseconds>(std::chrono::duration<double>(value));
    trial.values.assign(plan.metrics.size(), value);
    block.trials.push_back(std::move(trial));
  }
  return block;
}

/// An attempt that was run to its end, or to as many blocks.
struct FedAttempt {
  Record record = sample_record();
  int most_blocks = 1000;

  /// Feeds blocks as long as more are asked for.
  void measure(decide::AttemptAnalysis& analysis, ValueOf value_of) {
    record.blocks.clear();
    record.plan_sha256 = host::sha256(formats::plan_json(record.plan));
    for (int number = 1; number <= most_blocks && !analysis.finished(); ++number) {
      const std::vector<ArmIndex> arms = analysis.arms_of_next_blocks(0);
      record.blocks.push_back(block_of(record.plan, design::block_order(record.plan, 0, number, 0, arms), value_of));
      analysis.add(record.blocks.back());
    }
  }
  void end(const decide::AttemptAnalysis& analysis) { record.result = analysis.result(); }
};

/// The third level is best, the second far worse than all.
double racing_value(ArmIndex arm, int number) {
  constexpr std::array<double, 3> kLevels = {1.0, 2.0, 0.8};
  return kLevels.at(arm) * (1 + 0.002 * ((number * 5 + static_cast<int>(arm) * 3) % 11));
}

FedAttempt race() {
  FedAttempt run;
  run.record.plan.variable = {
      VariableKind::level,
      "jobs",
      {{"jobs=1", ArgumentLevel{"1"}}, {"jobs=2", ArgumentLevel{"2"}}, {"jobs=4", ArgumentLevel{"4"}}}};
  run.record.plan.workloads[0].command = {"sort", "--parallel={jobs}", "words.txt"};
  run.record.plan.protocol.max_blocks = 40;
  return run;
}

std::string flaw_of(const Record& record) {
  return flaw_in(formats::record_json(record)).value_or("");
}

TEST(FlawIn, IsNoneInARaceThatWasRunToItsEnd) {
  FedAttempt run = race();
  decide::AttemptAnalysis analysis(run.record.plan);
  run.measure(analysis, racing_value);
  run.end(analysis);
  ASSERT_TRUE(analysis.finished());
  ASSERT_EQ(run.record.result.searches.at(0).best.value().index, ArmIndex{2});
  EXPECT_EQ(run.record.blocks.back().trials.size(), 2U);
  EXPECT_EQ(flaw_of(run.record), "");
}

TEST(FlawIn, IsNoneInARaceThatTimeOrAPersonEnded) {
  for (const int blocks : {4, 8, 22}) {
    FedAttempt run = race();
    run.most_blocks = blocks;
    decide::AttemptAnalysis cut(run.record.plan);
    run.measure(cut, racing_value);
    cut.cut_by_time();
    run.end(cut);
    EXPECT_EQ(flaw_of(run.record), "") << "time, " << blocks;
    decide::AttemptAnalysis closed(run.record.plan);
    run.measure(closed, racing_value);
    closed.close_interrupted();
    run.end(closed);
    EXPECT_EQ(flaw_of(run.record), "") << "a person, " << blocks;
  }
}

TEST(FlawIn, SeesALevelThatWasMeasuredAfterItWasOut) {
  FedAttempt run = race();
  decide::AttemptAnalysis analysis(run.record.plan);
  run.measure(analysis, racing_value);
  run.end(analysis);
  json document = json::parse(formats::record_json(run.record));
  document["blocks"].back()["trials"][0]["arm"] = 1;
  EXPECT_NE(flaw_in(formats::canonical_json(document)).value_or("").find("not in the order that the seed gives"),
            std::string::npos);
}

TEST(FlawIn, NamesAFateThatDoesNotFollow) {
  FedAttempt run = race();
  decide::AttemptAnalysis analysis(run.record.plan);
  run.measure(analysis, racing_value);
  run.end(analysis);
  run.record.result.searches[0].levels[1].fate = LevelFate::surviving;
  EXPECT_EQ(flaw_of(run.record).find("/result/searches/0"), 0U) << flaw_of(run.record);
}

/// An attempt with this kind of primary metric, and what is wrong with its record.
std::string flaw_with(MetricKind kind, Direction direction, ValueOf value_of) {
  FedAttempt run;
  Metric& figure = run.record.plan.metrics[0];
  figure.name = "figure";
  figure.unit = "";
  figure.kind = kind;
  figure.direction = direction;
  figure.source = JsonSource{"/figure"};
  run.record.plan.protocol.max_blocks = 40;
  decide::AttemptAnalysis analysis(run.record.plan);
  run.measure(analysis, value_of);
  run.end(analysis);
  EXPECT_TRUE(analysis.finished());
  return flaw_of(run.record);
}

TEST(FlawIn, IsNoneWhereValuesAreExactOrAYesOrNo) {
  EXPECT_EQ(flaw_with(MetricKind::deterministic, Direction::lower,
                      [](ArmIndex arm, int) { return arm == kControl ? 100.0 : 90.0; }),
            "");
  EXPECT_EQ(flaw_with(MetricKind::proportion, Direction::higher,
                      [](ArmIndex arm, int number) { return arm == kControl && number % 3 == 0 ? 0.0 : 1.0; }),
            "");
}

}  // namespace race_recomputation_tests
}  // namespace assay::record
