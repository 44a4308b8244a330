#pragma once

#include "core/record/baseline.hpp"

namespace assay::record {

/// A baseline of "deploy" in "local": one workload "site", cold and warm, ten runs each. A run takes 100 ms warm and
/// 200 ms cold and one ms more each time; half of it is in the phase "pull", a fifth in "start", the rest in none.
[[nodiscard]] Baseline sample_baseline();

}  // namespace assay::record
