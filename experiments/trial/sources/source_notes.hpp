#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/host/source/clone.hpp"
#include "core/plan.hpp"

namespace assay::trial {

/// A made arm: what messages call it, and where the paths of workloads start.
struct ArmFolder {
  std::string name;  ///< "treatment (HEAD, 9c01d24e51)"
  std::string folder;
};

/// Whether arms are checked out with this step.
[[nodiscard]] bool asks_for(const SourceBuild& source, CheckoutStep step);

/// One line on what an arm's folder lacks of its commit, and on how to get it.
[[nodiscard]] std::string note_on(const host::CheckoutGap& gap, const std::string& arm, const SourceBuild& source);

/// One line on each file that a command names and that some arms have and others lack: the benchmark may be younger
/// than one of the commits.
[[nodiscard]] std::vector<std::string> notes_on_missing_files(const std::vector<Workload>& workloads,
                                                              const std::vector<ArmFolder>& arms);

}  // namespace assay::trial
