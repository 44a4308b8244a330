#pragma once

#include <cstdint>

namespace assay::host {

/// 64 bits that nobody can foresee: for the seed of a plan that names none.
[[nodiscard]] std::uint64_t fresh_entropy();

}  // namespace assay::host
