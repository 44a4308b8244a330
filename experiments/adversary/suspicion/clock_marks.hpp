#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/record/record.hpp"
#include "experiments/adversary/suspicion/mark.hpp"

namespace assay::adversary {

/// What the clocks of one record contradict: blocks that overlap, trials that use more CPU time than there was, time
/// between blocks that nothing explains, a load that fell faster or changed more often than the kernel lets it, samples
/// that are older than their plan, and an end of the time that was not up. \param opened_ns  Unix time at which the
/// attempt was opened; std::nullopt if that is not known
[[nodiscard]] std::vector<Suspicion> clock_marks(const Record& record, const std::string& name,
                                                 std::optional<std::int64_t> opened_ns);

}  // namespace assay::adversary
