#pragma once

#include <string>

#include "core/record/claim.hpp"

namespace assay::report {

/// What is claimed, in one line: "wall of par (build, warm), parallel against serial: at least 4.00x better, which is
/// at least 75.0 % lower".
[[nodiscard]] std::string claim_headline(const Claim& claim);

/// The effect alone: "at least 4.00x better, which is at least 75.0 % lower", "median at most 1.00 ms".
[[nodiscard]] std::string claimed_effect_text(const ClaimedMetric& metric, const ClaimedEffect& effect);

}  // namespace assay::report
