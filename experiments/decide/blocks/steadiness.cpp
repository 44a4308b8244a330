#include "experiments/decide/blocks/steadiness.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <vector>

#include <fmt/format.h>

#include "core/assert.hpp"
#include "stats/summary.hpp"

namespace assay::decide {
namespace {

/// Shares of an arm's trials. One trial in ten may be misjudged, or may have been disturbed until its end; a single one
/// of few blocks says nothing.
constexpr double kMostUnsettled = 0.1;
constexpr int kFewestUnsettled = 2;
constexpr double kClearMajority = 0.9;

/// The series' value from the first listed start at `start` or later; a series too short for it gives its latest.
double value_from(const SteadySeries& series, int start) {
  const auto found = std::find_if(series.values.begin(), series.values.end(),
                                  [start](const ValueFromStart& value) { return value.start >= start; });
  return found == series.values.end() ? series.values.back().value : found->value;
}

int& count_of(ArmSteadiness& arm, SeriesClass series_class) {
  switch (series_class) {
    case SeriesClass::flat:
      return arm.flat;
    case SeriesClass::warm_up:
      return arm.warm_up;
    case SeriesClass::slow_down:
      return arm.slow_down;
    case SeriesClass::no_steady_state:
      break;
  }
  return arm.no_steady_state;
}

ArmSteadiness arm_steadiness(std::size_t metric, ArmIndex arm, std::span<const Block> blocks) {
  ArmSteadiness steadiness;
  std::vector<double> starts;
  for (const Block& block : blocks) {
    for (const Trial& trial : block.trials) {
      if (trial.arm != arm || !is_measured(trial.outcome)) continue;
      for (const SteadySeries& series : trial.steady) {
        if (series.metric != metric) continue;
        ++count_of(steadiness, series.series_class);
        if (series.series_class != SeriesClass::no_steady_state) starts.push_back(series.steady_from);
      }
    }
  }
  if (!starts.empty()) steadiness.median_start = stats::median(starts);
  return steadiness;
}

/// "flat in 1, warm-up in 20 (steady from iteration 121 on)": only classes that there are.
std::string words_of(const ArmSteadiness& arm) {
  std::string words;
  const auto add = [&](int trials, std::string_view name) {
    if (trials > 0) words += fmt::format("{}{} in {}", words.empty() ? "" : ", ", name, trials);
  };
  add(arm.flat, "flat");
  add(arm.warm_up, "warm-up");
  add(arm.slow_down, "slow-down");
  add(arm.no_steady_state, "no steady state");
  const bool some_steady = arm.no_steady_state < arm.trials();
  const std::string start = some_steady ? fmt::format(", steady after {:.0f} iterations", arm.median_start) : "";
  return fmt::format("{} of {} trials{}", words, arm.trials(), start);
}

bool is_noteworthy(ArmSeriesClass arm) {
  return arm == ArmSeriesClass::unsettled || arm == ArmSeriesClass::inconsistent || arm == ArmSeriesClass::slow_down;
}

}  // namespace

Block with_common_steady_start(Block block) {
  std::map<std::size_t, int> latest;  // by metric
  for (const Trial& trial : block.trials) {
    for (const SteadySeries& series : trial.steady) {
      int& start = latest[series.metric];
      start = std::max(start, series.values.front().start);
    }
  }
  for (Trial& trial : block.trials) {
    for (const SteadySeries& series : trial.steady) {
      trial.values[series.metric] = value_from(series, latest[series.metric]);
    }
  }
  return block;
}

ArmSeriesClass class_of(const ArmSteadiness& arm) {
  const double trials = arm.trials();
  if (arm.no_steady_state >= kFewestUnsettled && arm.no_steady_state > kMostUnsettled * trials) {
    return ArmSeriesClass::unsettled;
  }
  if (arm.flat >= kClearMajority * trials) return ArmSeriesClass::flat;
  if (arm.warm_up >= kClearMajority * trials) return ArmSeriesClass::warm_up;
  if (arm.slow_down >= kClearMajority * trials) return ArmSeriesClass::slow_down;
  return ArmSeriesClass::inconsistent;
}

std::optional<Steadiness> steadiness_of(const Plan& plan, std::size_t metric, ArmIndex treatment,
                                        std::span<const Block> blocks) {
  if (!counts_steady_state(plan.metrics[metric])) return std::nullopt;
  return Steadiness{arm_steadiness(metric, kControl, blocks), arm_steadiness(metric, treatment, blocks)};
}

bool has_steady_state(const std::optional<Steadiness>& steadiness) {
  return !steadiness || (class_of(steadiness->control) != ArmSeriesClass::unsettled &&
                         class_of(steadiness->treatment) != ArmSeriesClass::unsettled);
}

MetricVerdict after_steadiness(const MetricVerdict& verdict, const std::optional<Steadiness>& steadiness) {
  const bool rests_on_it = verdict.verdict == Verdict::improved || verdict.verdict == Verdict::equivalent;
  if (!rests_on_it || has_steady_state(steadiness)) return verdict;
  return {Verdict::inconclusive, VerdictReason::no_steady_state};
}

Diagnostic steadiness_diagnostic(const Metric& metric, const Steadiness& steadiness) {
  const ArmSeriesClass control = class_of(steadiness.control);
  const ArmSeriesClass treatment = class_of(steadiness.treatment);
  const int trials = steadiness.control.trials() + steadiness.treatment.trials();
  const int unsettled = steadiness.control.no_steady_state + steadiness.treatment.no_steady_state;
  Diagnostic diagnostic{.kind = DiagnosticKind::steady_state};
  if (trials == 0) return diagnostic;
  diagnostic.statistic = static_cast<double>(unsettled) / trials;
  diagnostic.flag = control != treatment || is_noteworthy(control);
  if (diagnostic.flag) {
    diagnostic.note = fmt::format("iterations of {}: control is {}; treatment is {}", metric.name,
                                  words_of(steadiness.control), words_of(steadiness.treatment));
  }
  return diagnostic;
}

}  // namespace assay::decide
