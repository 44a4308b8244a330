#pragma once

#include <string>

#include "core/record/baseline.hpp"
#include "experiments/trial/metrics/own_spans.hpp"
#include "experiments/trial/metrics/span_log.hpp"

namespace assay::trial {

/// Divides a trial's wall time among its phases.
///
/// A span within another one takes its time away from it. Of the spans that are open at once and have none within them,
/// each gets an equal part. So no time counts twice, and the self times and the rest add up to the wall time. A span
/// lies within the one that encloses it and ends first. Time after `trial.wall` is used up counts for no phase:
/// processes that outlive a trial may report it.
/// \param log  spans that lie within the trial, as `keep_within` leaves them
/// Cost: O(n log n).
[[nodiscard]] PhaseTimes phase_times(const SpanLog& log, const TrialTime& trial);

/// Where a trial reported its spans.
struct SpanFiles {
  std::string offered;        ///< what $ASSAY_SPANS named
  ResultsSpans results = {};  ///< the file of results, which may hold spans
};

/// Reads what a trial reported of its phases. A trial that failed has those that ended. Lines and spans that are none
/// are left out and counted, and the first few are told.
[[nodiscard]] PhaseTimes read_phase_times(const SpanFiles& files, const TrialTime& trial);

}  // namespace assay::trial
