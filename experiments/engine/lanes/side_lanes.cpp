#include "experiments/engine/lanes/side_lanes.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/budget.hpp"
#include "core/engine/weight.hpp"
#include "core/error.hpp"
#include "core/host/machine/cpus.hpp"
#include "core/host/process/signals.hpp"

namespace assay::engine {
namespace {

static_assert(kMostSideBySide <= host::kMostWatchedLaunchers);

const Workload& workload_of_cell(const Plan& plan, std::size_t cell) {
  return workload_of(plan, cells(plan).at(cell));
}

std::string names_of(const Plan& plan, const std::vector<std::size_t>& group) {
  std::vector<std::string> names;
  for (const std::size_t cell : group) names.push_back(workload_of_cell(plan, cell).name);
  return fmt::format("{}", fmt::join(names, " and "));
}

void require_time(const Plan& plan, const std::vector<std::size_t>& group) {
  constexpr double kRounding = 1e-9;
  const double needed = weight_of(plan, group).cpus;
  const std::optional<double> there = host::cpus_for_trials();
  if (!there || needed <= *there + kRounding) return;
  throw Error(
      fmt::format("{} run side by side and weigh {}, and this machine lets trials have {}: use a machine like "
                  "the one that the attempt was planned on",
                  names_of(plan, group), format_part(BudgetPart::cpus, needed), format_part(BudgetPart::cpus, *there)));
}

/// "side by side: a on CPU 0; b on CPUs 1, 2", "alone: c on CPU 0". Empty for one workload that has all CPUs.
std::string cpus_note(const Plan& plan, const std::vector<std::size_t>& group,
                      const std::vector<std::vector<int>>& cpus) {
  std::vector<std::string> parts;
  for (const std::size_t cell : group) {
    parts.push_back(cpus[cell].empty() ? workload_of_cell(plan, cell).name
                                       : fmt::format("{} on CPU{} {}", workload_of_cell(plan, cell).name,
                                                     cpus[cell].size() == 1 ? "" : "s", fmt::join(cpus[cell], ", ")));
  }
  const bool is_bound = are_bound(plan, group);
  if (group.size() == 1) return is_bound ? "alone: " + parts.front() : "";
  return fmt::format("side by side: {}{}", fmt::join(parts, "; "), is_bound ? "" : ", on the same CPUs");
}

}  // namespace

std::vector<std::vector<int>> cpus_of_group(const Plan& plan, const std::vector<std::size_t>& group,
                                            const std::vector<int>& usable) {
  std::vector<int> left = usable;
  for (const std::size_t cell : group) {
    const Workload& workload = workload_of_cell(plan, cell);
    for (const int cpu : workload.limits.cpus) {
      if (std::erase(left, cpu) == 1) continue;
      throw Error(
          fmt::format("workload {}: limits.cpus names CPU {}, which this process may not use", workload.name, cpu));
    }
  }
  std::vector<std::vector<int>> all(group.size());
  if (!are_bound(plan, group)) return all;
  for (std::size_t place = 0; place < group.size(); ++place) {
    const Workload& workload = workload_of_cell(plan, group[place]);
    all[place] = workload.limits.cpus;
    if (!all[place].empty()) continue;
    const auto wanted = static_cast<std::size_t>(weight_of(workload).cpus);
    if (wanted > left.size()) {
      throw Error(
          fmt::format("{} run side by side, and there are too few CPUs: {} of {} for {}: use a machine like the "
                      "one that the attempt was planned on",
                      names_of(plan, group), left.size(), wanted, workload.name));
    }
    const auto end = std::next(left.begin(), static_cast<std::ptrdiff_t>(wanted));
    all[place].assign(left.begin(), end);
    left.erase(left.begin(), end);
  }
  return all;
}

SideLanes::Lane::Lane(const Plan& plan, const std::string& lock_path, const std::string& hidden_folder,
                      trial::SpanUse span_use)
    : launcher(hidden_folder), workspace(plan, lock_path, span_use), runner(plan, launcher, workspace) {}

SideLanes::SideLanes(const Plan& plan, FirstLane first, const std::string& hidden_folder, trial::SpanUse span_use)
    : plan_(plan), first_(first), lanes_(cells(plan).size()), cpus_(cells(plan).size()) {
  const std::vector<int> usable = host::one_of_each_core_first(host::usable_cpus());
  for (const std::vector<std::size_t>& group : plan.groups) {
    require_time(plan, group);
    const std::vector<std::vector<int>> cpus = cpus_of_group(plan, group, usable);
    for (std::size_t place = 0; place < group.size(); ++place) {
      cpus_[group[place]] = cpus[place];
      lanes_[group[place]] = place;
    }
    if (std::string note = cpus_note(plan, group, cpus_); !note.empty()) notes_.push_back(std::move(note));
    while (others_.size() + 1 < group.size()) {
      others_.emplace_back(plan, first.workspace.resources().lock_path, hidden_folder, span_use);
    }
  }
}

host::Launcher& SideLanes::launcher(std::size_t cell) {
  const std::size_t lane = lanes_.at(cell);
  return lane == 0 ? first_.launcher : others_.at(lane - 1).launcher;
}

trial::TrialRunner& SideLanes::runner(std::size_t cell) {
  const std::size_t lane = lanes_.at(cell);
  return lane == 0 ? first_.runner : others_.at(lane - 1).runner;
}

std::vector<trial::SessionResources> SideLanes::resources() const {
  std::vector<trial::SessionResources> all;
  for (const std::size_t lane : lanes_) {
    all.push_back((lane == 0 ? first_.workspace : others_.at(lane - 1).workspace).resources());
  }
  return all;
}

std::vector<host::Launcher*> SideLanes::launchers() {
  std::vector<host::Launcher*> all = {&first_.launcher};
  for (Lane& lane : others_) all.push_back(&lane.launcher);
  return all;
}

std::vector<std::string> SideLanes::changed_surroundings() const {
  std::vector<std::string> all = first_.runner.changed_surroundings();
  for (const Lane& lane : others_) {
    for (std::string& changed : lane.runner.changed_surroundings()) all.push_back(std::move(changed));
  }
  return all;
}

std::vector<std::string> SideLanes::take_notes() {
  std::vector<std::string> notes = std::exchange(notes_, {});
  const auto add = [&notes](std::vector<std::string> of_lane) {
    for (std::string& note : of_lane) {
      if (std::find(notes.begin(), notes.end(), note) == notes.end()) notes.push_back(std::move(note));
    }
  };
  add(first_.runner.take_notes());
  for (Lane& lane : others_) add(lane.runner.take_notes());
  return notes;
}

}  // namespace assay::engine
