#pragma once

#include <cstddef>
#include <vector>

namespace assay::host {

/// Different TCP ports of five digits on the loopback address that nobody listens on at the moment.
/// \throws Error if the kernel has none.
[[nodiscard]] std::vector<int> free_ports(std::size_t count);

}  // namespace assay::host
