#include <algorithm>
#include <cmath>
#include <functional>
#include <random>
#include <string>

#include <gtest/gtest.h>

#include "experiments/adversary/suspicion/clock_marks.hpp"
#include "experiments/adversary/suspicion/part_marks.hpp"
#include "experiments/adversary/suspicion/repeats.hpp"
#include "experiments/adversary/suspicion/sample_marks.hpp"
#include "tests/support/small_plan.hpp"

namespace assay::adversary {
namespace suspicion_tests {

constexpr std::int64_t kMillisecond = 1'000'000;
constexpr std::int64_t kStart = 1'772'373'959'123'456'789;

/// A machine and a program, as far as trials are made up from them.
struct Shape {
  std::string name;
  double seconds = 1;          ///< median of control
  double noise = 0.03;         ///< on the log scale
  double shared_noise = 0;     ///< of both arms of a block
  double spikes = 0;           ///< share of trials that take up to twice as long
  double drift = 0;            ///< over the record
  double clock_ns = 1;         ///< one step of the clock
  double failing_hooks = 0.0;  ///< share of blocks that are voided
  double cpus_used = 0.9;
  double overhead_seconds = 0.004;
};

/// Honest trials of a simulated machine, one after the other.
class Machine {
 public:
  Machine(const Shape& shape, std::uint64_t number)
      : shape_(shape), draws_(Seed(number).stream(Stream::simulation)), now_(static_cast<double>(kStart)) {}

  Record measure(int blocks) {
    Record record;
    record.plan = test::small_plan(test::environment_variable("FAST"));
    record.machine.cpu_count = 2;
    record.created_ns = 0;
    for (int number = 1; number <= blocks; ++number) {
      const bool fails = draws_.uniform() < shape_.failing_hooks;
      if (fails) record.blocks.push_back(block(number, 0, static_cast<double>(number) / blocks, true));
      record.blocks.push_back(block(number, fails ? 1 : 0, static_cast<double>(number) / blocks, false));
    }
    record.created_ns = on_clock(now_);
    return record;
  }

 private:
  std::int64_t on_clock(double time) const {
    return std::llround(std::floor(time / shape_.clock_ns) * shape_.clock_ns);
  }

  Block block(int number, int rerun, double progress, bool is_void) {
    Block block{.cell = 0, .number = number, .rerun = rerun, .started_ns = on_clock(now_), .padding = 0, .trials = {}};
    const double shared = shape_.shared_noise * draws_.normal() + shape_.drift * progress;
    const ArmIndex first = draws_.below(2);
    const ArmIndex failing = draws_.below(2);
    for (const ArmIndex arm : {first, 1 - first}) {
      Trial trial;
      trial.arm = arm;
      const double spike = draws_.uniform() < shape_.spikes ? 1 + draws_.uniform() : 1;
      const double seconds =
          shape_.seconds * (arm == kControl ? 1 : 0.8) * spike * std::exp(shared + shape_.noise * draws_.normal());
      const double begun = now_;
      now_ += seconds * 1e9;
      trial.usage.wall = nanoseconds(on_clock(now_) - on_clock(begun));
      trial.usage.user = nanoseconds(std::llround(seconds * 1e9 * shape_.cpus_used));
      load_ = load_ * std::exp(-seconds / 60) + shape_.cpus_used * (1 - std::exp(-seconds / 60));
      trial.strain.load = load_before(begun);
      if (is_void && arm == failing) trial.outcome = HookFailed{"conclude", "exited 1"};
      now_ += shape_.overhead_seconds * 1e9 * (1 + draws_.uniform());
      block.trials.push_back(trial);
    }
    return block;
  }

  /// The kernel computes the load every 5 s.
  double load_before(double time) {
    const double turn = std::floor(time / 5e9);
    if (turn != turn_) shown_load_ = std::round(load_ * 100) / 100;
    turn_ = turn;
    return shown_load_;
  }

