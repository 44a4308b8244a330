#pragma once

#include <optional>
#include <span>

#include "core/block.hpp"
#include "core/metric.hpp"
#include "core/result/diagnostic.hpp"
#include "core/seed.hpp"
#include "experiments/decide/blocks/paired_series.hpp"

namespace assay::decide {

/// Whether the change does the same on all nodes of a cluster: a test of the interaction between node and arm. Both
/// trials of a block run on one node, so that the node is a stratum and the comparison itself stays exact whatever the
/// nodes are like (docs/methods/nodes.md).
/// \param series  the primary metric's, one effect for each block
/// \returns nothing unless two nodes have at least two blocks each.
[[nodiscard]] std::optional<Diagnostic> node_effects(const Metric& metric, const PairedSeries& series,
                                                     std::span<const Block> blocks, Seed seed);

}  // namespace assay::decide
