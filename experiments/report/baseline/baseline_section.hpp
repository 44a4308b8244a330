#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/record/baseline_figures.hpp"
#include "core/record/entry.hpp"
#include "core/record/record.hpp"
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

/// An attempt that is in the lab's chain, with where its time goes.
struct FiledAttempt {
  const Record& record;
  const ExperimentPhases& phases;
  std::string_view sha256;
};
/// Its section of that document: where control's time goes, and how much of the difference each phase carries.
/// std::nullopt if no trial reported a span.
[[nodiscard]] std::optional<std::string> attribution_section(const FiledAttempt& attempt);

}  // namespace assay::report
