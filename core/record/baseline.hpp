#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/plan.hpp"
#include "core/record/machine.hpp"
#include "core/trial.hpp"
#include "core/units.hpp"

namespace assay {

/// What the kernel counted while the spans of one phase were open. What lies within them counts, too.
struct PhaseUse {
  nanoseconds open{};                      ///< the lengths of its spans, added up
  nanoseconds cpu{};                       ///< time of processors
  std::optional<nanoseconds> io = {};      ///< in which it waited for storage
  std::optional<nanoseconds> memory = {};  ///< in which it waited for memory
  friend bool operator==(const PhaseUse&, const PhaseUse&) = default;
};

/// The time of one phase in one trial: that of all its spans with one name.
struct PhaseTime {
  std::string name;
  std::int64_t spans = 0;
  nanoseconds self{};   ///< in which no other span was open within them; phases that run at once share it
  nanoseconds total{};  ///< in which at least one of them was open
  nanoseconds alone{};  ///< of `total`: in which every innermost span lay within one of them, so that nothing else went
                        ///< on; no run gets faster than by this if the phase takes no time
  std::optional<PhaseUse> use = {};  ///< std::nullopt: some of its spans do not report it
  friend bool operator==(const PhaseTime&, const PhaseTime&) = default;
};

/// What a trial reported of its phases. The self times and the rest add up to the trial's wall time, to the nanosecond.
struct PhaseTimes {
  std::vector<PhaseTime> phases;        ///< in byte order of their names
  nanoseconds rest{};                   ///< wall time in which no span was open
  std::int64_t refused = 0;             ///< lines and spans that are none; they are in no phase
  std::vector<std::string> objections;  ///< why the first few of them were refused
  friend bool operator==(const PhaseTimes&, const PhaseTimes&) = default;
};

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
