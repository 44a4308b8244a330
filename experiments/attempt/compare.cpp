#include "experiments/attempt/compare.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "core/assert.hpp"
#include "core/error.hpp"
#include "core/host/entropy.hpp"
#include "core/host/machine/clock.hpp"
#include "core/plan.hpp"
#include "experiments/decide/attempt_analysis.hpp"
#include "experiments/design/schedule.hpp"
#include "experiments/design/value_plan.hpp"
#include "experiments/report/text.hpp"

namespace assay::attempt {
namespace {

/// Twice as many calls take a clock of 64 bits to its end.
constexpr std::int64_t kMostCalls = std::int64_t{1} << 40;

using Arms = std::array<const Batch*, 2>;

void check(const CompareOptions& options) {
  if (!(options.margin.value > 0 && options.margin.value < 100)) {
    throw Error("compare: state a margin above 0 % and below 100 %: the smallest change worth acting on");
  }
  if (!(options.alpha >= kSmallestAlpha && options.alpha <= kLargestAlpha)) {
    throw Error(fmt::format("compare: alpha is {}; expected {} to {}", options.alpha, kSmallestAlpha, kLargestAlpha));
  }
  const int fewest = Protocol{}.min_blocks;
  if (options.max_blocks < fewest) {
    throw Error(fmt::format("compare: max_blocks is {}; expected at least {}", options.max_blocks, fewest));
  }
  if (options.max_time <= nanoseconds(0) || options.trial_time <= nanoseconds(0)) {
    throw Error("compare: max_time and trial_time are above 0");
  }
}

Plan plan_of(const CompareOptions& options) {
  const Metric* const known = find_built_in_metric(options.time == ComparedTime::wall ? "wall" : "cpu");
  ASSAY_ASSERT(known != nullptr);
  Metric metric = *known;
  metric.margin = options.margin;
  Protocol protocol;
  protocol.alpha = options.alpha;
  protocol.max_blocks = options.max_blocks;
  protocol.max_time = options.max_time;
  return design::value_plan({.id = "compare",
                             .control = options.control,
                             .treatment = options.treatment,
                             .metric = metric,
                             .protocol = protocol,
                             .seed = options.seed.value()});
}

/// Runs batches, and knows when time is up.
class Trials {
 public:
  Trials(const Arms& arms, const CompareOptions& options, const CompareClocks& clocks)
      : arms_(arms), options_(options), clocks_(clocks), start_(clocks.wall()) {}

  [[nodiscard]] nanoseconds run(ArmIndex arm, std::int64_t calls) const {
    const auto& clock = options_.time == ComparedTime::wall ? clocks_.wall : clocks_.cpu;
    const nanoseconds before = clock();
    (*arms_[arm])(calls);
    return clock() - before;
  }
  [[nodiscard]] bool time_is_up() const { return clocks_.wall() - start_ >= options_.max_time; }

 private:
  const Arms& arms_;
  const CompareOptions& options_;
  const CompareClocks& clocks_;
  nanoseconds start_;
};

/// From both functions together, so that it does not matter which is which.
std::int64_t calls_per_trial(const Trials& trials, const CompareOptions& options) {
  for (std::int64_t calls = 1; calls <= kMostCalls && !trials.time_is_up(); calls *= 2) {
    const nanoseconds control = trials.run(kControl, calls);
    const nanoseconds treatment = trials.run(1, calls);
    if (std::min(control, treatment) >= options.trial_time) return calls;
  }
  throw Error(fmt::format("compare: the warm-up ended before both {} and {} had used {} of {} time: {}",
                          options.control, options.treatment, format_duration(options.trial_time),
                          options.time == ComparedTime::wall ? "wall" : "CPU",
                          options.time == ComparedTime::wall ? "allow a longer max_time"
                                                             : "compare wall time, or allow a longer max_time"));
}

double seconds_a_call(nanoseconds taken, std::int64_t calls) {
  return std::chrono::duration<double>(taken).count() / static_cast<double>(calls);
}

Block run_block(const BlockOrder& order, const Trials& trials, std::int64_t calls) {
  design::ValuePair seconds;
  for (const ArmIndex arm : order.arms) {
    (arm == kControl ? seconds.control : seconds.treatment) = seconds_a_call(trials.run(arm, calls), calls);
  }
  return design::value_block(order, seconds);
}

}  // namespace

CompareClocks process_clocks() {
  return {host::monotonic_time, host::process_cpu_time};
}

FunctionComparison compare_batches(const Batch& control, const Batch& treatment, const CompareOptions& options,
                                   const CompareClocks& clocks) {
  check(options);
  FunctionComparison result;
  result.options = options;
  if (!options.seed) result.options.seed = Seed(host::fresh_entropy());
  const Plan plan = plan_of(result.options);
  const Arms arms = {&control, &treatment};
  const Trials trials(arms, result.options, clocks);
  result.calls_per_trial = calls_per_trial(trials, result.options);
  decide::AttemptAnalysis analysis(plan);
  for (int number = 1; !analysis.finished(); ++number) {
    if (trials.time_is_up()) {
      analysis.cut_by_time();
      break;
    }
    analysis.add(run_block(design::block_order(plan, 0, number), trials, result.calls_per_trial));
  }
  result.comparison = analysis.result().comparisons.front();
  return result;
}

std::string sentence(const FunctionComparison& result) {
  return report::result_sentence(result.comparison);
}

}  // namespace assay::attempt
