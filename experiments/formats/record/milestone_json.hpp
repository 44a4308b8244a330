#pragma once

#include <vector>

#include "core/record/milestone.hpp"
#include "experiments/formats/field.hpp"

namespace assay::formats {

/// Reads the whole tree of a file of milestones. \throws Error with the place of what is wrong, also of a key that is
/// none, and of a milestone that is there twice.
[[nodiscard]] std::vector<Milestone> milestones_at(const Field& root);

}  // namespace assay::formats
