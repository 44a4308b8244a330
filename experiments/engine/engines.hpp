#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/host/files/file_swap.hpp"
#include "core/plan.hpp"
#include "experiments/engine/engine.hpp"

namespace assay::engine {

/// What an engine is made with.
struct EngineOptions {
  const Plan& plan;  ///< must outlive the engine
  std::string
      lock_path;  ///< the measuring lock's file: trials hand it on, so that an assay in a trial inherits the lock
  StepSink step;
  std::string build_logs = {};         ///< absolute: the folder for logs of builds; empty: only failed ones are kept
  host::RestorationSink on_edit = {};  ///< receives where an edit of the variable's file is kept, at the latest when
                                       ///< the engine is destroyed
};

/// Makes the engine of the plan by its name: `Plan::engine`, or "simulated" if the plan has a simulation.
/// \throws Error if there is no engine of that name, or it cannot be made.
[[nodiscard]] std::unique_ptr<Engine> make_engine(EngineOptions options);

/// The names of all engines.
[[nodiscard]] std::vector<std::string_view> engine_names();

}  // namespace assay::engine
