#include "experiments/decide/rules/outside_clock.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "experiments/decide/blocks/cell_blocks.hpp"
#include "experiments/decide/rules/more_often.hpp"
#include "stats/reference/permutation.hpp"
#include "stats/summary.hpp"

namespace assay::decide {
namespace {

constexpr double kLevel = 0.001;
constexpr int kBlocksThatReachLevel = 10;
constexpr double kHoldingShare = 0.5;
constexpr double kNotableShare = 0.1;
constexpr double kSteadyShare = 0.5;

/// One kind of work outside the clock.
struct OutsideWork {
  std::string_view name;
  nanoseconds OutsideClock::*time;
};
constexpr std::array kOutsideWork = {OutsideWork{"prepare hooks", &OutsideClock::prepare},
                                     OutsideWork{"checks and metrics", &OutsideClock::after},
                                     OutsideWork{"conclude hooks", &OutsideClock::conclude},
                                     OutsideWork{"CPU time of services", &OutsideClock::services}};
constexpr OutsideWork kSurvived = {"processes that outlived trials", &OutsideClock::survived};

double seconds(nanoseconds time) {
  return std::chrono::duration<double>(time).count();
}

std::optional<double> seconds_per_unit(const Metric& metric) {
  static const std::map<std::string_view, double> kUnits = {{"s", 1},     {"ms", 1e-3}, {"us", 1e-6}, {"µs", 1e-6},
                                                            {"ns", 1e-9}, {"min", 60},  {"h", 3600}};
  if (metric.direction != Direction::lower) return std::nullopt;
  const auto found = kUnits.find(metric.unit);
  return found == kUnits.end() ? std::nullopt : std::optional(found->second);
}

/// The mean over an arm's measured trials in a block; empty if there are none.
template <class Value>
std::optional<double> mean_of_arm(const Block& block, ArmIndex arm, Value value) {
  std::vector<double> values;
  for (const Trial* trial : trials_of(block, arm)) {
    if (is_measured(trial->outcome)) values.push_back(value(*trial));
  }
  if (values.empty()) return std::nullopt;
  return stats::mean(values);
}

/// Treatment - control in every block in which both were measured.
template <class Value>
std::vector<double> differences(std::span<const Block> blocks, ArmIndex treatment, Value value) {
  std::vector<double> all;
  for (const Block& block : blocks) {
    const std::optional<double> of_control = mean_of_arm(block, kControl, value);
    const std::optional<double> of_treatment = mean_of_arm(block, treatment, value);
    if (of_control && of_treatment) all.push_back(*of_treatment - *of_control);
  }
  return all;
}

/// What is claimed to be saved: of the primary metric if it is a time, else of wall time. At least half the margin,
/// since a claim that treatment is no worse saves nothing.
double saving(const Plan& plan, const ClaimedSaving& claim, std::span<const Block> blocks) {
  const Metric& metric = plan.metrics[claim.metric];
  const std::optional<double> unit = seconds_per_unit(metric);
  const auto time = [&](const Trial& trial) {
    return unit ? trial.values[claim.metric].value_or(0) * *unit : seconds(trial.usage.wall);
  };
  const double saved = -stats::median(differences(blocks, claim.treatment, time));
  std::vector<double> of_control;
  for (const Block& block : blocks) {
    if (const std::optional<double> mean = mean_of_arm(block, kControl, time)) of_control.push_back(*mean);
  }
  const double margin = metric.kind == MetricKind::positive && metric.margin ? metric.margin->value / 100 : 0;
  return std::max(saved, margin / 2 * stats::median(of_control));
}

bool grace_counts(std::span<const Block> blocks, ArmIndex treatment) {
  return is_more_often(blocks, {.more = treatment, .less = kControl},
                       [](const Trial& trial) { return trial.outside.survived.count() > 0; });
}

std::string text_of(double seconds) {
  return format_duration(nanoseconds(static_cast<std::int64_t>(std::llround(seconds * 1e9))));
}

std::string parts_text(const std::vector<OutsideWork>& parts, std::span<const Block> blocks, ArmIndex treatment) {
  std::vector<std::string> texts;
  for (const OutsideWork& part : parts) {
    const double more = stats::median(
        differences(blocks, treatment, [&](const Trial& trial) { return seconds(trial.outside.*(part.time)); }));
    if (more > 0) texts.push_back(fmt::format("{} in {}", text_of(more), part.name));
  }
  return fmt::format("{}", fmt::join(texts, ", "));
}

}  // namespace

std::optional<OutsideClockExcess> outside_clock_excess(const Plan& plan, const ClaimedSaving& claim,
                                                       std::span<const Block> blocks) {
  std::vector<OutsideWork> parts(kOutsideWork.begin(), kOutsideWork.end());
  if (grace_counts(blocks, claim.treatment)) parts.push_back(kSurvived);
  const auto outside = [&parts](const Trial& trial) {
    double sum = 0;
    for (const OutsideWork& part : parts) sum += seconds(trial.outside.*(part.time));
    return sum;
  };
  const std::vector<double> more = differences(blocks, claim.treatment, outside);
  if (more.empty() || std::all_of(more.begin(), more.end(), [](double one) { return one == 0; })) return std::nullopt;

  OutsideClockExcess excess;
  excess.seconds = stats::median(more);
  excess.saving_seconds = saving(plan, claim, blocks);
  if (excess.seconds <= 0 || excess.seconds < kNotableShare * excess.saving_seconds) return std::nullopt;
  excess.p = stats::sign_flip_test(more, stats::Alternative::greater, {.seed = plan.seed}).p;
  excess.parts = parts_text(parts, blocks, claim.treatment);
  const double enough = kHoldingShare * excess.saving_seconds;
  const bool surely_longer =
      static_cast<int>(more.size()) >= kBlocksThatReachLevel
          ? excess.p < kLevel
          : *std::min_element(more.begin(), more.end()) >= std::max(enough, kSteadyShare * excess.seconds);
  excess.holds_back = excess.seconds >= enough && surely_longer;
  if (!excess.holds_back && excess.p >= kLevel) return std::nullopt;
  return excess;
}

Diagnostic outside_clock_diagnostic(const OutsideClockExcess& excess) {
  return {
      .kind = DiagnosticKind::outside_clock,
      .flag = true,
      .statistic = excess.seconds,
      .p = excess.p,
      .note = fmt::format("around each trial, outside the clock, treatment takes {} more than control ({}); what it "
                          "saves inside is {}{}",
                          text_of(excess.seconds), excess.parts, text_of(excess.saving_seconds),
                          excess.holds_back ? ": not kept" : "")};
}

}  // namespace assay::decide
