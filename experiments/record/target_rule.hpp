#pragma once

#include "experiments/definition/definition.hpp"
#include "experiments/record/hypotheses.hpp"

namespace assay::cli {

/// \throws Error (refused) where the definition states a target looser than what holds today, or has lost one that its
/// last attempt had: names the record, both limits and `assay relax`.
void refuse_looser_targets(const record::Lab& lab, const definition::Definition& definition,
                           const record::HypothesisPlace& place);

}  // namespace assay::cli
