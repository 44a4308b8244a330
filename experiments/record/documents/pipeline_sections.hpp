#pragma once

#include <string>

#include "experiments/record/status/pipeline_facts.hpp"

namespace assay::record {

// The generated part of each document of a measured pipeline, in Markdown.

/// docs/perf/experiments.md: every attempt with what was changed, before, after, the change and the decision; then the
/// dead ends, and why not to try them again.
[[nodiscard]] std::string experiments_section(const PipelineFacts& facts);
/// docs/perf/README.md: where the time goes, what to set and how much a run needs, what did not help, and the commands
/// that measure it again.
[[nodiscard]] std::string performance_section(const PipelineFacts& facts);
/// STATUS.md: milestones, steps, targets, changes, claims and open questions.
[[nodiscard]] std::string status_section(const PipelineFacts& facts);

}  // namespace assay::record
