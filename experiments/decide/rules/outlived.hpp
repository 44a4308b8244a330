#pragma once

#include <span>

#include "core/block.hpp"
#include "core/result/result.hpp"

namespace assay::decide {

/// Reports after how many trials of control and of this treatment processes were still running. They are ended, but no
/// metric covers what they did until then, and it might be the very work that made a trial slow.
[[nodiscard]] Diagnostic outlived_diagnostic(std::span<const Block> blocks, ArmIndex treatment);

}  // namespace assay::decide
