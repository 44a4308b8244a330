#pragma once

#include <string>
#include <vector>

#include "core/record/machine_condition.hpp"
#include "core/units.hpp"

namespace assay::host {

/// Looks at everything that may disturb measuring, twice where only a change tells: swapping, throttling, steal. It
/// changes nothing.
/// \param between  how long to wait between the two looks
/// \param root  put in front of /proc and /sys; empty on the real machine
[[nodiscard]] std::vector<MachineCondition> read_conditions(nanoseconds between, const std::string& root = "");

}  // namespace assay::host
