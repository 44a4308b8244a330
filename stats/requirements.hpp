#pragma once

#include <span>
#include <string_view>

namespace assay::stats {

/// What the reference methods ask of their input; `what` opens the message: "Welch's test".

/// \throws Error unless 0 < confidence < 1.
void require_confidence(double confidence);
/// \throws Error below `at_least` values, or where one is not finite.
void require_values(std::span<const double> values, std::size_t at_least, std::string_view what);

}  // namespace assay::stats
