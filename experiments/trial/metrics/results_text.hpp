#pragma once

#include "core/host/process/process.hpp"
#include "core/plan.hpp"
#include "experiments/trial/arm_setup.hpp"
#include "experiments/trial/metrics/metric_reader.hpp"

namespace assay::trial {

/// A results file or spans that an earlier trial left must never be read again. \throws Error where one cannot be
/// removed.
void remove_results(const Workload& workload, const ArmSetup& setup);

/// Takes in the text that metrics and conditions are read from: the results file, or standard output.
void read_results(TrialOutput& output, const host::ProcessResult& result, const Workload& workload);

}  // namespace assay::trial
