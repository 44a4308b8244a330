#pragma once

namespace assay::stats {

/// P(Z >= z) of a standard normal Z; accurate to the last digits far into the tail.
[[nodiscard]] double normal_upper_tail(double z);

/// The z with P(Z >= z) = probability. \param probability  above 0, below 1.
[[nodiscard]] double normal_upper_quantile(double probability);

/// Density of a standard normal.
[[nodiscard]] double normal_density(double z);

}  // namespace assay::stats
