#pragma once

namespace assay::stats {

/// Whether a normal approximation moves a statistic that takes steps by half a step towards its mean.
enum class ContinuityCorrection { none, half };

}  // namespace assay::stats
