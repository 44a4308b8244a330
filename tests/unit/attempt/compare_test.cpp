#include "experiments/attempt/compare.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "core/error.hpp"
#include "tests/support/message_of.hpp"

namespace assay::attempt {
namespace compare_tests {

using std::chrono::microseconds;
using std::chrono::milliseconds;
using std::chrono::seconds;

/// How long a call takes.
struct Duration {
  nanoseconds mean;
  double noise = 0.02;  ///< standard deviation of a batch on the log scale
};

/// Two functions on a clock that only they move, and what they were called with.
class SimulatedFunctions {
 public:
  SimulatedFunctions(Duration control, Duration treatment, std::uint64_t seed = 1)
      : durations_{control, treatment}, noise_(seed) {}

  [[nodiscard]] FunctionComparison compare(const CompareOptions& options) {
    return compare_batches([this](std::int64_t calls) { run(0, calls); }, [this](std::int64_t calls) { run(1, calls); },
                           options, {[this] { return now_; }, [this] { return now_ - waited_; }});
  }
  /// From now on calls only wait: no CPU time passes.
  void only_wait() { waits_ = true; }

  [[nodiscard]] const std::vector<std::int64_t>& calls() const { return calls_; }
  /// 'c' or 't' for each batch.
  [[nodiscard]] const std::string& order() const { return order_; }

 private:
  void run(std::size_t arm, std::int64_t calls) {
    const Duration& duration = durations_[arm];
    const double factor = std::exp(duration.noise * noise_.normal());
    const nanoseconds taken(std::llround(static_cast<double>(duration.mean.count() * calls) * factor));
    now_ += taken;
    if (waits_) waited_ += taken;
    calls_.push_back(calls);
    order_ += arm == 0 ? 'c' : 't';
  }

