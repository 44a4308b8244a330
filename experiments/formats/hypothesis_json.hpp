#pragma once

#include <string>

#include "core/plan.hpp"

namespace assay::formats {

/// What makes two plans the same hypothesis whatever they are called: variable, workloads and primary metric, as
/// canonical JSON. Its SHA-256 is the hypothesis' identity.
[[nodiscard]] std::string hypothesis_json(const Plan& plan);

}  // namespace assay::formats
