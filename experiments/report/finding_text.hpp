#pragma once

#include <string>
#include <vector>

#include "core/result/result.hpp"

namespace assay::report {

/// Why the decision is what it is: "near 0001-readiness-poll", otherwise the reason's own word.
[[nodiscard]] std::string reason_text(const AttemptResult& result);

/// "0001-readiness-poll: the levels are the same, and nearly the same command is run".
[[nodiscard]] std::string neighbour_text(const Neighbour& neighbour);

/// A sentence for each thing that holds a keep back because of what the audit found about other questions and about the
/// harness.
[[nodiscard]] std::vector<std::string> findings_text(const AuditResult& audit);

/// What stands behind a keep beside its figures: "same output in 24 of 24 trials, guard max_rss kept, no other check".
[[nodiscard]] std::string support_text(const Comparison& comparison);
/// Whether the attempt's keep, or a keep of this comparison, rests on what the comparison measured. It does not if no
/// decision follows: in an exploratory comparison or a challenge.
[[nodiscard]] bool supports_a_keep(const AttemptResult& result, const Comparison& comparison);

}  // namespace assay::report
