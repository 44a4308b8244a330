#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/record/challenge_entry.hpp"
#include "experiments/report/entries/challenge_text.hpp"

namespace assay::report {

// Lines that the sections of REVIEW.md share.

/// "- claimant: ada"; empty if there is nothing to say.
[[nodiscard]] std::string review_line(std::string_view name, std::string_view text);
/// "a fresh clone; 2 clean builds".
[[nodiscard]] std::string joined_text(const std::vector<std::string>& texts);
[[nodiscard]] std::string_view independence_text(Independence independence);
/// "bob, key 0123456789abcdef", or "unsigned".
[[nodiscard]] std::string signature_text(const ReviewSignature& signature);

}  // namespace assay::report
