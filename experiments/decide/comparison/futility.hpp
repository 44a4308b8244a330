#pragma once

#include <optional>
#include <span>

#include "core/block.hpp"
#include "core/plan.hpp"
#include "core/result/verdict.hpp"
#include "experiments/decide/comparison/comparison_state.hpp"

namespace assay::decide {

/// The chance, at most, that blocks up to the cap show anything that the comparison waits for: its verdict, "not
/// worse", or an open guard (docs/methods/futility.md). Empty if it cannot be told: by rules 1, before 15 blocks, if
/// something that is waited for is not compared by signed ranks at scheduled looks, or if fresh blocks confirm a claim.
/// \param blocks  those of its last look.
[[nodiscard]] std::optional<double> chance_of_more(const Plan& plan, const ComparisonState& comparison,
                                                   std::span<const Block> blocks);

/// The verdict after a stop: what was open when more blocks were found futile is inconclusive for that reason.
[[nodiscard]] MetricVerdict after_futility(const MetricVerdict& verdict, std::optional<Stop> stop);

}  // namespace assay::decide
