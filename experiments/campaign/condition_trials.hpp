#pragma once

#include <vector>

#include "experiments/planning/condition_share.hpp"

namespace assay::campaign {

/// Tries, one by one, the conditions of a machine that can be switched for a single trial without changing anything
/// lasting, with a short shell loop in pairs:
/// - aslr: the same program with and without random addresses, if the kernel randomises them and lets this process not;
/// - load: beside a busy process on another CPU, and alone;
/// - smt: the same on the other thread of the trial's core, if it has one that this process may use;
/// - governor: after a rest of 50 ms, and right behind other work: what the clock frequency, idle states and caches
///   cost the first trial.
/// Other conditions cannot be told apart in this way and are left out. Cost: about 3 s.
[[nodiscard]] std::vector<planning::ConditionTrials> condition_trials(const std::vector<MachineCondition>& conditions);

}  // namespace assay::campaign
