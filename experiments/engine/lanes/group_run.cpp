#include "experiments/engine/lanes/group_run.hpp"

#include <algorithm>
#include <utility>

#include "core/host/machine/clock.hpp"

namespace assay::engine {
namespace {

bool is_empty(const std::optional<trial::TrialReport>& report) {
  return !report.has_value();
}

bool was_prepared(const std::optional<trial::TrialReport>& report) {
  return report && !is_infrastructure_failure(report->trial.outcome);
}

bool was_not_concluded(const std::optional<trial::TrialReport>& report) {
  return report && report->not_concluded;
}

/// One arm of every block, at once.
std::vector<std::optional<trial::TrialReport>> run_turn(const GroupContext& context, std::span<const BlockOrder> orders,
                                                        ArmIndex arm) {
  context.arms.put_in_place(arm);
  std::vector<trial::SimultaneousTrial> trials;
  for (const BlockOrder& order : orders) {
    const int build = order.number % context.arms.builds_per_arm();
    trials.push_back({.runner = context.lanes.runner(order.cell),
                      .setup = context.arms.setups(order.cell, build)[arm],
                      .padding = order.padding,
                      .cpus = context.lanes.cpus(order.cell)});
  }
  return trial::run_simultaneously(trials, [&] { context.under_way.start({arm}); });
}

}  // namespace

GroupTrials run_group(const GroupContext& context, std::span<const BlockOrder> orders) {
  GroupTrials group{.reports = std::vector<std::vector<trial::TrialReport>>(orders.size())};
  const std::vector<ArmIndex>& arms = orders.front().arms;
  for (std::size_t turn = 0; turn < arms.size(); ++turn) {
    const nanoseconds started = host::monotonic_time();
    std::vector<std::optional<trial::TrialReport>> reports = run_turn(context, orders, arms[turn]);
    if (context.stop() == StopRequest::at_once) {
      group.dropped = {orders.front(), {arms[turn]}, host::monotonic_time() - started};
      return group;
    }
    std::vector<std::optional<Trial>> ended;
    for (const std::optional<trial::TrialReport>& report : reports) {
      ended.push_back(report ? std::optional(report->trial) : std::nullopt);
    }
    context.under_way.end(ended);
    const bool all_ran = std::all_of(reports.begin(), reports.end(), was_prepared);
    const bool is_over = std::any_of(reports.begin(), reports.end(), was_not_concluded);
    for (std::size_t block = 0; block < reports.size(); ++block) {
      if (!is_empty(reports[block])) group.reports[block].push_back(*std::move(reports[block]));
    }
    if (turn + 1 == arms.size()) {
      group.is_whole = all_ran;
    } else if (!all_ran || is_over) {
      group.is_whole = false;
      break;
    }
  }
  return group;
}

}  // namespace assay::engine
