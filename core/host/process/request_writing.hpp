#pragma once

#include <array>
#include <string>

#include "core/host/launcher/protocol.hpp"
#include "core/host/process/process.hpp"

namespace assay::host {

/// The longest that any wait can be asked to last; keeps sums of times within 63 bits.
inline constexpr nanoseconds kLongestWait = std::chrono::hours(24 * 365 * 10);

/// The steps with which this child is stopped: the request's own, or SIGTERM, 5 s, SIGKILL; SIGKILL is always last.
[[nodiscard]] std::vector<StopStep> stop_steps_of(const ProcessRequest& request);

/// Puts a request into the launcher's mailbox; which streams travel with it is left to the caller.
/// \throws Error when a text holds a zero byte or all are larger than the kernel takes.
void write_request(const ProcessRequest& request, const std::string& program, launcher::Mailbox& mailbox);

}  // namespace assay::host
