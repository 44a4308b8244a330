#include "experiments/campaign/idea_ceiling.hpp"

#include <algorithm>
#include <optional>

#include "core/assert.hpp"
#include "core/trial_parts/built_in_metric.hpp"
#include "experiments/decide/baseline/phase_ceiling.hpp"
#include "experiments/record/history/baselines_in_force.hpp"
#include "experiments/record/record_list.hpp"

namespace assay::campaign {
namespace {

using record::BaselineInForce;

std::optional<PhaseCeiling> ceiling_in(const std::vector<BaselineInForce>& baselines, const Plan& plan,
                                       const Cell& cell) {
  const decide::CeilingQuestion question{workload_of(plan, cell).name, state_of(plan, cell).name, plan.phase};
  for (auto baseline = baselines.rbegin(); baseline != baselines.rend(); ++baseline) {
    if (baseline->summary.environment_name != plan.environment_name) continue;
    auto shares = decide::phase_ceiling(std::get<Baseline>(baseline->entry.content), question);
    if (!shares) continue;
    return PhaseCeiling{.baseline = baseline->summary.name,
                        .workload = question.workload,
                        .state = question.state,
                        .phase = question.phase,
                        .share = shares->most,
                        .share_beside = shares->if_beside};
  }
  return std::nullopt;
}

/// Whether the cell could gain this share. Too few runs for an interval forbid nothing.
bool could_gain(const PhaseCeiling& ceiling, double share) {
  return !ceiling.share.interval || ceiling.share.interval->high >= share;
}

}  // namespace

IdeaCeilings idea_ceilings(const record::Lab& lab, const Plan& plan) {
  ASSAY_ASSERT(!plan.phase.empty());
  const std::vector<BaselineInForce> baselines = record::baselines_in_force(lab, record::list_records(lab));
  const std::vector<Cell> all = cells(plan);
  IdeaCeilings ceilings;
  for (const Cell& cell : all) {
    if (auto ceiling = ceiling_in(baselines, plan, cell)) ceilings.cells.push_back(*std::move(ceiling));
  }
  const Metric& primary = plan.metrics.at(primary_metric(plan));
  const bool is_known = !ceilings.cells.empty() && ceilings.cells.size() == all.size();
  if (!is_known || !primary.margin || !measures(primary, BuiltInMetric::wall)) return ceilings;
  ceilings.is_reachable =
      std::any_of(ceilings.cells.begin(), ceilings.cells.end(),
                  [&primary](const PhaseCeiling& ceiling) { return could_gain(ceiling, primary.margin->fraction()); });
  return ceilings;
}

}  // namespace assay::campaign
