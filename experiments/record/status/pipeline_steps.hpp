#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "experiments/record/status/pipeline_facts.hpp"

namespace assay::record {

/// How far one step of the work is.
struct PipelineStep {
  std::string_view name;
  std::string state;  ///< foreign text as it is
};
/// Instrumented, baselined, attributed, tried, kept, adopted, measured again, verified.
[[nodiscard]] std::vector<PipelineStep> pipeline_steps(const PipelineFacts& facts);

}  // namespace assay::record
