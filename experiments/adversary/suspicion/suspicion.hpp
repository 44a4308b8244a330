#pragma once

#include <vector>

#include "experiments/adversary/suspicion/mark.hpp"
#include "experiments/record/lab.hpp"

namespace assay::adversary {

/// All marks of cherry-picking in a lab, in the order of its records. Only a challenge shows that numbers were
/// measured: a lab without a mark may still be made up (docs/methods/suspicion.md).
/// \throws Error if a record cannot be read. Cost: about 1 ms a record, and the square of its blocks.
[[nodiscard]] std::vector<Suspicion> suspicions_in(const record::Lab& lab);

}  // namespace assay::adversary
