#pragma once

#include <string>

namespace assay::cli {

/// What --version prints: program, compiler, libraries.
[[nodiscard]] std::string version_text();

}  // namespace assay::cli
