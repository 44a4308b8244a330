#include "experiments/decide/baseline/baseline_change.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include <fmt/format.h>

namespace assay::decide {
namespace {

const BaselineCell* find_cell(const BaselineFigures& figures, const BaselineCell& like) {
  const auto found = std::find_if(figures.cells.begin(), figures.cells.end(), [&like](const BaselineCell& cell) {
    return cell.workload == like.workload && cell.state == like.state && cell.measured > 0;
  });
  return found == figures.cells.end() ? nullptr : &*found;
}

bool comes_first(const PhaseChange& left, const PhaseChange& right) {
  if (left.name.empty() != right.name.empty()) return right.name.empty();
  return std::abs(left.after_seconds - left.before_seconds) > std::abs(right.after_seconds - right.before_seconds);
}

/// The time that is in no phase; all of it in a cell without phases.
double rest_of(const BaselineCell& cell) {
  return cell.phases.empty() ? cell.mean_wall_seconds : cell.phases.back().mean_self_seconds;
}

std::vector<PhaseChange> phase_changes(const BaselineCell& before, const BaselineCell& after) {
  if (before.phases.empty() && after.phases.empty()) return {};
  std::map<std::string, PhaseChange> by_name;
  for (const BaselinePhase& phase : before.phases) {
    by_name[phase.name] = {.name = phase.name, .before_seconds = phase.mean_self_seconds, .is_only_before = true};
  }
  for (const BaselinePhase& phase : after.phases) {
    const bool is_new = !by_name.contains(phase.name);
    PhaseChange& change = by_name[phase.name];
    change.name = phase.name;
    change.after_seconds = phase.mean_self_seconds;
    change.is_only_before = false;
    change.is_only_after = is_new;
  }
  by_name[""] = {.name = "", .before_seconds = rest_of(before), .after_seconds = rest_of(after)};
  std::vector<PhaseChange> changes;
  for (auto& [name, change] : by_name) changes.push_back(std::move(change));
  sort_by_size(changes);
  return changes;
}

std::string title_of(const BaselineCell& cell) {
  return fmt::format("{} ({})", cell.workload, cell.state);
}

}  // namespace

void sort_by_size(std::vector<PhaseChange>& changes) {
  std::stable_sort(changes.begin(), changes.end(), comes_first);
}

BaselineChange baseline_change(const BaselinePair& pair) {
  BaselineChange change;
  for (const BaselineCell& before : pair.before.cells) {
    const BaselineCell* const after = find_cell(pair.after, before);
    if (after == nullptr || before.measured == 0) {
      change.unmatched.push_back(title_of(before));
      continue;
    }
    change.cells.push_back({.workload = before.workload,
                            .state = before.state,
                            .before_seconds = before.mean_wall_seconds,
                            .after_seconds = after->mean_wall_seconds,
                            .phases = phase_changes(before, *after)});
  }
  for (const BaselineCell& after : pair.after.cells) {
    if (find_cell(pair.before, after) == nullptr) change.unmatched.push_back(title_of(after));
  }
  std::sort(change.unmatched.begin(), change.unmatched.end());
  change.unmatched.erase(std::unique(change.unmatched.begin(), change.unmatched.end()), change.unmatched.end());
  return change;
}

}  // namespace assay::decide
