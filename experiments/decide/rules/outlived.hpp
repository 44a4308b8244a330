#pragma once

#include <span>
#include <string_view>

#include "core/block.hpp"
#include "core/result.hpp"

namespace assay::decide {

inline constexpr std::string_view kOutlivedDiagnostic = "left-running";

/// Tells after how many trials of control and of this treatment processes were still running. They are ended, but what
/// they did until then is in no metric, and might be the very work that made a trial slow.
[[nodiscard]] Diagnostic outlived_diagnostic(std::span<const Block> blocks, ArmIndex treatment);

}  // namespace assay::decide
