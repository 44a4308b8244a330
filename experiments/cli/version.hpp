#pragma once

#include <string>
#include <string_view>

namespace assay::cli {

/// "0.1.0"; what records hold as the program's version.
[[nodiscard]] std::string_view program_version();
/// What --version prints: program, compiler, libraries.
[[nodiscard]] std::string version_text();

}  // namespace assay::cli
