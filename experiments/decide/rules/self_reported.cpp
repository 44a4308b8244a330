#include "experiments/decide/rules/self_reported.hpp"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "experiments/decide/blocks/cell_blocks.hpp"
#include "stats/summary.hpp"

namespace assay::decide {
namespace {

constexpr double kSmallestRise = 0.03;

bool is_stated_time(const Metric& metric) {
  if (std::holds_alternative<BuiltInSource>(metric.source) || metric.direction != Direction::lower) return false;
  for (const char* unit : {"s", "ms", "us", "µs", "ns", "min", "h"}) {
    if (metric.unit == unit) return true;
  }
  return false;
}

}  // namespace

std::optional<Diagnostic> contradicted_by_wall(const Plan& plan, const ClaimedSaving& claim,
                                               std::span<const Block> blocks) {
  const Metric& metric = plan.metrics[claim.metric];
  if (!is_stated_time(metric)) return std::nullopt;
  std::vector<double> wall;
  std::vector<double> stated;
  for (const Block& block : blocks) {
    const std::vector<const Trial*> control = trials_of(block, kControl);
    const std::vector<const Trial*> treatment = trials_of(block, claim.treatment);
    if (control.empty() || treatment.empty()) continue;
    const Trial& before = *control.front();
    const Trial& after = *treatment.front();
    if (!is_measured(before.outcome) || !is_measured(after.outcome)) continue;
    const std::optional<double> one = before.values[claim.metric];
    const std::optional<double> other = after.values[claim.metric];
    if (!one || !other || before.usage.wall.count() <= 0) continue;
    stated.push_back(*other - *one);
    wall.push_back(static_cast<double>(after.usage.wall.count()) / static_cast<double>(before.usage.wall.count()) - 1);
  }
  if (wall.empty() || stats::median(stated) >= 0) return std::nullopt;
  const double rise = stats::median(wall);
  const double notable = metric.margin ? std::max(kSmallestRise, metric.margin->value / 100) : kSmallestRise;
  if (rise < notable) return std::nullopt;
  return Diagnostic{
      .kind = DiagnosticKind::wall_rises,
      .flag = true,
      .statistic = rise,
      .note = fmt::format("{}, which the program states itself, fell, but the wall time of its trials rose "
                          "by {:.3g} %",
                          metric.name, 100 * rise)};
}

}  // namespace assay::decide
