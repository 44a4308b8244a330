#pragma once

#include "core/record/machine.hpp"
#include "core/result/audit_result.hpp"

namespace assay::engine {

/// A machine that runs blocks, as the audit names it: by its host name.
[[nodiscard]] ClusterNode node_of(const Machine& machine);

}  // namespace assay::engine
