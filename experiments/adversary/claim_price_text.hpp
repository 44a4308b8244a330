#pragma once

#include <string>

#include <nlohmann/json_fwd.hpp>

#include "experiments/adversary/claim_price.hpp"

namespace assay::adversary {

/// What a challenge would need, in lines for a person.
[[nodiscard]] std::string price_text(const ClaimPrice& price);
[[nodiscard]] nlohmann::json price_json(const ClaimPrice& price);
/// What a challenge of a claim without a price takes, and why nothing more is known, in a line or two.
[[nodiscard]] std::string no_price_text(const Claim& claim, const ClaimCost& cost);
/// \param near  what `exceeded_near_end` found
/// That a figure from the middle of a measurement is often not confirmed, in a line, where the claim may be such a one;
/// else empty.
[[nodiscard]] std::string point_warning(const Claim& claim, const std::optional<ExceededEnds>& exceeded);

}  // namespace assay::adversary
