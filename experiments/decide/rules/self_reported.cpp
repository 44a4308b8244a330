#include "experiments/decide/rules/self_reported.hpp"

#include <algorithm>
#include <string_view>
#include <variant>
#include <vector>

#include <fmt/format.h>

#include "core/units.hpp"
#include "experiments/decide/blocks/cell_blocks.hpp"
#include "stats/summary.hpp"

namespace assay::decide {
namespace {

/// From this rise of the wall time on it contradicts a time or a speed that the program states, if the margin is less.
constexpr double kSmallestRise = 0.03;
/// The same for a metric whose unit says nothing about time: it may well be bought with a little of it.
constexpr double kClearRise = 0.10;

bool is_of_time(std::string_view unit) {
  return conversion_factor(unit, "s").has_value();
}

/// Whether the values are times or speeds: "ms", "sec", "ns/op", "req/s", "MB/s".
bool states_time(const Metric& metric) {
  const std::string_view unit = metric.unit;
  const std::size_t slash = unit.find('/');
  if (slash == std::string_view::npos) return is_of_time(unit);
  return is_of_time(unit.substr(0, slash)) || is_of_time(unit.substr(slash + 1));
}

/// Whether a smaller or greater value of the metric says nothing about how long its trial lasts: sizes, shares, and
/// whether tests pass.
bool is_apart_from_time(const Metric& metric) {
  return metric.kind == MetricKind::proportion || metric.kind == MetricKind::deterministic || metric.unit == "%" ||
         std::holds_alternative<FileSizeSource>(metric.source) || std::holds_alternative<TestSource>(metric.source) ||
         (!states_time(metric) && conversion_factor(metric.unit, "B").has_value());
}

double notable_rise(const Metric& metric) {
  const double least = states_time(metric) ? kSmallestRise : kClearRise;
  return metric.margin ? std::max(least, metric.margin->value / 100) : least;
}

}  // namespace

std::optional<Diagnostic> contradicted_by_wall(const Plan& plan, const ClaimedSaving& claim,
                                               std::span<const Block> blocks) {
  const Metric& metric = plan.metrics[claim.metric];
  if (std::holds_alternative<BuiltInSource>(metric.source) || is_apart_from_time(metric)) return std::nullopt;
  const bool is_lower_better = metric.direction == Direction::lower;
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
  if (wall.empty()) return std::nullopt;
  const double change = stats::median(stated);
  if (is_lower_better ? change >= 0 : change <= 0) return std::nullopt;
  const double rise = stats::median(wall);
  if (rise < notable_rise(metric)) return std::nullopt;
  return Diagnostic{.kind = DiagnosticKind::wall_rises,
                    .flag = true,
                    .statistic = rise,
                    .note = fmt::format("{}, which the program states itself, {}, but the wall time of its trials rose "
                                        "by {:.3g} %",
                                        metric.name, is_lower_better ? "fell" : "rose", 100 * rise)};
}

}  // namespace assay::decide
