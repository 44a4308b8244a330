#pragma once

#include <cstddef>

#include "core/host/process/process.hpp"
#include "core/plan.hpp"
#include "experiments/trial/arm_setup.hpp"

namespace assay::trial {

/// Why a trial is started.
enum class Purpose { measure, warm_up };

/// How much of standard output is kept if metrics are read from it.
inline constexpr std::size_t kKeptOutput = 1 << 20;
/// How much is kept if a check reads it, as a test report or as the input of a normaliser.
inline constexpr std::size_t kKeptForChecks = std::size_t{64} << 20;

/// The launcher's request for one trial. Standard output is kept only if metrics or checks read it, hashed if a check
/// compares it and in every warm-up, and otherwise goes to /dev/null or through a pipe. Standard error is kept if
/// metrics read it and, for messages, in a warm-up.
[[nodiscard]] host::ProcessRequest trial_request(const Plan& plan, const ArmSetup& setup, Purpose purpose);

/// True if any metric or check of the workload reads its results file, or standard output in place of it.
[[nodiscard]] bool reads_text(const Plan& plan, const Workload& workload);

/// True if any metric of the workload is read from its standard error.
[[nodiscard]] bool reads_standard_error(const Plan& plan, const Workload& workload);

/// True if a metric of the workload or the budget is about the growth of its disks.
[[nodiscard]] bool measures_disk(const Plan& plan, const Workload& workload);

/// True if any metric of the workload is read from its spans.
[[nodiscard]] bool reads_spans(const Plan& plan, const Workload& workload);
/// Whether the phases of the arm's trials are kept: because a metric reads its spans, or because they are asked for.
[[nodiscard]] bool keeps_phases(const Plan& plan, const ArmSetup& setup);

}  // namespace assay::trial
