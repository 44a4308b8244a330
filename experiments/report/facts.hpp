#pragma once

#include <cstdint>
#include <string>

#include "core/record/machine.hpp"
#include "core/record/record.hpp"

namespace assay::report {

/// "2026-03-01 14:05 UTC"; rounded down to the minute.
[[nodiscard]] std::string utc_text(std::int64_t unix_ns);
/// "3 times (taken up again, stood still, or broken off)"; empty if the attempt was never interrupted.
[[nodiscard]] std::string interruptions_text(const Record& record);
/// "bench1, Example CPU, 2 CPUs, 8.00 GB, Linux 6.1.0, kvm"; what is unknown is left out.
[[nodiscard]] std::string machine_text(const Machine& machine);

}  // namespace assay::report
