#pragma once

#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "experiments/trial/checks/check_proof.hpp"

namespace assay::cli {

/// "  same page (deploy): can fail: null command, empty output"; a line for each that holds.
[[nodiscard]] std::string proofs_text(const std::vector<trial::CheckProof>& proofs);
/// Why a check that does not hold proves nothing, and what to do.
[[nodiscard]] std::string refusal_of(const trial::CheckProof& proof);
[[nodiscard]] nlohmann::json proofs_json(const std::vector<trial::CheckProof>& proofs);

}  // namespace assay::cli
