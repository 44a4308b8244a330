#pragma once

#include <string>
#include <vector>

namespace assay::host {

/// The lines of a file of /proc or /sys; none where it cannot be read: what the kernel does not tell is no error.
[[nodiscard]] std::vector<std::string> read_kernel_lines(const std::string& path);

/// The first of them, without blanks at its end; empty where there is none.
[[nodiscard]] std::string read_kernel_line(const std::string& path);

}  // namespace assay::host
