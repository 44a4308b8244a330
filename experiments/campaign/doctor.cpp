#include "experiments/campaign/doctor.hpp"

#include <algorithm>
#include <string_view>
#include <thread>
#include <vector>

#include "core/host/machine/conditions.hpp"
#include "core/host/machine/costs.hpp"
#include "core/host/machine/instructions.hpp"
#include "core/host/process/process.hpp"
#include "experiments/campaign/condition_trials.hpp"

namespace assay::campaign {
namespace {

constexpr const char* kCheapestProgram = "/bin/true";
constexpr int kStarts = 60;
constexpr int kSyncs = 15;
constexpr nanoseconds kBetweenLooks = std::chrono::seconds(1);

/// Both ways in turn, so that a drift of the machine meets both.
void time_starts(planning::MeasuringCosts& costs) {
  host::Launcher launcher;
  host::ProcessRequest request;
  request.argv = {kCheapestProgram};
  request.working_directory = "/";
  std::vector<nanoseconds> launched;
  std::vector<nanoseconds> started;
  for (int start = 0; start < kStarts; ++start) {
    launched.push_back(launcher.run(request).usage.wall);
    started.push_back(host::bare_start(kCheapestProgram, 1));
  }
  costs.launched = host::median_of(std::move(launched));
  costs.started = host::median_of(std::move(started));
}

}  // namespace

planning::MeasuringCosts measuring_costs(const std::string& folder) {
  const host::ClockCosts clock = host::clock_costs();
  planning::MeasuringCosts costs{.clock_step = clock.resolution, .clock_reading = clock.reading};
  time_starts(costs);
  costs.synced = host::sync_time(folder, kSyncs);
  return costs;
}

Instructions instructions_here() {
  return host::why_no_instructions().empty() ? Instructions::counted : Instructions::unavailable;
}

definition::Definition observing_work(definition::Definition definition, Instructions instructions) {
  std::vector<std::string_view> observed = {"cpu"};
  if (instructions == Instructions::counted) observed.emplace_back("instructions");
  for (const std::string_view name : observed) {
    const auto is_meant = [name](const Metric& metric) { return metric.name == name; };
    if (std::any_of(definition.metrics.begin(), definition.metrics.end(), is_meant)) continue;
    definition.metrics.push_back(*find_built_in_metric(name));
  }
  return definition;
}

MachineCondition other_measurements() {
  return host::read_other_measurements();
}

planning::Examination examine(planning::SelfComparison comparison, const MachineCondition& others,
                              const std::string& folder, const planning::PlayCount& plays, Extent extent) {
  planning::Examination examination;
  examination.conditions = host::read_conditions([] { std::this_thread::sleep_for(kBetweenLooks); });
  examination.conditions.push_back(others);
  examination.no_instructions = host::why_no_instructions();
  if (extent == Extent::sentence) {
    examination.comparison = std::move(comparison);
    return examination;
  }
  for (const planning::ConditionTrials& trials : condition_trials(examination.conditions)) {
    examination.shares.push_back(planning::condition_share(trials));
  }
  examination.costs = measuring_costs(folder);
  const Plan& plan = comparison.same.plan;
  examination.margin = plan.metrics.at(primary_metric(plan)).margin.value_or(examination.margin);
  examination.needs = planning::metric_needs(plan, comparison.same.blocks, examination.margin);
  examination.played = planning::play_own_noise(comparison.same, plays);
  examination.comparison = std::move(comparison);
  return examination;
}

}  // namespace assay::campaign