  std::array<Duration, 2> durations_;
  Generator noise_;
  nanoseconds now_ = seconds(1);
  nanoseconds waited_{};
  bool waits_ = false;
  std::vector<std::int64_t> calls_;
  std::string order_;
};

CompareOptions options_with(std::uint64_t seed) {
  return {.margin = Percent{3}, .trial_time = milliseconds(1), .seed = Seed(seed)};
}

/// The batches after the warm-up, two for each block.
std::string order_of_trials(const SimulatedFunctions& functions, const FunctionComparison& result) {
  return functions.order().substr(functions.order().size() - 2 * static_cast<std::size_t>(result.blocks()));
}

TEST(ComparingFunctions, FindsOneThatTakesTwentyPercentLonger) {
  SimulatedFunctions functions({microseconds(10)}, {microseconds(12)});
  const FunctionComparison result = functions.compare(options_with(1));
  EXPECT_EQ(result.verdict(), Verdict::regressed);
  ASSERT_TRUE(result.effect());
  EXPECT_LE(result.effect()->interval.low, std::log(1.2));
  EXPECT_GE(result.effect()->interval.high, std::log(1.2));
  EXPECT_LT(result.effect()->p.value(), 0.05);
  EXPECT_NEAR(result.control().median, 10e-6, 0.5e-6);
  EXPECT_NEAR(result.treatment().median, 12e-6, 0.5e-6);
}

TEST(ComparingFunctions, ShowsThatEqualOnesAreEqual) {
  SimulatedFunctions functions({microseconds(10), 0.01}, {microseconds(10), 0.01});
  EXPECT_EQ(functions.compare(options_with(1)).verdict(), Verdict::equivalent);
}

TEST(ComparingFunctions, CallsEqualOnesDifferentNoMoreOftenThanAlpha) {
  // At alpha 0.05, 14 or more of 100 would come about with a chance below 0.001.
  int different = 0;
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    SimulatedFunctions functions({microseconds(10), 0.1}, {microseconds(10), 0.1}, seed);
    CompareOptions options = options_with(seed);
    options.margin = Percent{0.001};
    options.max_blocks = 12;
    const Verdict verdict = functions.compare(options).verdict();
    different += verdict == Verdict::improved || verdict == Verdict::regressed ? 1 : 0;
  }
  EXPECT_LT(different, 14);
}

TEST(ComparingFunctions, DrawsTheOrderOfEachBlockFromTheSeed) {
  const auto order_with = [](std::uint64_t seed) {
    SimulatedFunctions functions({microseconds(10), 0.2}, {microseconds(10), 0.2});
    CompareOptions options = options_with(seed);
    options.max_blocks = 20;
    const FunctionComparison result = functions.compare(options);
    return order_of_trials(functions, result);
  };
  const std::string order = order_with(7);
  EXPECT_EQ(order, order_with(7));
  EXPECT_NE(order, order_with(8));
  std::set<std::string> blocks;
  for (std::size_t block = 0; block < order.size(); block += 2) blocks.insert(order.substr(block, 2));
  EXPECT_EQ(blocks, (std::set<std::string>{"ct", "tc"}));
}

TEST(ComparingFunctions, FixesOneSizeOfBatchForBothInTheWarmUp) {
  // 1000 calls of the faster one take a millisecond.
  SimulatedFunctions functions({microseconds(1), 0.001}, {microseconds(100), 0.001});
  const FunctionComparison result = functions.compare(options_with(1));
  EXPECT_EQ(result.calls_per_trial, 1024);
  const std::vector<std::int64_t>& calls = functions.calls();
  const auto trials = static_cast<std::ptrdiff_t>(2 * result.blocks());
  EXPECT_GT(trials, 0);
  EXPECT_EQ(std::count(calls.end() - trials, calls.end(), 1024), trials);
  // 1, 2, 4 ... 1024 of each.
  EXPECT_EQ(static_cast<std::ptrdiff_t>(calls.size()) - trials, 22);
}

TEST(ComparingFunctions, TakesOneCallATrialOfFunctionsThatTakeLong) {
  SimulatedFunctions functions({milliseconds(50)}, {milliseconds(60)});
  EXPECT_EQ(functions.compare(options_with(1)).calls_per_trial, 1);
}

TEST(ComparingFunctions, EndsAtTheCap) {
  SimulatedFunctions functions({microseconds(10), 0.5}, {microseconds(10), 0.5});
  CompareOptions options = options_with(3);
  options.max_blocks = 8;
  const FunctionComparison result = functions.compare(options);
  EXPECT_EQ(result.blocks(), 8);
  EXPECT_EQ(result.comparison.stop, Stop::cap);
}

TEST(ComparingFunctions, TakesALastLookWhenTimeIsUp) {
  SimulatedFunctions functions({milliseconds(50), 0.5}, {milliseconds(50), 0.5});
  CompareOptions options = options_with(3);
  options.max_time = seconds(1);
  const FunctionComparison result = functions.compare(options);
  EXPECT_EQ(result.comparison.stop, Stop::time);
  EXPECT_GT(result.blocks(), 0);
  EXPECT_LT(result.blocks(), 20);
}

TEST(ComparingFunctions, ComparesCpuTimeIfAsked) {
  SimulatedFunctions functions({microseconds(10)}, {microseconds(12)});
  CompareOptions options = options_with(1);
  options.time = ComparedTime::cpu;
  EXPECT_EQ(functions.compare(options).verdict(), Verdict::regressed);
}

TEST(ComparingFunctions, RefusesFunctionsThatUseNoneOfTheTimeThatIsCompared) {
  SimulatedFunctions functions({milliseconds(10)}, {milliseconds(10)});
  functions.only_wait();
  CompareOptions options = options_with(1);
  options.time = ComparedTime::cpu;
  EXPECT_EQ(test::message_of([&] { (void)functions.compare(options); }),
            "compare: the warm-up ended before both control and treatment had used 1.00 ms of CPU time: compare wall "
            "time, or allow a longer max_time");
}

TEST(ComparingFunctions, AsksForAMargin) {
  SimulatedFunctions functions({microseconds(10)}, {microseconds(12)});
  EXPECT_EQ(test::message_of([&] { (void)functions.compare({}); }),
            "compare: state a margin above 0 % and below 100 %: the smallest change worth acting on");
}

TEST(ComparingFunctions, RefusesOptionsOutOfRange) {
  SimulatedFunctions functions({microseconds(10)}, {microseconds(12)});
  const auto message = [&](auto change) {
    CompareOptions options = options_with(1);
    change(options);
    return test::message_of([&] { (void)functions.compare(options); });
  };
  EXPECT_NE(message([](CompareOptions& options) { options.alpha = 0.6; }), "");
  EXPECT_NE(message([](CompareOptions& options) { options.max_blocks = 5; }), "");
  EXPECT_NE(message([](CompareOptions& options) { options.max_time = nanoseconds(0); }), "");
  EXPECT_NE(message([](CompareOptions& options) { options.trial_time = nanoseconds(0); }), "");
  EXPECT_TRUE(functions.calls().empty());
}

TEST(ComparingFunctions, IsWordedInOneSentence) {
  SimulatedFunctions functions({microseconds(12), 0.001}, {microseconds(10), 0.001});
  CompareOptions options = options_with(1);
  options.control = "slow";
  options.treatment = "fast";
  const FunctionComparison result = functions.compare(options);
  EXPECT_EQ(sentence(result).substr(0, 30), "fast is 1.20x faster than slow");
}

TEST(ComparingFunctions, CallsRealFunctionsOnTheRealClock) {
  std::uint64_t state = 1;
  const auto step = [&state] { return state = state * 6364136223846793005U + 1442695040888963407U; };
  const auto twice = [&] {
    step();
    step();
  };
  const FunctionComparison result =
      compare(step, twice, {.margin = Percent{3}, .max_blocks = 6, .trial_time = microseconds(200), .seed = Seed(1)});
  EXPECT_EQ(result.blocks(), 6);
  EXPECT_GT(result.calls_per_trial, 1);
}

}  // namespace compare_tests
}  // namespace assay::attempt
