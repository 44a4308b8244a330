#include "experiments/planning/examination.hpp"

#include <algorithm>
#include <cmath>
#include <string_view>

#include "core/units.hpp"
#include "experiments/design/value_plan.hpp"
#include "experiments/planning/simulation/recorded_trace.hpp"
#include "stats/planner.hpp"
#include "stats/summary.hpp"

namespace assay::planning {
namespace {

constexpr std::size_t kFewestPlayedBlocks = 6;
/// The cost of a play grows with the square of its blocks.
constexpr int kMostBlocks = 60;

/// The metric's value in the block's trial of that arm; nothing if it has none above 0.
std::optional<double> value_of(const Block& block, ArmIndex arm, std::size_t metric) {
  for (const Trial& trial : block.trials) {
    if (trial.arm != arm || !is_measured(trial.outcome) || metric >= trial.values.size()) continue;
    const std::optional<double> value = trial.values[metric];
    if (value && *value > 0) return value;
  }
  return std::nullopt;
}

std::vector<double> block_effects(const std::vector<Block>& blocks, std::size_t metric) {
  std::vector<double> effects;
  for (const Block& block : blocks) {
    if (block.cell != 0 || is_void(block)) continue;
    const std::optional<double> control = value_of(block, kControl, metric);
    const std::optional<double> treatment = value_of(block, 1, metric);
    if (control && treatment) effects.push_back(std::log(*treatment / *control));
  }
  return effects;
}

constexpr std::string_view kInstructions = "instructions";

/// Whether the metric says how much a trial does, as the primary metric does: in units of the same quantity or, if that
/// is time, in instructions.
bool is_comparable(const Metric& metric, const std::string& unit) {
  if (metric.unit == unit || conversion_factor(metric.unit, unit)) return true;
  return metric.name == kInstructions && (unit == "s" || conversion_factor("s", unit));
}

/// The planner's estimate or, where ties make that 0, the standard deviation.
double noise_of(const std::vector<double>& effects) {
  const double tau = stats::estimate_tau(effects);
  return tau > 0 ? tau : stats::summarise(effects, 0).standard_deviation;
}

}  // namespace

std::vector<MetricNeed> metric_needs(const Plan& plan, const std::vector<Block>& blocks, Percent margin) {
  const stats::PlanningLevels levels{
      .alpha = plan.protocol.alpha, .alpha_equivalence = plan.protocol.alpha_equivalence, .power = plan.protocol.power};
  const std::string& unit = plan.metrics.at(primary_metric(plan)).unit;
  std::vector<MetricNeed> needs;
  for (std::size_t metric = 0; metric < plan.metrics.size(); ++metric) {
    if (!is_comparable(plan.metrics[metric], unit)) continue;
    // CPU times may be 0, so their kind is difference; where they are not, their ratio is as good as that of wall
    // times.
    const MetricKind kind = plan.metrics[metric].kind;
    if (kind == MetricKind::proportion || kind == MetricKind::deterministic) continue;
    const std::vector<double> effects = block_effects(blocks, metric);
    if (effects.size() < kFewestPlayedBlocks) continue;
    const double tau = noise_of(effects);
    if (tau <= 0 && plan.metrics[metric].name == kInstructions) {  // often the very same number in each trial
      needs.push_back({plan.metrics[metric].name, 0, static_cast<int>(kFewestPlayedBlocks)});
    }
    if (tau <= 0) continue;
    needs.push_back(
        {plan.metrics[metric].name, tau, stats::blocks_to_detect(tau, std::log1p(margin.fraction()), levels)});
  }
  std::stable_sort(needs.begin(), needs.end(),
                   [](const MetricNeed& left, const MetricNeed& right) { return left.blocks < right.blocks; });
  return needs;
}

std::optional<PlaySummary> play_own_noise(const decide::JudgedAttempt& attempt, const PlayCount& count) {
  Trace trace = recorded_trace(attempt.plan, attempt.blocks);
  const bool has_noise = std::any_of(trace.groups.begin(), trace.groups.end(),
                                     [](const std::vector<double>& group) { return group.size() >= 4; });
  if (!has_noise) return std::nullopt;
  Protocol protocol = attempt.plan.protocol;
  protocol.max_blocks = std::min(protocol.max_blocks, kMostBlocks);
  const Plan plan = design::value_plan({.id = "doctor",
                                        .control = "control",
                                        .treatment = "control again",
                                        .metric = attempt.plan.metrics.at(primary_metric(attempt.plan)),
                                        .protocol = protocol,
                                        .seed = attempt.plan.seed});
  const Play play{.plan = plan, .noise = trace_noise(std::move(trace)), .shift = Percent{0}};
  return summarise(play, play_attempts(play, count));
}

double false_claims(const PlaySummary& played) {
  const auto share = [&](Verdict verdict) {
    const auto found = played.shares.find(verdict);
    return found == played.shares.end() ? 0.0 : found->second;
  };
  return share(Verdict::improved) + share(Verdict::regressed);
}

}  // namespace assay::planning
