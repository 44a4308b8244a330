#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/record/machine_condition.hpp"

namespace assay::host {

/// Looks at everything that may disturb measuring, twice where only a change tells: swapping, throttling, steal. It
/// changes nothing. Other measurements are not among them: whoever measures holds the lock that would show them.
/// \param between_looks  called between the two looks; it waits a while
/// \param root  put in front of /proc and /sys; empty on the real machine
[[nodiscard]] std::vector<MachineCondition> read_conditions(const std::function<void()>& between_looks,
                                                            const std::string& root = "");

/// Whether another process measures on this host now, also with a lock in another folder. Look before you take the
/// measuring lock.
/// \param root  put in front of /proc to search for locks in other folders; empty on the real machine
[[nodiscard]] MachineCondition read_other_measurements(const std::string& root = "");

}  // namespace assay::host
