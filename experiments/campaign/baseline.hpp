#pragma once

#include <optional>
#include <string>
#include <variant>

#include "core/record/baseline.hpp"
#include "core/record/baseline_figures.hpp"
#include "core/record/entry.hpp"
#include "core/record/refusal.hpp"
#include "experiments/attempt/experiment.hpp"

namespace assay::campaign {

/// How a baseline is to be measured.
struct BaselineOptions {
  attempt::RunOptions running;  ///< no allowance and no telling: a baseline is no attempt
  int runs = 10;                ///< trials of each workload in each state
  std::string revision;         ///< the commit that is measured; empty: unknown
};

/// The baseline is in the lab's chain.
struct FiledBaseline {
  Entry entry;  ///< whose content is a baseline
  std::string sha256;
  BaselineFigures figures;
};

/// Somebody asked to stop: nothing was recorded.
struct BaselineInterrupted {
  int measured = 0;  ///< trials
  int planned = 0;
};

using BaselineEnding = std::variant<FiledBaseline, BaselineInterrupted, Refusal>;

/// Runs only the control arm of an experiment, every workload in every state, under the measuring lock; hooks, states,
/// checks and proofs are those of a run. The cells take turns, so that no cell has all the bad minutes of a machine. A
/// trial that is void is run again, a few times. The result is recorded as an entry, which replaces the lab's baseline
/// of the same experiment in the same environment; the old record stays. docs/methods/baselines.md \throws Error if the
/// arm cannot be built or set up, or the lab cannot be written.
[[nodiscard]] BaselineEnding measure_baseline(const attempt::ExperimentFile& experiment, const BaselineOptions& options,
                                              attempt::Observer& observer);

}  // namespace assay::campaign
