#pragma once

#include <array>
#include <string>

#include "core/host/launcher/protocol.hpp"
#include "core/host/process/process.hpp"

namespace assay::host {

/// The longest possible wait. It keeps sums of times within 63 bits.
inline constexpr nanoseconds kLongestWait = std::chrono::hours(24 * 365 * 10);

/// The steps that stop this child: those of the request, or SIGTERM, 5 s, SIGKILL. SIGKILL is always last.
[[nodiscard]] std::vector<StopStep> stop_steps_of(const ProcessRequest& request);

/// Puts a request into the launcher's mailbox. The caller decides which streams travel with it.
/// \throws Error if a text contains a zero byte or the texts are together larger than the kernel accepts.
void write_request(const ProcessRequest& request, const std::string& program, launcher::Mailbox& mailbox);

}  // namespace assay::host
