#include "experiments/trial/checks/leak_tracker.hpp"

#include <algorithm>
#include <filesystem>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/error.hpp"

namespace assay::trial {

LeakTracker::LeakTracker(const Plan& plan, const Workspace& workspace, host::Launcher& launcher, OnceNotes& notes)
    : plan_(plan), workspace_(workspace), launcher_(launcher), notes_(notes) {}

std::optional<HookFailed> LeakTracker::start(const ArmSetup& setup) {
  watch_.reset();
  listed_in_ = taken_ = {};
  const Check* const check = leak_check(plan_, plan_.workloads[setup.workload]);
  if (check == nullptr) return std::nullopt;
  try {
    watch_.emplace(plan_, std::get<NoLeaksCheck>(check->kind), setup, workspace_, launcher_, notes_);
    return std::nullopt;
  } catch (const Error& error) {
    return HookFailed{check->name, error.what()};
  }
}

void LeakTracker::look(const std::vector<host::Survivor>& survivors, Outcome& outcome) {
  if (!watch_) return;
  try {
    watch_->look(survivors);
  } catch (const Error& error) {
    if (is_measured(outcome)) outcome = HookFailed{std::string(NoLeaksCheck::kName), error.what()};
  }
}

void LeakTracker::judge(const ArmSetup& setup, const std::vector<std::string>& left_in_tmpdir, Trial& trial) {
  std::string text = finish(setup, left_in_tmpdir);
  if (const auto early = early_leaks_.extract({setup.cell, setup.arm}); text.empty() && !early.empty()) {
    text = "before the first block it " + early.mapped();
  }
  if (text.empty()) return;
  if (is_measured(trial.outcome)) {
    trial.outcome = CheckFailed{leak_check(plan_, plan_.workloads[setup.workload])->name, std::move(text)};
  } else {
    trial.notes.push_back(std::move(text));
  }
}

void LeakTracker::keep(const ArmSetup& setup, const std::vector<std::string>& left_in_tmpdir) {
  std::string text = finish(setup, left_in_tmpdir);
  if (text.empty()) return;
  if (setup.arm == kControl) {
    notes_.add("before the first block control " + text);
  } else {
    early_leaks_.try_emplace({setup.cell, setup.arm}, std::move(text));
  }
}

/// "left behind: process 4711 sleep 1000"; empty where nothing was, or nobody watched.
std::string LeakTracker::finish(const ArmSetup& setup, const std::vector<std::string>& left_in_tmpdir) {
  if (!watch_) return "";
  const std::vector<std::string> leaks = watch_->leaks(left_in_tmpdir);
  const std::vector<std::string> changed = changed_by_treatment(setup);
  listed_in_ = watch_->listed_in();
  note_doubts(setup);
  watch_.reset();
  if (!leaks.empty()) return "left behind: " + enumerate(leaks);
  return changed.empty() ? "" : "changed what was there, and control does not: " + enumerate(changed);
}

/// Once for each arm: the first trial after which something is there stands for all.
void LeakTracker::note_doubts(const ArmSetup& setup) {
  const std::vector<std::string> doubts = watch_->doubts();
  if (doubts.empty() || !doubted_.insert({setup.cell, setup.arm}).second) return;
  notes_.add(
      fmt::format("check {}: after a trial of {} there was something new that may be a service's, and so is not "
                  "held against the trial: {}",
                  leak_check(plan_, plan_.workloads[setup.workload])->name, plan_.variable.levels[setup.arm].label,
                  enumerate(doubts)));
}

std::vector<std::string> LeakTracker::changed_by_treatment(const ArmSetup& setup) {
  std::vector<std::string> paths;
  // Arms that are made of sources have folders of their own.
  for (const std::string& path : watch_->changed_files()) {
    paths.push_back(std::filesystem::path(path).lexically_relative(setup.working_directory).string());
  }
  if (setup.arm == kControl) {
    changed_by_control_[setup.cell].insert(paths.begin(), paths.end());
    return {};
  }
  const auto of_control = changed_by_control_.find(setup.cell);
  if (of_control == changed_by_control_.end()) return {};
  std::erase_if(paths, [&](const std::string& path) { return of_control->second.contains(path); });
  return paths;
}

SpentTime LeakTracker::take_listed() {
  const SpentTime all = watch_ ? watch_->listed_in() : listed_in_;
  const SpentTime before = std::exchange(taken_, all);
  return {.wall = all.wall - before.wall, .cpu = all.cpu - before.cpu};
}

std::string enumerate(const std::vector<std::string>& names) {
  constexpr std::size_t kNamed = 3;
  const auto end = names.begin() + static_cast<std::ptrdiff_t>(std::min(names.size(), kNamed));
  const std::string named = fmt::format("{}", fmt::join(names.begin(), end, ", "));
  return names.size() > kNamed ? fmt::format("{} and {} more", named, names.size() - kNamed) : named;
}

}  // namespace assay::trial
