#pragma once

#include <optional>
#include <string>

#include "core/record/baseline_figures.hpp"
#include "core/record/entry.hpp"
#include "experiments/report/entries/entry_text.hpp"

namespace assay::report {

/// A baseline that is in the lab's chain, with what its trials show.
struct FiledBaseline {
  const Entry& entry;  ///< whose content is a baseline
  const BaselineFigures& figures;
  EntryStanding standing;
};

/// Its section of docs/perf/baseline.md, in Markdown, without its markers.
[[nodiscard]] std::string baseline_section(const FiledBaseline& baseline);

/// Its section of docs/perf/attribution.md: where the time of each workload goes, its states beside each other, and
/// what that says to try first. std::nullopt if no trial reported a span.
[[nodiscard]] std::optional<std::string> attribution_section(const FiledBaseline& baseline);

}  // namespace assay::report
