#pragma once

#include <string>
#include <string_view>

#include "experiments/attempt/experiment.hpp"
#include "experiments/record/lab.hpp"

namespace assay::adversary {

/// Measuring something again is about the environment in which it was measured.
/// \param what  "baseline", "record", "claim" \param measured_in  its environment
/// \throws Error (refused) if this machine is of another one, or the challenger names another one
void require_environment(const record::Lab& lab, std::string_view what, const std::string& measured_in,
                         const attempt::RunOptions& running);

}  // namespace assay::adversary
