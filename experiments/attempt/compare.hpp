#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

#include "core/result/result.hpp"
#include "core/seed.hpp"
#include "core/units.hpp"

/// Two functions of one program against each other, in the protocol of `assay compare`: randomised blocks of one trial
/// of each, and a test that looks at them as they come and stops when the answer is there. Installed as
/// <assay/compare.hpp>.
///
///     const auto result = assay::compare([] { return parse_slowly(text); }, [] { return parse_fast(text); },
///                                        {.control = "slow", .treatment = "fast", .margin = assay::Percent{3}});
///     std::puts(assay::sentence(result).c_str());
///     return result.verdict() == assay::Verdict::improved ? 0 : 1;
namespace assay::attempt {

/// Makes the compiler compute the value, as if something that it cannot see read it. It costs a store at most.
template <class Value>
inline void do_not_optimize(const Value& value) {
  asm volatile("" : : "m"(value) : "memory");
}

/// Makes the compiler finish every write to memory here, as if something that it cannot see read all of it.
inline void finish_writes() {
  asm volatile("" : : : "memory");
}

/// What is compared.
enum class ComparedTime {
  wall,  ///< what passes on CLOCK_MONOTONIC
  cpu,   ///< what the process uses on all of its threads: of a function that waits, only its work
};

/// How two functions are compared. The defaults are those of `assay compare`; the margin has none.
struct CompareOptions {
  std::string control = "control";      ///< what the first function is called in words
  std::string treatment = "treatment";  ///< what the second is called
  Percent margin = {};                  ///< the smallest change worth acting on, of control's time; to be stated
  ComparedTime time = ComparedTime::wall;
  double alpha = 0.05;                                    ///< two-sided error rate
  int max_blocks = 200;                                   ///< cap
  nanoseconds max_time = std::chrono::minutes(10);        ///< then one last look decides; a trial is never cut short
  nanoseconds trial_time = std::chrono::milliseconds(5);  ///< the faster function's trials last at least this long
  std::optional<Seed> seed = {};                          ///< of the order in each block; none: drawn afresh
};

/// What came of it.
struct FunctionComparison {
  Comparison comparison;             ///< the verdict and its reason, diagnostics, and one metric: seconds a call
  CompareOptions options;            ///< as given, with the seed that was used
  std::int64_t calls_per_trial = 1;  ///< the batch size, the same for both functions in every trial

  [[nodiscard]] Verdict verdict() const { return comparison.verdict; }
  /// Complete blocks, each of one trial of either function.
  [[nodiscard]] int blocks() const { return comparison.blocks; }
  /// The log-ratio of treatment's time to control's with its interval and p-value; `percent_of_log_ratio` makes a
  /// change in percent of it. Empty if no block ended.
  [[nodiscard]] const std::optional<Effect>& effect() const { return comparison.metrics.front().effect; }
  /// Seconds a call.
  [[nodiscard]] const ArmSummary& control() const { return comparison.metrics.front().control; }
  [[nodiscard]] const ArmSummary& treatment() const { return comparison.metrics.front().treatment; }
};

/// "fast is 1.25x faster than slow (95 % interval 1.23x to 1.27x), 6 blocks: improved -> keep".
[[nodiscard]] std::string sentence(const FunctionComparison& result);

/// Calls one of the functions that often.
using Batch = std::function<void(std::int64_t calls)>;

/// The clocks that a comparison reads; tests give it others.
struct CompareClocks {
  std::function<nanoseconds()> wall;
  std::function<nanoseconds()> cpu;
};
/// Those of this process.
[[nodiscard]] CompareClocks process_clocks();

/// `compare` for functions that are called in batches of a caller's own making.
/// \throws Error as `compare` does.
[[nodiscard]] FunctionComparison compare_batches(const Batch& control, const Batch& treatment,
                                                 const CompareOptions& options,
                                                 const CompareClocks& clocks = process_clocks());

/// A batch that calls a function, and uses what it returns.
template <class Function>
[[nodiscard]] Batch in_batches(Function function) {
  return [function = std::move(function)](std::int64_t calls) mutable {
    for (std::int64_t call = 0; call < calls; ++call) {
      if constexpr (std::is_void_v<std::invoke_result_t<Function&>>) {
        function();
        finish_writes();
      } else {
        do_not_optimize(function());
      }
    }
  };
}

/// Compares how long two functions take.
///
/// A trial calls one of them in a batch. The size of the batch is found once, in the warm-up: it is doubled until both
/// functions' batches last `trial_time`. It is one size for both and then fixed. A size that follows the data, or one
/// of each function's own, would make the arms differ in more than the function, and the coin that orders each block
/// would no longer be what decides the sign of its effect: the test's only assumption.
///
/// Hypothesis: in each block the order of the two trials was drawn by a fair coin, so that if the functions take the
/// same time, the sign of each block's effect is a fair coin (docs/methods/sequential-test.md).
/// \param control    called without arguments; what it returns counts as used
/// \param treatment  in the same way
/// \throws Error if no margin is stated, if an option is out of range, or if a function uses too little of the time
/// that is compared for a trial. What a function throws is passed on.
template <class Control, class Treatment>
[[nodiscard]] FunctionComparison compare(Control control, Treatment treatment, const CompareOptions& options) {
  return compare_batches(in_batches(std::move(control)), in_batches(std::move(treatment)), options);
}

}  // namespace assay::attempt

namespace assay {

using attempt::compare;
using attempt::ComparedTime;
using attempt::CompareOptions;
using attempt::do_not_optimize;
using attempt::finish_writes;
using attempt::FunctionComparison;
using attempt::sentence;

}  // namespace assay
