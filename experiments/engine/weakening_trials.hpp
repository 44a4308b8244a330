#pragma once

#include <vector>

#include "core/result/audit_result.hpp"
#include "core/stop_request.hpp"

namespace assay::engine {

struct LocalSession;

/// Looks whether treatment weakens what judges it, after the last block of a challenge. In the claim's cell:
///
/// - the plan's faults are planted into control and into treatment (`PlantTrials`)
/// - treatment is judged with control's versions of the files of the change that checks and hooks read. If control
///   passes with them, and treatment passes only with its own, treatment itself is a fault that control's checks catch
/// - what arms that were broken on purpose showed before the first block is added (`LocalSession::break_arms`)
///
/// Names the files that checks read in the session's `harness.changed`. \returns nothing if somebody asks to stop
/// meanwhile. Cost: see `PlantTrials` and `probe_harness`.
[[nodiscard]] std::vector<TriedPlant> try_weakening(LocalSession& session, const StopSignal& stop);

}  // namespace assay::engine
