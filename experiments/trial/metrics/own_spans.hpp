#pragma once

#include <string>

#include "core/units.hpp"
#include "experiments/trial/metrics/span_log.hpp"

namespace assay::trial {

/// Where spans may stand in a file of results.
struct ResultsSpans {
  std::string file = {};     ///< its path; empty: there is none
  std::string pointer = {};  ///< JSON pointer of the place in it; empty: they are looked for
};

/// Adds the spans that a trial wrote into its results file to the log, with times on the monotonic clock.
///
/// Such files do not say which clock their times are of. If spans lie within the trial as times of CLOCK_MONOTONIC, or
/// as Unix times, all are taken for that. Otherwise only their distances count: the earliest span starts when the trial
/// does. Whatever is no span is left out, and `on_rejected` receives why. A file that is missing, larger than
/// `kLargestSpanLog` or without spans adds nothing.
/// \param unix_ahead  Unix time minus monotonic time, when the trial ran
void add_own_spans(SpanLog& log, const ResultsSpans& results, const TrialTime& trial, nanoseconds unix_ahead,
                   const SpanRejection& on_rejected);

/// Unix time minus monotonic time, at the moment.
[[nodiscard]] nanoseconds unix_time_ahead();

}  // namespace assay::trial
