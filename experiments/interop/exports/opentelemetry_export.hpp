#pragma once

#include <string>

#include "experiments/interop/attempt_view.hpp"

namespace assay::interop {

/// The attempt as one trace in OpenTelemetry's JSON: a span for the attempt, in it one for each block, in it one for
/// each trial, whose metrics are attributes. Only the start of a block is recorded, so a trial's start is the sum of
/// what the hooks and trials before it took.
[[nodiscard]] std::string opentelemetry_text(const AttemptView& attempt);

}  // namespace assay::interop
