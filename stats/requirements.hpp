#pragma once

#include <span>
#include <string_view>

namespace assay::stats {

/// What the reference methods require of their input. `what` begins the message, for example "Welch's test".

/// \throws Error unless 0 < confidence < 1.
void require_confidence(double confidence);
/// \throws Error if there are fewer than `at_least` values or one is not finite.
void require_values(std::span<const double> values, std::size_t at_least, std::string_view what);

}  // namespace assay::stats
