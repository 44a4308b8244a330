#pragma once

#include "core/plan.hpp"
#include "core/result/result.hpp"

namespace assay::decide {

/// True if a treatment that shares something still awaits the challenge of its isolation: it has passed none in this
/// cell, or none that was shown able to fail (docs/methods/checks.md).
[[nodiscard]] bool awaits_isolation(const Plan& plan, const AuditResult& audit, const Comparison& comparison);

}  // namespace assay::decide
