#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "core/units.hpp"
#include "experiments/record/history/criteria.hpp"

namespace assay::record {

/// Who declares a milestone done, and when.
struct Declaration {
  std::string actor;
  std::int64_t now_ns = 0;                   ///< Unix time
  std::string git_identity = {};             ///< git's user.email; empty: unknown
  std::vector<std::string> objections = {};  ///< what else is missing, which no record shows: "T5: HEAD does not ..."
};
/// A confirmation counts for so long.
inline constexpr nanoseconds kFreshFor = std::chrono::hours(24);

/// SHA-256 of the records by which another actor than the one who declares has confirmed the criterion: signed with a
/// key that is not the declarer's by either name, and not older than `kFreshFor`. What was measured has to be measured
/// again, with the same outcome. Each decision and each adoption has to be challenged itself. Empty if nobody has.
[[nodiscard]] std::vector<std::string> confirmations(const LabView& view, const Criterion& criterion,
                                                     const CriterionState& state, const Declaration& declaration);

}  // namespace assay::record
