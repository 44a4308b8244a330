#pragma once

#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "experiments/trial/checks/check_proof.hpp"

namespace assay::trial {

/// A line for each check that can fail: "  same page (deploy): can fail: null command, empty output".
[[nodiscard]] std::string proofs_text(const std::vector<CheckProof>& proofs);
/// Why a check that cannot fail proves nothing, and what to do.
[[nodiscard]] std::string refusal_of(const CheckProof& proof);
[[nodiscard]] nlohmann::json proofs_json(const std::vector<CheckProof>& proofs);

}  // namespace assay::trial
