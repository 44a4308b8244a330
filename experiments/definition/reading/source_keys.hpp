#pragma once

#include "experiments/definition/keys/table.hpp"

namespace assay::definition {

/// Adds the keys that say how arms are built from git revisions.
void add_source_keys(Table<Variable>& table);

/// The revision that patches are applied to.
[[nodiscard]] Key patched_revision_key();

/// A shape for git revisions.
[[nodiscard]] Shape git_revision();

/// What a variable's patches are applied to, as the file says or by default.
[[nodiscard]] std::string revision_to_patch(const Field& table);

/// Refuses a build that has no time. \throws Error
void check_build_time(const Variable& variable, const Field& table);

}  // namespace assay::definition
