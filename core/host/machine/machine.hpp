#pragma once

#include "core/record/machine.hpp"

namespace assay::host {

/// Reads what the kernel reports about this machine. Whatever cannot be read stays empty. Cost: about 1 ms.
[[nodiscard]] Machine read_machine();

}  // namespace assay::host
