#pragma once

#include <optional>
#include <string>

#include "core/plan.hpp"

namespace assay::engine {

/// Why blocks of the plan cannot run on several nodes at once, and what to do instead; std::nullopt if they can.
[[nodiscard]] std::optional<std::string> cluster_objection(const Plan& plan);

}  // namespace assay::engine
