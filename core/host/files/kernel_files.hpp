#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace assay::host {

/// The lines of a file of /proc or /sys. Empty if it cannot be read: it is no error if a kernel does not offer a file.
[[nodiscard]] std::vector<std::string> read_kernel_lines(const std::string& path);

/// The first line, without trailing blanks; empty if there is none.
[[nodiscard]] std::string read_kernel_line(const std::string& path);

/// Splits a line at every separator, which is how the kernel writes its tables. A trailing separator adds no word.
[[nodiscard]] std::vector<std::string> words_of(std::string_view line, char separator);

}  // namespace assay::host
