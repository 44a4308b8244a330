#pragma once

#include <string>

#include "core/result/result.hpp"
#include "experiments/report/text_style.hpp"

namespace assay::report {

// The parts of a result below its sentence; each ends with a newline or is empty.

/// Why the verdict is as it is, guards, observed metrics, checks, failed trials and notes of one comparison.
[[nodiscard]] std::string comparison_details(const AttemptResult& result, const Comparison& comparison,
                                             const TextStyle& style);

/// "24 of at most 200 blocks, stopped at the boundary; margin 3 % (default); p = 0.00042".
[[nodiscard]] std::string settings_line(const AttemptResult& result, const Comparison& comparison,
                                        const TextStyle& style);

/// What concerns the whole attempt: audit, blocks run again, advice, what was not recorded.
[[nodiscard]] std::string attempt_details(const AttemptResult& result, const TextStyle& style,
                                          std::string_view rerun_command);

/// "the time ran out after 2 blocks; 6 or more can decide"; empty unless max_time came before the first look.
[[nodiscard]] std::string out_of_time_text(const Protocol& protocol, const Comparison& comparison);

/// "passed, +0.4 % (-1.3 % to +2.1 %), margin 10 %". A failed guard has the interval that shows it; another one that of
/// the equivalence test, by whose boundary guards pass.
[[nodiscard]] std::string guard_text(const Metric& metric, const MetricResult& result, const TextStyle& style = {});
/// "+0.4 % (-1.3 % to +2.1 %), margin 3 % either way": a metric that the change cannot touch.
[[nodiscard]] std::string control_text(const Metric& metric, const MetricResult& result, const TextStyle& style = {});
/// "passed", or in how many trials of which arm it failed, and how first.
[[nodiscard]] std::string check_text(const CheckResult& check);

}  // namespace assay::report
