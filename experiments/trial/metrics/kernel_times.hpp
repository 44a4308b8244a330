#pragma once

#include <optional>

#include <nlohmann/json.hpp>

#include "experiments/trial/metrics/span_log.hpp"

namespace assay::trial {

/// The whole number of nanoseconds of a member. \throws Error if it is missing, no such number, or below 0.
[[nodiscard]] nanoseconds nanoseconds_at(const nlohmann::json& span, const char* key);

/// What the members cpu_ns, io_ns and memory_ns of a span say; std::nullopt without cpu_ns.
/// \throws Error if one of them is no whole number of nanoseconds.
[[nodiscard]] std::optional<KernelTimes> kernel_times_of(const nlohmann::json& span);

}  // namespace assay::trial
