#pragma once

#include <span>

#include "core/result/result.hpp"
#include "experiments/decide/blocks/cell_blocks.hpp"
#include "experiments/decide/rules/decision_rule.hpp"

namespace assay::decide {

/// Adds the blocks and trials of one cell to the attempt's counts.
void count_trials(const CellBlocks& cell, AttemptResult& result);

/// Gives the attempt this verdict and the decision that follows from it. Guards, failures and isolation of every part
/// count: a change is kept for what it does everywhere. `result.not_worse` is known.
void conclude(AttemptResult& result, const MetricVerdict& verdict, std::span<const Grounds> parts, AttemptsLeft left);

}  // namespace assay::decide
