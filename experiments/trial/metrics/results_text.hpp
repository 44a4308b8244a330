#pragma once

#include <string>

#include "core/host/process/process.hpp"
#include "core/plan.hpp"
#include "experiments/trial/arm_setup.hpp"
#include "experiments/trial/metrics/metric_reader.hpp"

namespace assay::trial {

/// Removes a results file or spans that an earlier trial left, so that they are never read again.
/// \throws Error if one cannot be removed.
void remove_results(const Workload& workload, const ArmSetup& setup);

/// The file of results, from which spans are read as well: not by the rules of 0.1.0, and not from standard output.
/// Without a file if there is none.
[[nodiscard]] ResultsSpans spans_in_results(const Plan& plan, const ArmSetup& setup);

/// Reads the text that metrics and conditions are read from: the results file, or else standard output.
void read_results(TrialOutput& output, const host::ProcessResult& result, const Workload& workload);

/// Takes over what was captured of standard error.
void take_standard_error(TrialOutput& output, const host::ProcessResult& result);

}  // namespace assay::trial
