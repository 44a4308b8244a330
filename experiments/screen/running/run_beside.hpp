#pragma once

#include <vector>

#include "experiments/attempt/experiment.hpp"
#include "experiments/screen/running/run_report.hpp"
#include "experiments/screen/running/run_request.hpp"

namespace assay::screen {

/// Runs experiments on a cluster at the same time and reports each as it ends.
void run_beside_each_other(const std::vector<attempt::ExperimentFile>& experiments, const RunRequest& request,
                           RunReport& report);

}  // namespace assay::screen
