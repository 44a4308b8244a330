#pragma once

#include <cstddef>

#include "core/host/process/process.hpp"
#include "core/plan.hpp"
#include "experiments/trial/arm_setup.hpp"

namespace assay::trial {

/// What a trial is started for.
enum class Purpose { measure, warm_up };

/// Of a standard output that metrics are read from, this much is kept.
inline constexpr std::size_t kKeptOutput = 1 << 20;
/// And of one that a check reads: a test report, or the input of a normaliser.
inline constexpr std::size_t kKeptForChecks = std::size_t{64} << 20;

/// What the launcher is told for one trial. Standard output is kept only where metrics, conditions or checks read it,
/// hashed where a check compares it and in every warm-up, and otherwise goes to /dev/null; a warm-up's stderr is kept
/// for messages.
[[nodiscard]] host::ProcessRequest trial_request(const Plan& plan, const ArmSetup& setup, Purpose purpose);

/// Whether any metric or condition of the workload is read from its results file or standard output.
[[nodiscard]] bool reads_text(const Plan& plan, const Workload& workload);

/// Whether any metric of the workload is read from its spans.
[[nodiscard]] bool reads_spans(const Plan& plan, const Workload& workload);

}  // namespace assay::trial
