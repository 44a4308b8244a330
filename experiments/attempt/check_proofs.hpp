#pragma once

#include <string>
#include <vector>

#include "experiments/attempt/experiment.hpp"
#include "experiments/definition/definition.hpp"
#include "experiments/trial/checks/check_proof.hpp"

namespace assay::attempt {

/// Tries whether each check of an experiment can fail. Takes the measuring lock, since programs are run.
/// \param folder  absolute: the experiment's. \throws Error as `trial::prove_checks` and `resolve_variable` do.
[[nodiscard]] std::vector<trial::CheckProof> prove_checks(definition::Definition definition, const std::string& folder,
                                                          Observer& observer);

}  // namespace assay::attempt
