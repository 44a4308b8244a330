#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/plan.hpp"
#include "core/record/machine.hpp"
#include "core/trial.hpp"
#include "core/trial_parts/phase_times.hpp"
#include "core/units.hpp"

namespace assay {

/// One trial of a baseline.
struct BaselineTrial {
  std::size_t cell = 0;         ///< index into `cells(plan)`
  int number = 1;               ///< counts from 1 within the cell
  int rerun = 0;                ///< how often this number was started before and came out void
  std::int64_t started_ns = 0;  ///< Unix time
  int padding = 0;              ///< bytes of environment padding
  Trial trial;
  PhaseTimes phases;
  friend bool operator==(const BaselineTrial&, const BaselineTrial&) = default;
};

/// What an experiment's control arm takes in one environment, workload by workload and state by state.
struct Baseline {
  std::string replaces;  ///< SHA-256 of the record of the baseline before, in the same environment; empty: none
  std::string revision;  ///< commit of the repository that holds the experiment; empty if there is none
  std::string file;      ///< the experiment's file, from the lab's root; empty: it is outside
  int runs = 0;          ///< trials of each cell that were asked for
  Plan plan;             ///< as frozen; only its control arm was run
  Machine machine;
  std::vector<BaselineTrial> trials;  ///< all of them, in the order in which they ended
  std::vector<std::string> changes;   ///< what changed while it was measured, and should not have
  std::vector<std::string> notes;
  friend bool operator==(const Baseline&, const Baseline&) = default;
};

}  // namespace assay
