#pragma once

#include <span>
#include <vector>

namespace assay::stats {

/// Holm's step-down adjustment of p-values of one family, in the order given; rejecting those at most alpha keeps the
/// chance of any false rejection at most alpha, whatever their dependence.
/// Source: Holm (1979), Scandinavian Journal of Statistics 6(2):65-70.
[[nodiscard]] std::vector<double> holm_adjusted(std::span<const double> p_values);

}  // namespace assay::stats
