#pragma once

#include <vector>

#include "core/record/milestone.hpp"
#include "experiments/definition/definition.hpp"

namespace assay::definition {

/// The name of that file, beside .assay/ of a lab.
inline constexpr const char* kMilestonesFile = "milestones.toml";

/// Reads a file of milestones, TOML or JSON: a list [[milestone]], each with a name and a list [[milestone.criterion]]
/// (docs/formats/milestones.md). \throws Error with file, line and column.
[[nodiscard]] std::vector<Milestone> parse_milestones(const SourceText& source);

}  // namespace assay::definition
