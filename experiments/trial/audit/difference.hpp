#pragma once

#include "core/plan.hpp"
#include "experiments/trial/audit/fingerprint.hpp"

namespace assay::trial {

/// Two arms of one cell, and a part in which they differ.
struct ArmDifference {
  const Plan& plan;
  const Workload& workload;
  const Fingerprint& control;
  const Fingerprint& treatment;
  const Part& part;
};

/// True if the levels of the variable may make this part differ. Every other difference is an intruder.
[[nodiscard]] bool is_declared(const ArmDifference& difference);

}  // namespace assay::trial
