#pragma once

#include <span>

#include "core/result/level_search.hpp"

namespace assay {

/// Whether the first level, which is the control, won every race. The verdict is then about the levels that lost.
[[nodiscard]] bool found_no_better_level(Verdict verdict, std::span<const LevelSearch> searches);

}  // namespace assay
