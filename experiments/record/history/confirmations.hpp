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
  std::int64_t now_ns = 0;        ///< Unix time
  std::string git_identity = {};  ///< git's user.email; empty: unknown
};
/// A confirmation counts for so long.
inline constexpr nanoseconds kFreshFor = std::chrono::hours(24);

/// SHA-256 of the records by which another actor than the one who declares has confirmed the criterion: signed with a
/// key that is not the declarer's by either name, and not older than `kFreshFor`. What was measured has to be measured
/// again, with the same outcome. What was decided or adopted is confirmed by any such record that comes after it in the
/// chain, since its hash covers what came before. Empty if nobody has.
[[nodiscard]] std::vector<std::string> confirmations(const LabView& view, const Criterion& criterion,
                                                     const CriterionState& state, const Declaration& declaration);

}  // namespace assay::record
