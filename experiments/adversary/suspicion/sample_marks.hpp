#pragma once

#include <vector>

#include "core/record/record.hpp"
#include "experiments/adversary/suspicion/mark.hpp"

namespace assay::adversary {

/// The marks that the samples of one record bear by themselves: values that come again, values that are coarser than
/// the clock, arms that are each other's multiple, blocks that were voided for one side. Simulations bear none.
/// \param name  of the record
[[nodiscard]] std::vector<Suspicion> sample_marks(const Record& record, const std::string& name);

/// The wall times of all measured trials of one cell, in nanoseconds, which another record should not have again.
[[nodiscard]] std::vector<std::int64_t> measured_walls(const Record& record);

}  // namespace assay::adversary
