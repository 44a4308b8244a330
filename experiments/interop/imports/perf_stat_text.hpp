#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "experiments/interop/imports/text_lines.hpp"

namespace assay::interop {

/// One count of one run of `perf stat`.
struct PerfCount {
  TextLine line;
  std::string value;  ///< as it is written, or "<not counted>", "<not supported>"
  std::string unit;   ///< empty: a number of events
  std::string event;
};

/// Whether a line begins a report for people, as `perf stat` writes it without -x and -j.
[[nodiscard]] bool begins_perf_report(std::string_view line);

/// The counts of all reports in a text, which may hold the program's own output between them.
/// \throws Error with the line if the last report does not end.
[[nodiscard]] std::vector<PerfCount> counts_of_perf_reports(const std::vector<TextLine>& lines);

}  // namespace assay::interop
