#pragma once

#include <string>
#include <vector>

#include "core/record/record.hpp"
#include "experiments/adversary/suspicion/mark.hpp"

namespace assay::adversary {

/// Whether an attempt wrote an entry into the chain when it opened.
enum class OpeningEntry { there, missing };

/// What every run leaves in its record, and this one lacks: the opening of its attempt, the warm-ups before its first
/// block, the void blocks that its repeated blocks stand for. Simulations, and records that rules 1 made, lack them.
/// \param name  of the record
[[nodiscard]] std::vector<Suspicion> part_marks(const Record& record, const std::string& name, OpeningEntry opening);

}  // namespace assay::adversary
