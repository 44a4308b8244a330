#include "experiments/decide/rules/controls_cpu.hpp"

#include <vector>

#include <fmt/format.h>

#include "core/units.hpp"
#include "experiments/decide/baseline/baseline_samples.hpp"
#include "experiments/decide/blocks/cell_blocks.hpp"
#include "experiments/decide/rules/more_often.hpp"
#include "stats/summary.hpp"

namespace assay::decide {
namespace {

/// What the clocks of the kernel may differ by.
constexpr double kShareOfWall = 1.05;
constexpr double kMoment = 0.005;

double seconds_beyond_wall(const Trial& trial) {
  return seconds_of(trial.usage.user + trial.usage.system) - seconds_of(trial.usage.wall);
}

bool is_beyond_one_cpu(const Trial& trial) {
  const double wall = seconds_of(trial.usage.wall);
  return seconds_beyond_wall(trial) > (kShareOfWall - 1) * wall + kMoment;
}

}  // namespace

std::optional<Diagnostic> runs_on_controls_cpu(const Plan& plan, ArmIndex treatment, std::span<const Block> blocks) {
  if (plan.protocol.design != Design::duet) return std::nullopt;
  if (!is_more_often(blocks, {.more = treatment, .less = kControl}, is_beyond_one_cpu)) return std::nullopt;
  std::vector<double> beyond;
  for (const Block& block : blocks) {
    for (const Trial* trial : trials_of(block, treatment)) beyond.push_back(seconds_beyond_wall(*trial));
  }
  const double median = stats::median(beyond);
  const auto text = format_duration(nanoseconds(static_cast<std::int64_t>(median * 1e9)));
  return Diagnostic{
      .kind = DiagnosticKind::work_elsewhere,
      .flag = true,
      .statistic = median,
      .p = {},
      .note = fmt::format("treatment's trials use {} more CPU time than the one CPU has to which a trial "
                          "of a duet is bound: they ran on control's CPU and slowed control down: not kept",
                          text)};
}

}  // namespace assay::decide
