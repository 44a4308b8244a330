#pragma once

#include <string>
#include <string_view>

#include "core/result/result.hpp"
#include "experiments/report/text_style.hpp"

namespace assay::report {

/// What a race came to that the first level won. As a verdict it is "regressed" or "equivalent", which is about the
/// levels that were tried.
inline constexpr std::string_view kNoBetterLevel = "no better level found";

/// "improved -> keep", with what the decision rests on where these two words do not say it:
/// "improved -> discard (guard failed: max_rss)".
[[nodiscard]] std::string ruling_text(const Comparison& comparison, const TextStyle& style);
/// "overall: regressed -> discard (better elsewhere)".
[[nodiscard]] std::string overall_text(const AttemptResult& result, const TextStyle& style);

/// Why the verdict is no other, in a clause; empty if that is plain.
[[nodiscard]] std::string_view explanation(VerdictReason reason);

}  // namespace assay::report
