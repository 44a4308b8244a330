#pragma once

#include "core/record/gate.hpp"
#include "experiments/definition/definition.hpp"
#include "experiments/definition/keys/table.hpp"

namespace assay::definition {

/// Reads `.assay/gate.toml`. An empty text states the defaults.
/// \throws Error with file, line and column, the accepted values and, for a misspelt key, the nearest.
[[nodiscard]] GatePolicy parse_gate_policy(const SourceText& source);

template <>
const TableDescription& table_of<GatePolicy>();

}  // namespace assay::definition
