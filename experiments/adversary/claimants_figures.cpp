#include "experiments/adversary/claimants_figures.hpp"

#include <algorithm>
#include <cmath>

#include "experiments/adversary/claimed_ratio.hpp"
#include "experiments/decide/blocks/cell_blocks.hpp"
#include "experiments/decide/challenge/outcome_graders.hpp"

namespace assay::adversary {
namespace {

std::optional<double> finite(double value) {
  return std::isfinite(value) ? std::optional(value) : std::nullopt;
}

const MetricResult* claimed_result(const Record& record, const Claim& claim) {
  for (const Comparison& comparison : record.result.comparisons) {
    if (comparison.cell.workload != claim.workload || comparison.cell.state != claim.state ||
        comparison.treatment.label != claim.treatment) {
      continue;
    }
    for (const MetricResult& result : comparison.metrics) {
      if (result.metric.name == claim.metric.name) return &result;
    }
  }
  return nullptr;
}

std::optional<ArmIndex> arm_called(const Plan& plan, const std::string& label) {
  for (ArmIndex arm = 0; arm < arm_count(plan); ++arm) {
    if (plan.variable.levels[arm].label == label) return arm;
  }
  return std::nullopt;
}

/// The figures of one claim's record. A new kind of claim does not compile without a case.
struct ClaimantsFigures {
  const Record& record;
  const Claim& claim;

  std::optional<MeasuredRange> operator()(const ClaimedRatio&) const { return ratio(); }
  std::optional<MeasuredRange> operator()(const ClaimedNotWorse&) const { return ratio(); }
  std::optional<MeasuredRange> operator()(const ClaimedLimit& limit) const {
    const MetricResult* const result = claimed_result(record, claim);
    if (result == nullptr || result->treatment.count == 0) return std::nullopt;
    const double figure = decide::figure_of(result->treatment, limit.statistic);
    return MeasuredRange{figure, figure};
  }
  std::optional<MeasuredRange> operator()(const ClaimedRate&) const { return share_of_successes(claim.metric); }
  std::optional<MeasuredRange> operator()(const ClaimedCorrectness&) const { return share_of_successes({}); }

  [[nodiscard]] std::optional<MeasuredRange> ratio() const {
    const MetricResult* const result = claimed_result(record, claim);
    if (result == nullptr || !result->effect) return std::nullopt;
    const double one = better_ratio(std::exp(result->effect->interval.low), claim.metric.direction);
    const double other = better_ratio(std::exp(result->effect->interval.high), claim.metric.direction);
    return MeasuredRange{finite(std::min(one, other)), finite(std::max(one, other))};
  }

  [[nodiscard]] std::optional<MeasuredRange> share_of_successes(const ClaimedMetric& counted) const {
    const std::optional<ArmIndex> treatment = arm_called(record.plan, claim.treatment);
    if (!treatment) return std::nullopt;
    int blocks = 0;
    int succeeded = 0;
    for (const Block& block : record.blocks) {
      const NamedCell cell = named_cell(record.plan, block.cell);
      if (cell.workload != claim.workload || cell.state != claim.state || is_void(block)) continue;
      if (decide::trials_of(block, *treatment).empty()) continue;
      ++blocks;
      succeeded += decide::succeeded({record.plan, counted, *treatment}, block) ? 1 : 0;
    }
    if (blocks == 0) return std::nullopt;
    const double share = static_cast<double>(succeeded) / blocks;
    return MeasuredRange{share, share};
  }
};

}  // namespace

std::optional<MeasuredRange> claimants_range(const ChallengeTarget& target) {
  if (!target.record) return std::nullopt;
  return std::visit(ClaimantsFigures{*target.record, target.claim}, target.claim.effect);
}

}  // namespace assay::adversary
