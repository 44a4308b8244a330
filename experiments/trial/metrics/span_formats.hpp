#pragma once

#include <string>
#include <string_view>

#include "experiments/trial/metrics/span_log.hpp"

namespace assay::trial {

/// Reads the spans of one run from a file that was written outside a trial, whichever of these it is:
///
/// * the lines of docs/formats/spans.md;
/// * Chrome trace events: complete ones ("X") and pairs ("B", "E"); an array that was cut off is completed;
/// * OpenTelemetry JSON ("resourceSpans");
/// * a list of objects with name, start_ns and end_ns, or an object of names with seconds, which are laid end to end;
///   both also as the member "spans" or "phases" of an object.
///
/// Times are from the earliest start, except in lines, where they stay as they are. Whatever is no span is left out,
/// and `on_rejected` receives why; so is a span that never ended. \param pointer  JSON pointer of the place in the
/// file; empty: the whole \throws Error if the text is none of these, or has no such place.
[[nodiscard]] SpanLog parse_any_spans(std::string_view text, const std::string& pointer,
                                      const SpanRejection& on_rejected);

/// Reads the spans of a results file: at `pointer` in any of these forms; without one, Chrome trace events, or an
/// object with "traceEvents", "resourceSpans", "spans" or "phases". Any other text has none, and if it has no such
/// place, `on_rejected` receives that. Times are as the file has them, whatever their clock; phases that are
/// only seconds follow each other from 0.
[[nodiscard]] SpanLog parse_spans_of_results(std::string_view text, const std::string& pointer,
                                             const SpanRejection& on_rejected);

/// From the first start to the last end. An empty log lasts no time.
[[nodiscard]] TrialTime time_of(const SpanLog& log);

}  // namespace assay::trial
