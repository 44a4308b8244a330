#pragma once

#include <string>

#include <nlohmann/json_fwd.hpp>

#include "experiments/adversary/claim_price.hpp"

namespace assay::adversary {

/// What a challenge would need, in lines for a person.
[[nodiscard]] std::string price_text(const ClaimPrice& price);
[[nodiscard]] nlohmann::json price_json(const ClaimPrice& price);
/// Why there is no price, in a line; empty where a claim of that kind has none.
[[nodiscard]] std::string no_price_text(const Claim& claim);

}  // namespace assay::adversary
