#pragma once

#include <string>
#include <vector>

#include "core/plan.hpp"
#include "core/record/baseline.hpp"
#include "core/stop_request.hpp"
#include "experiments/attempt/experiment.hpp"
#include "experiments/engine/engine.hpp"

namespace assay::campaign {

/// What was measured, so far as it got.
struct MeasuredTrials {
  std::vector<BaselineTrial> trials;
  std::vector<std::string> changes;  ///< as in `Baseline`
  std::vector<std::string> notes;
  bool interrupted = false;
};

/// How many trials a session runs.
struct SessionSize {
  int runs = 0;         ///< of each cell, void ones not counted
  int most_reruns = 3;  ///< of a void trial; then the cell gets no more
};

/// Runs the control arm of a plan on an engine that has only this arm.
class BaselineSession {
 public:
  /// All must outlive it.
  BaselineSession(const Plan& plan, SessionSize size, attempt::Observer& observer, const StopSignal& stop);

  /// \throws Error if the arm cannot be built or set up.
  [[nodiscard]] MeasuredTrials run(engine::Engine& engine);

 private:
  void measure(engine::Engine& engine);
  /// Runs one trial, and again if it is void.
  void measure(engine::Engine& engine, std::size_t cell, int number);
  void take_block(Block block);
  void pass_on_notes(engine::Engine& engine);
  [[nodiscard]] std::vector<attempt::CellProgress> progress() const;

  const Plan& plan_;
  SessionSize size_;
  attempt::Observer& observer_;
  const StopSignal& stop_;
  std::vector<int> done_;     ///< by cell: trials that are not void
  std::vector<bool> closed_;  ///< by cell: too many void ones
  MeasuredTrials measured_;
};

}  // namespace assay::campaign