  Shape shape_;
  Generator draws_;
  double turn_ = 0;
  double shown_load_ = 0.3;
  double now_;
  double load_ = 0.3;
};

const std::vector<Shape>& shapes() {
  static const std::vector<Shape> all = {
      {.name = "quiet", .noise = 0.002},
      {.name = "usual"},
      {.name = "shared noise", .noise = 0.005, .shared_noise = 0.1},
      {.name = "spikes", .noise = 0.01, .spikes = 0.2},
      {.name = "drifting", .noise = 0.01, .drift = 0.5},
      {.name = "hooks that fail", .failing_hooks = 0.3},
      {.name = "two CPUs", .cpus_used = 1.95},
      {.name = "a millisecond", .seconds = 0.001, .noise = 0.01},
      {.name = "a clock of 24 MHz", .seconds = 0.001, .noise = 0.01, .clock_ns = 1e9 / 24e6},
      {.name = "a clock of 100 ns", .seconds = 0.01, .noise = 0.01, .clock_ns = 100},
      {.name = "a clock of 4 ms", .noise = 0.02, .clock_ns = 4e6},
      {.name = "slow disks", .overhead_seconds = 0.08},
  };
  return all;
}

std::vector<Suspicion> marks_of(const Record& record) {
  std::vector<Suspicion> marks = sample_marks(record, "r");
  for (Suspicion& mark : clock_marks(record, "r", kStart - kMillisecond)) marks.push_back(std::move(mark));
  return marks;
}

TEST(Suspicion, FlagsAtMostOneHonestRecordInAHundred) {
  constexpr int kRecords = 400;
  int flagged_of_all = 0;
  for (const Shape& shape : shapes()) {
    int flagged = 0;
    std::string first;
    for (int number = 0; number < kRecords; ++number) {
      const Record record = Machine(shape, static_cast<std::uint64_t>(number)).measure(6 + number % 55);
      const std::vector<Suspicion> marks = marks_of(record);
      if (marks.empty()) continue;
      ++flagged;
      first = std::string(to_string(marks.front().mark)) + ": " + marks.front().what;
    }
    EXPECT_LE(flagged, kRecords * 3 / 100) << shape.name << ": " << first;  // 4 are expected at most; 12 is 4 sd more
    flagged_of_all += flagged;
  }
  EXPECT_LE(flagged_of_all, kRecords * static_cast<int>(shapes().size()) / 100);
}

Record honest() {
  return Machine(shapes()[1], 7).measure(24);
}

bool has(const std::vector<Suspicion>& marks, Mark mark) {
  return std::any_of(marks.begin(), marks.end(), [mark](const Suspicion& one) { return one.mark == mark; });
}

void expect_mark(const Record& record, Mark mark) {
  const std::vector<Suspicion> marks = marks_of(record);
  EXPECT_TRUE(has(marks, mark)) << to_string(mark);
  for (const Suspicion& one : marks) {
    EXPECT_LE(one.chance.value_or(0), kSuspiciousChance) << one.what;
  }
}

void for_each_trial(Record& record, const std::function<void(Trial&, std::size_t)>& edit) {
  for (std::size_t block = 0; block < record.blocks.size(); ++block) {
    for (Trial& trial : record.blocks[block].trials) edit(trial, block);
  }
}

TEST(Suspicion, FindsNothingInAnHonestRecord) {
  EXPECT_TRUE(marks_of(honest()).empty());
}

TEST(Suspicion, FindsBlocksThatWereCopied) {
  Record record = honest();
  for (std::size_t block = 0; block < 6; ++block) record.blocks[block + 12].trials = record.blocks[block].trials;
  expect_mark(record, Mark::repeated_samples);
}

void set_treatment_to(Record& record, const std::function<std::int64_t(std::int64_t)>& of_control) {
  for (Block& block : record.blocks) {
    const auto control = std::find_if(block.trials.begin(), block.trials.end(),
                                      [](const Trial& trial) { return trial.arm == kControl; });
    const std::int64_t wall = control->usage.wall.count();
    for (Trial& trial : block.trials) {
      if (trial.arm != kControl) trial.usage.wall = nanoseconds(of_control(wall));
    }
  }
}

TEST(Suspicion, FindsATreatmentThatIsControlTimesAConstant) {
  Record record = honest();
  set_treatment_to(record, [](std::int64_t wall) { return std::llround(0.7 * static_cast<double>(wall)); });
  expect_mark(record, Mark::repeated_samples);
}

/// Wherever the ratio lies within a step, and however the product was rounded.
TEST(Suspicion, FindsAnyConstantInAnyRecord) {
  for (unsigned seed = 0; seed < 200; ++seed) {
    Record record = Machine(shapes()[seed % 4], seed).measure(24);
    set_treatment_to(record, [seed](std::int64_t wall) { return wall * (50 + seed % 40) / 100; });
    EXPECT_TRUE(has(sample_marks(record, "r"), Mark::repeated_samples)) << shapes()[seed % 4].name << " " << seed;
  }
}

TEST(Suspicion, FindsTimesThatWereTypedInAsMicroseconds) {
  Record record = honest();
  for_each_trial(record, [](Trial& trial, std::size_t) { trial.usage.wall = trial.usage.wall / 1000 * 1000; });
  expect_mark(record, Mark::rounded_samples);
}

TEST(Suspicion, FindsThatBlocksWereVoidedThatSpokeAgainstTreatment) {
  Record record = honest();
  for (int number = 0; number < 8; ++number) {
    Block lost = record.blocks[static_cast<std::size_t>(number) * 3];
    for (Trial& trial : lost.trials) {
      trial.usage.wall = (trial.arm == kControl ? trial.usage.wall * 19 / 20 : trial.usage.wall * 11 / 10);
      if (trial.arm != kControl) trial.outcome = HookFailed{"conclude", "exited 1"};
    }
    record.blocks.push_back(lost);
  }
  EXPECT_TRUE(has(sample_marks(record, "r"), Mark::uneven_voids));
}

TEST(Suspicion, FindsThatBlocksWereVoidedByOneArmOnly) {
  Record record = Machine(shapes()[1], 9).measure(24);
  for (int number = 0; number < 12; ++number) {
    Block lost = record.blocks[static_cast<std::size_t>(number)];
    for (Trial& trial : lost.trials) {
      if (trial.arm != kControl) trial.outcome = HookFailed{"prepare", "exited 1"};
      trial.usage.wall = nanoseconds(0);
    }
    record.blocks.push_back(lost);
  }
  EXPECT_TRUE(has(sample_marks(record, "r"), Mark::uneven_voids));
}

TEST(Suspicion, FindsAnArmThatWasShortenedAfterwards) {
  Record record = honest();
  for_each_trial(record, [](Trial& trial, std::size_t) {
    if (trial.arm != kControl) trial.usage.wall = trial.usage.wall / 4;
  });
  expect_mark(record, Mark::impossible_times);
}

// assay needs 0.4 s between two trials where ten programs wait for each CPU; alone it does not.
TEST(Suspicion, ForgivesTheTimeBetweenTrialsOfACrowdedMachine) {
  Record record = Machine({.name = "crowded", .overhead_seconds = 0.4}, 5).measure(24);
  expect_mark(record, Mark::impossible_times);
  for_each_trial(record, [](Trial& trial, std::size_t) { trial.strain.load = 20; });
  EXPECT_FALSE(has(marks_of(record), Mark::impossible_times));
}

TEST(Suspicion, FindsBlocksThatOverlap) {
  Record record = honest();
  for (std::size_t block = 0; block < record.blocks.size(); ++block) {
    record.blocks[block].started_ns = kStart + static_cast<std::int64_t>(block) * 100 * kMillisecond;
  }
  expect_mark(record, Mark::impossible_times);
}

TEST(Suspicion, FindsMoreWorkThanTheProcessorsCanDo) {
  Record record = honest();
  record.blocks[3].trials[0].usage.user = record.blocks[3].trials[0].usage.wall * 3;
  expect_mark(record, Mark::impossible_times);
}

TEST(Suspicion, FindsArmsThatWereRunInDifferentHours) {
  Record record = honest();
  for_each_trial(record, [](Trial& trial, std::size_t) { trial.strain.load = trial.arm == kControl ? 1.4 : 0.6; });
  expect_mark(record, Mark::hours_apart);
}

TEST(Suspicion, FindsTrialsThatWerePutIntoAnotherOrderByTheLoad) {
  Record record = Machine({.name = "a second", .cpus_used = 1.95}, 3).measure(24);
  std::vector<Trial> second;
  for (Block& block : record.blocks) second.push_back(block.trials[1]);
  for (std::size_t index = 0; index < record.blocks.size(); ++index) {
    record.blocks[index].trials[1] = second[(index + record.blocks.size() / 2) % record.blocks.size()];
  }
  const std::vector<Suspicion> marks = clock_marks(record, "r", kStart - kMillisecond);
  EXPECT_TRUE(std::any_of(marks.begin(), marks.end(), [](const Suspicion& one) {
    return one.mark == Mark::hours_apart && one.what.find("computes it every 5 s") != std::string::npos;
  }));
}

Record honest_by_rules_2() {
  Record record = honest();
  record.plan.rules = kNewestRules;
  record.plan.states = {{"warm", 1}};
  record.result.audit.warm_ups.resize(2);
  record.result.stop = Stop::cap;
  return record;
}

std::vector<Suspicion> parts_of(const std::function<void(Record&)>& edit, OpeningEntry opening = OpeningEntry::there) {
  Record record = honest_by_rules_2();
  edit(record);
  return part_marks(record, "r", opening);
}

TEST(Suspicion, MissesNoPartOfAnHonestRecord) {
  EXPECT_TRUE(parts_of([](Record&) {}).empty());
  Record voided = Machine(shapes()[5], 7).measure(24);  // hooks that fail
  ASSERT_GT(voided.blocks.size(), 24U);
  EXPECT_TRUE(parts_of([&voided](Record& record) { record.blocks = voided.blocks; }).empty());
}

TEST(Suspicion, MissesTheOpeningOfAnAttempt) {
  EXPECT_TRUE(has(parts_of([](Record&) {}, OpeningEntry::missing), Mark::parts_missing));
  EXPECT_TRUE(parts_of([](Record& record) { record.plan.exploratory = true; }, OpeningEntry::missing).empty());
  EXPECT_TRUE(parts_of([](Record& record) { record.plan.rules = kOldestRules; }, OpeningEntry::missing).empty());
}

TEST(Suspicion, MissesWarmUpsUnlessTheAttemptWasResumed) {
  const auto without = [](Record& record) { record.result.audit.warm_ups.clear(); };
  EXPECT_TRUE(has(parts_of(without), Mark::parts_missing));
  EXPECT_TRUE(parts_of([&without](Record& record) {
                without(record);
                record.interruptions_ns = {kStart};
              }).empty());
  EXPECT_TRUE(parts_of([&without](Record& record) {
                without(record);
                record.plan.states.front().warmup = 0;
              }).empty());
}

TEST(Suspicion, MissesTheVoidBlockThatARepeatedOneStandsFor) {
  EXPECT_TRUE(has(parts_of([](Record& record) { record.blocks[5].rerun = 1; }), Mark::parts_missing));
  EXPECT_TRUE(parts_of([](Record& record) {
                record.blocks[5].rerun = 1;
                record.plan.groups = {{0}};
              }).empty());
}

TEST(Suspicion, FindsSamplesThatAreOlderThanTheirPlan) {
  EXPECT_TRUE(has(clock_marks(honest(), "r", kStart + 60'000 * kMillisecond), Mark::impossible_times));
}

TEST(Suspicion, FindsAnEndOfTimeThatWasNotUp) {
  Record record = honest();
  record.plan.protocol.max_time = std::chrono::hours(1);
  record.result.comparisons.resize(1);
  record.result.comparisons[0].stop = Stop::time;
  EXPECT_TRUE(has(clock_marks(record, "r", kStart), Mark::undeclared_look));
  record.plan.protocol.max_time = std::chrono::seconds(40);
  EXPECT_FALSE(has(clock_marks(record, "r", kStart), Mark::undeclared_look));
}

TEST(Suspicion, SaysNothingOfASimulation) {
  Record record = honest();
  for_each_trial(record, [](Trial& trial, std::size_t) { trial.usage.wall = nanoseconds(5); });
  record.plan.simulation = Simulation{};
  EXPECT_TRUE(marks_of(record).empty());
}

TEST(Repeats, CountEqualPairsAgainstTheClosestOnes) {
  EXPECT_EQ(repeats_in(distances_within({1, 5, 9, 40, 77})).pairs, 0);
  const std::vector<std::int64_t> times = {1'000'003, 2'500'011, 3'100'017, 4'900'037, 7'000'077};
  const Repeats copied = repeats_in(distances_between(times, times));
  EXPECT_EQ(copied.pairs, 5);
  EXPECT_LT(copied.chance, 0.05);
}

TEST(Repeats, SeeCopiesWhateverGapsChanceLeft) {
  std::mt19937_64 draw(1);
  int seen = 0;
  for (int play = 0; play < 1000; ++play) {
    std::vector<std::int64_t> times;
    while (times.size() < 12) times.push_back(static_cast<std::int64_t>(10'000'000 + draw() % 10'000'000));
    times.insert(times.end(), times.begin(), times.end());
    if (repeats_in(distances_within(times)).chance < 1e-3) ++seen;
  }
  EXPECT_GE(seen, 995);
}

TEST(Repeats, TakeTheStepOfACoarseClockForNoCopy) {
  std::mt19937_64 draw(2);
  int seen = 0;
  for (int play = 0; play < 1000; ++play) {
    std::vector<std::int64_t> times;
    while (times.size() < 24) times.push_back(std::llround(125.0 / 3 * static_cast<double>(draw() % 1000)));  // 24 MHz
    if (repeats_in(distances_within(times)).chance < 1e-3) ++seen;
  }
  EXPECT_LE(seen, 5);
}

}  // namespace suspicion_tests
}  // namespace assay::adversary
