#include "experiments/report/naming.hpp"

#include <fmt/format.h>

#include "core/assert.hpp"
#include "core/text/utf8.hpp"
#include "experiments/report/quantity.hpp"

namespace assay::report {

std::string arm_name(const Plan& plan, ArmIndex arm) {
  const std::string& label = plan.variable.levels.at(arm).label;
  if (!label.empty()) return printable(label);
  return arm == kControl ? "control" : "treatment";
}

ArmNames arm_names(const Plan& plan, const Comparison& comparison) {
  return {arm_name(plan, kControl), arm_name(plan, comparison.treatment)};
}

std::string cell_title(const Plan& plan, std::size_t cell) {
  const std::vector<Cell> all = cells(plan);
  return all.size() > 1 ? printable(cell_name(plan, all.at(cell))) : "";
}

std::string units_text(const Plan& plan, int count) {
  if (is_costly(plan.protocol.design)) return count_text(count, "trial") + " of each arm";
  return count_text(count, unit_name(plan.protocol.design));
}

std::string fresh_text(const Plan& plan, int count) {
  return count_text(count, fmt::format("fresh {}", unit_name(plan.protocol.design)));
}

std::string out_of_text(const Plan& plan, int count, int cap) {
  if (cap == kNoCap) return units_text(plan, count);
  return fmt::format("{} of at most {}", count, units_text(plan, cap));
}

std::string extent_text(const Plan& plan, const Comparison& comparison) {
  if (comparison.fresh_blocks == 0) return units_text(plan, comparison.blocks);
  return fmt::format("{} after {}", fresh_text(plan, comparison.fresh_blocks),
                     comparison.blocks - comparison.fresh_blocks);
}

const Metric& metric_of(const Plan& plan, const MetricResult& result) {
  return plan.metrics.at(result.metric);
}

const MetricResult& primary_result(const Comparison& comparison) {
  ASSAY_ASSERT(!comparison.metrics.empty());
  return comparison.metrics.front();
}

bool is_exact(const MetricResult& result) {
  return result.effect && result.effect->estimator == "exact";
}

}  // namespace assay::report
