#pragma once

#include <string>

#include "core/plan.hpp"

namespace assay::formats {

/// What makes two plans the same hypothesis whatever they are called: variable, workloads and primary metric, as
/// canonical JSON. Its SHA-256 is the hypothesis' identity.
[[nodiscard]] std::string hypothesis_json(const Plan& plan);

/// The part of `hypothesis_json` that one workload of the plan makes: finds a workload again in another plan for the
/// same hypothesis, whatever it is called there.
[[nodiscard]] std::string workload_identity(const Plan& plan, const Workload& workload);

}  // namespace assay::formats
