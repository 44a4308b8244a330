#pragma once

#include <optional>
#include <span>

#include "core/record/baseline.hpp"
#include "core/record/baseline_figures.hpp"

namespace assay::decide {

/// The share of a phase's time from which on it is said to be bound by what takes it.
inline constexpr double kBindingShare = 0.5;

/// What one phase spends its time on, by the trials that reported it. It is bound by what takes at least
/// `kBindingShare` of the time, by the whole interval of the median share; if two do, by the larger.
/// docs/methods/baselines.md \returns std::nullopt if one of the trials does not report it.
[[nodiscard]] std::optional<PhaseSpending> phase_spending(std::span<const PhaseTime* const> trials);

}  // namespace assay::decide
