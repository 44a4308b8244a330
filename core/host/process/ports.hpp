#pragma once

#include <cstddef>
#include <vector>

namespace assay::host {

/// TCP ports on the loopback address that nobody listens on at this moment, all different, each of five digits.
/// \throws Error when the kernel has none.
[[nodiscard]] std::vector<int> free_ports(std::size_t count);

}  // namespace assay::host
