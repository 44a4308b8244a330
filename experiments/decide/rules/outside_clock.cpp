#include "experiments/decide/rules/outside_clock.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <map>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "experiments/decide/baseline/baseline_samples.hpp"
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

/// The time of a trial that a claim is about: the primary metric if it is a time, else wall time.
double claimed_time(const Metric& metric, std::size_t index, const Trial& trial) {
  const std::optional<double> unit = seconds_per_unit(metric);
  return unit ? trial.values[index].value_or(0) * *unit : seconds_of(trial.usage.wall);
}

/// The median of what treatment saves of that time; below 0 if it takes more.
double saved(const Plan& plan, const ClaimedSaving& claim, std::span<const Block> blocks) {
  const Metric& metric = plan.metrics[claim.metric];
  return -stats::median(differences(blocks, claim.treatment,
                                    [&](const Trial& trial) { return claimed_time(metric, claim.metric, trial); }));
}

/// At least half the margin, since a claim that treatment is no worse saves nothing.
double saving(const Plan& plan, const ClaimedSaving& claim, std::span<const Block> blocks) {
  const Metric& metric = plan.metrics[claim.metric];
  std::vector<double> of_control;
  for (const Block& block : blocks) {
    const auto time = [&](const Trial& trial) { return claimed_time(metric, claim.metric, trial); };
    if (const std::optional<double> mean = mean_of_arm(block, kControl, time)) of_control.push_back(*mean);
  }
  const double margin = metric.kind == MetricKind::positive && metric.margin ? metric.margin->value / 100 : 0;
  return std::max(saved(plan, claim, blocks), margin / 2 * stats::median(of_control));
}

/// Whether differences that the test finds above 0 are so beyond chance; with fewer blocks than it needs, whether each
/// is as large as `enough`, and none below half of the median.
bool surely_above(const std::vector<double>& more, double p, double enough) {
  if (static_cast<int>(more.size()) >= kBlocksThatReachLevel) return p < kLevel;
  return *std::min_element(more.begin(), more.end()) >= std::max(enough, kSteadyShare * stats::median(more));
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
        differences(blocks, treatment, [&](const Trial& trial) { return seconds_of(trial.outside.*(part.time)); }));
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
    for (const OutsideWork& part : parts) sum += seconds_of(trial.outside.*(part.time));
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
  excess.holds_back = excess.seconds >= enough && surely_above(more, excess.p, enough);
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

std::optional<Diagnostic> work_elsewhere(const Plan& plan, const ClaimedSaving& claim, std::span<const Block> blocks) {
  const auto is_alone = [](const Block& block) {
    return block.beside.empty() && std::all_of(block.trials.begin(), block.trials.end(), [](const Trial& trial) {
             return trial.strain.machine_cpu && !trial.cpu;
           });
  };
  std::vector<Block> alone;
  std::copy_if(blocks.begin(), blocks.end(), std::back_inserter(alone), is_alone);
  const auto beside = [](const Trial& trial) {
    return seconds_of(*trial.strain.machine_cpu - trial.usage.user - trial.usage.system);
  };
  const std::vector<double> more = differences(alone, claim.treatment, beside);
  if (more.empty()) return std::nullopt;
  const double excess = stats::median(more);
  const double saved_inside = saved(plan, claim, alone);
  if (saved_inside <= 0 || excess <= 0 || excess < kHoldingShare * saved_inside) return std::nullopt;
  const double p = stats::sign_flip_test(more, stats::Alternative::greater, {.seed = plan.seed}).p;
  // What else runs on the machine comes and goes, so that few blocks show nothing.
  if (static_cast<int>(more.size()) < kBlocksThatReachLevel || p >= kLevel) return std::nullopt;
  return Diagnostic{
      .kind = DiagnosticKind::work_elsewhere,
      .flag = true,
      .statistic = excess,
      .p = p,
      .note = fmt::format("beside its trials the machine spends {} more CPU time than beside control's, and treatment "
                          "saves {}: a daemon may do its work, which is in no metric",
                          text_of(excess), text_of(saved_inside))};
}

}  // namespace assay::decide
