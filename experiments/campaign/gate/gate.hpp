#pragma once

#include <string>
#include <variant>
#include <vector>

#include "core/record/gate.hpp"
#include "core/record/refusal.hpp"
#include "experiments/attempt/experiment.hpp"

namespace assay::campaign {

/// What a gate is to judge.
struct GateRequest {
  std::string folder;              ///< absolute; in the repository
  std::string base;                ///< git revision
  std::string change = "HEAD";     ///< git revision
  std::vector<std::string> files;  ///< experiment files, absolute; empty: those of the base's policy
  attempt::RunOptions running;     ///< no allowance and no telling: a gate is no attempt
  GateBasis basis = GateBasis::interleaved;
};

/// Somebody asked to stop.
struct GateInterrupted {
  GateReport so_far;
};

using GateEnding = std::variant<GateReport, GateInterrupted, Refusal>;

/// Holds a change against the commit at which it left its base. Policy, experiment files, and all other files that
/// judge are those of the base's tip; what the change alters in them is in the report, and is not in force. Each
/// experiment is measured with both commits in turn on this machine; if the earlier one cannot be built any more, the
/// change is held against the stored baseline of the environment, which is weaker evidence. Writes nothing into the
/// repository or its lab. docs/methods/gate.md \throws Error if there is no repository, no such commit or no common
/// history, if the base's policy or one of its experiment files is wrong, or if there is nothing to judge.
[[nodiscard]] GateEnding run_gate(const GateRequest& request, attempt::Observer& observer);

}  // namespace assay::campaign
