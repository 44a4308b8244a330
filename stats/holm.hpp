#pragma once

#include <span>
#include <vector>

namespace assay::stats {

/// Holm's step-down adjustment of the p-values of one family, in the order given. If you reject those that are at most
/// alpha, the chance of any false rejection is at most alpha, whatever their dependence.
/// Source: Holm (1979), Scandinavian Journal of Statistics 6(2):65-70.
[[nodiscard]] std::vector<double> holm_adjusted(std::span<const double> p_values);

}  // namespace assay::stats
