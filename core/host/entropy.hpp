#pragma once

#include <cstdint>

namespace assay::host {

/// 64 unpredictable bits, for the seed of a plan that does not name one.
[[nodiscard]] std::uint64_t fresh_entropy();

}  // namespace assay::host
