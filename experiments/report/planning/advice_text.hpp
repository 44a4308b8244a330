#pragma once

#include <string>

#include "core/result/result.hpp"
#include "experiments/report/text_style.hpp"

namespace assay::report {

// What it would take to decide what is open.

/// "20 blocks would have found an effect of 6 % or more; to find 3 % takes about 340 blocks, 12 min"; empty if nothing
/// is known, as before the first look.
[[nodiscard]] std::string advice_text(const AttemptResult& result, const TextStyle& style);
/// Another time of the same trials that would decide sooner; empty if none is known.
[[nodiscard]] std::string quicker_text(const AttemptResult& result);
/// What would help if no number of blocks does; empty if one does.
[[nodiscard]] std::string coarseness_text(const AttemptResult& result);

}  // namespace assay::report
