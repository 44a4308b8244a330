#pragma once

#include <vector>

#include "core/record/environment_rule.hpp"
#include "experiments/definition/definition.hpp"
#include "experiments/definition/keys/table.hpp"

namespace assay::definition {

/// Reads `.assay/environments.toml`: a table [[environment]] for each, in the order in which they are tried.
/// \throws Error with file, line and column.
[[nodiscard]] std::vector<EnvironmentRule> parse_environment_rules(const SourceText& source);

/// Whether a text names an environment. Verdicts are kept apart by this name, so two names that look alike must not be
/// different ones: 1 to 64 letters, digits, ".", "_" and "-".
[[nodiscard]] bool is_name_of_environment(std::string_view name);

template <>
const TableDescription& table_of<EnvironmentRule>();

}  // namespace assay::definition
