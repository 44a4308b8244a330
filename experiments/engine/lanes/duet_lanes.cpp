#include "experiments/engine/lanes/duet_lanes.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/host/machine/cgroups.hpp"

namespace assay::engine {
namespace {

/// With less time than that of two CPUs, each arm would wait for the other.
void check_time_of_cpus() {
  const std::map<std::string, std::string> limits = host::read_cgroup_limits("");
  const auto time = limits.find("cpus");
  if (time == limits.end() || std::stod(time->second) >= 2) return;
  throw Error(fmt::format(
      "the design duet runs both arms at once, and the control group allows the time of {} CPUs: allow two, or use "
      "design = \"blocks\"",
      time->second));
}

/// The CPUs that the workload names, or else two of those that this process may use.
host::CpuPair cpus_of(const Workload& workload) {
  const std::vector<int> usable = host::usable_cpus();
  const std::vector<int>& named = workload.limits.cpus;
  for (const int cpu : named) {
    if (std::binary_search(usable.begin(), usable.end(), cpu)) continue;
    throw Error(
        fmt::format("workload {}: limits.cpus names CPU {}, which this process may not use", workload.name, cpu));
  }
  if (const auto pair = host::choose_cpu_pair(named.empty() ? usable : named)) return *pair;
  throw Error(fmt::format(
      "the design duet runs both arms at once, on a CPU each, and this process may use only CPU {}: allow it two "
      "(taskset, the control group's CPU set), or use design = \"blocks\"",
      usable.empty() ? 0 : usable.front()));
}

std::string description_of(const host::CpuPair& cpus) {
  std::string names = fmt::format("duet on CPUs {} and {}", cpus.first, cpus.second);
  if (!cpus.share_core) return names;
  return names +
         ", two threads of one core, which the arms divide between them: name CPUs of two cores in limits.cpus where "
         "there are any";
}

/// The setup of an arm that runs in this lane. The names of the folders have equal length.
trial::ArmSetup in_lane(trial::ArmSetup setup, const trial::SessionResources& lane) {
  if (setup.own_variables.contains("TMPDIR")) setup.environment["TMPDIR"] = lane.temporary_folder;
  if (!setup.spans_file.empty()) {
    setup.spans_file = lane.spans_file;
    setup.environment["ASSAY_SPANS"] = lane.spans_file;
  }
  return setup;
}

}  // namespace

DuetLanes::DuetLanes(const Plan& plan, trial::TrialRunner& first, const trial::Workspace& first_workspace,
                     const std::string& hidden_folder)
    : first_(first),
      second_launcher_(hidden_folder),
      second_workspace_(0, first_workspace.resources().lock_path),
      second_(plan, second_launcher_, second_workspace_) {
  check_time_of_cpus();
  for (const Workload& workload : plan.workloads) {
    cpus_.push_back(cpus_of(workload));
    std::string description = description_of(cpus_.back());
    if (std::find(notes_.begin(), notes_.end(), description) == notes_.end()) notes_.push_back(std::move(description));
  }
}

std::vector<trial::TrialReport> DuetLanes::run(const std::array<const trial::ArmSetup*, 2>& arms, int padding,
                                               const trial::Between& starts) {
  const host::CpuPair& cpus = cpus_[arms[0]->workload];
  const trial::ArmSetup in_second = in_lane(*arms[1], second_workspace_.resources());
  std::vector<trial::TrialReport> reports;
  for (std::optional<trial::TrialReport>& report :
       trial::run_simultaneously({{first_, *arms[0], padding, {cpus.first}, cpus.first},
                                  {second_, in_second, padding, {cpus.second}, cpus.second}},
                                 starts)) {
    if (report) reports.push_back(*std::move(report));
  }
  return reports;
}

std::vector<std::string> DuetLanes::take_notes() {
  std::vector<std::string> notes = std::exchange(notes_, {});
  for (std::string& note : second_.take_notes()) notes.push_back(std::move(note));
  return notes;
}

}  // namespace assay::engine
