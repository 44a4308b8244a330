#pragma once

#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "experiments/definition/definition.hpp"
#include "experiments/trial/checks/check_proof.hpp"

namespace assay::cli {

/// Tries whether each check of a file can fail; takes the measuring lock, since programs are run.
/// \param quiet  no line on a terminal for each step
[[nodiscard]] std::vector<trial::CheckProof> prove_checks_of(const std::string& file, definition::Definition definition,
                                                             bool quiet);

/// "  same page (deploy): can fail: null command, empty output"; a line for each that holds.
[[nodiscard]] std::string proofs_text(const std::vector<trial::CheckProof>& proofs);
/// Why a check that does not hold proves nothing, and what to do.
[[nodiscard]] std::string refusal_of(const trial::CheckProof& proof);
[[nodiscard]] nlohmann::json proofs_json(const std::vector<trial::CheckProof>& proofs);

}  // namespace assay::cli
