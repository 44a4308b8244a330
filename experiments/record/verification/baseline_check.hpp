#pragma once

#include <optional>
#include <string>

#include "core/record/baseline.hpp"

namespace assay::record {

/// What is wrong with a baseline by itself: a trial of a cell that its plan does not have, phases and rest that do not
/// add up to the wall time, a padding that the seed does not give, values that are not those of the kernel.
[[nodiscard]] std::optional<std::string> flaw_in_baseline(const Baseline& baseline);

}  // namespace assay::record
