#pragma once

#include <string>

#include "core/host/span/run_span.hpp"
#include "core/record/baseline_figures.hpp"

namespace assay::campaign {

/// Where the time of one run went, from a file that the run wrote, outside any trial: from its first span to its last.
/// \param file     in any form of `trial::parse_any_spans`
/// \param pointer  JSON pointer of the spans in the file; empty: the whole
/// \returns figures with one cell, which is named after the file
/// \throws Error that names the file if it cannot be read or has no spans.
[[nodiscard]] BaselineFigures run_phases(const std::string& file, const std::string& pointer);

/// A span of a run: a command and its name.
struct RunSpan {
  std::string name;
  host::SpanRun run = {};
};

/// Adds a span to the JSON object in a run's own file, which is made if it is missing: to its list "spans", and with
/// its seconds to "phases", which has a number for each name. Everything else in the file stays. Several processes may
/// do so at once: they take turns with a lock file beside it, ".NAME.lock". \throws Error that names the file if it
/// cannot be written or is no JSON object.
void add_to_results(const std::string& file, const RunSpan& span);

}  // namespace assay::campaign
