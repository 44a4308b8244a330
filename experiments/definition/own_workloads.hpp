#pragma once

#include <vector>

#include "core/plan.hpp"
#include "experiments/definition/definition.hpp"

namespace assay::definition {

/// Reads the workloads that a challenger measures beside those of a claim: tables [[workload]] as in an experiment
/// file. They run in the state of the claim's workload. Files of `input` and `inputs` are looked for from the file's
/// own folder, and commands from that of the claimed experiment.
/// \param claimed  the plan that the claim is about
/// \param folder  absolute: that of the file
/// \throws Error with file, line and column of every mistake; if one has the name of a workload of the plan, too.
[[nodiscard]] std::vector<Workload> parse_own_workloads(const SourceText& source, const Plan& claimed,
                                                        const std::string& folder);

}  // namespace assay::definition
