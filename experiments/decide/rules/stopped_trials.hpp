#pragma once

#include <span>

#include "core/block.hpp"
#include "core/result/result.hpp"

namespace assay::decide {

/// Reports how many trials of control and of this treatment were stopped by a signal (SIGSTOP), or ran while the
/// launcher was: the time that they stood still is in their wall time.
[[nodiscard]] Diagnostic stopped_diagnostic(std::span<const Block> blocks, ArmIndex treatment);

/// True if control's trials were stopped in more blocks than treatment's (see `is_more_often`), which makes treatment
/// look faster than it is.
[[nodiscard]] bool control_was_stopped(std::span<const Block> blocks, ArmIndex treatment);

}  // namespace assay::decide
