#pragma once

#include <optional>
#include <string>

#include "experiments/trial/checks/output_references.hpp"
#include "experiments/trial/trial_runner.hpp"

namespace assay::engine {

/// What fails in a trial, judged with what control's warm-ups showed: "check right", "prepare". std::nullopt if all is
/// well, or if the trial failed by itself.
[[nodiscard]] std::optional<std::string> failed_step(const trial::TrialReport& report, std::size_t cell,
                                                     const trial::OutputReferences& references);

}  // namespace assay::engine
