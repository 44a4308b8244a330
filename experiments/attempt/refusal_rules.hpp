#pragma once

#include <optional>

#include "core/plan.hpp"
#include "core/record/refusal.hpp"
#include "experiments/attempt/prior_attempts.hpp"

namespace assay::attempt {

/// Why the attempts that were made before forbid another one: the hypothesis is decided, its attempts are spent, or the
/// protocol asks for more attempts or alpha than the first attempt did. std::nullopt: they allow it.
[[nodiscard]] std::optional<RefusalReason> refusal_by(const PriorAttempts& prior, const Protocol& wanted);

}  // namespace assay::attempt
