#pragma once

#include <optional>

#include "core/units.hpp"
#include "experiments/decide/judged_attempt.hpp"

namespace assay::planning {

/// Control against itself, and, if a delay was planted, the attempt that has to find it.
struct SelfComparison {
  decide::JudgedAttempt same;
  std::optional<decide::JudgedAttempt> planted;
  Percent plant{0};
};

/// Whether the attempt shows that treatment is worse: its whole interval lies on that side.
[[nodiscard]] bool is_found(const decide::JudgedAttempt& planted);
/// Whether the attempt without an effect was valid and claimed no difference, and the planted effect was found.
[[nodiscard]] bool has_passed(const SelfComparison& comparison);
/// Whether "equivalent" was the verdict on a machine on which the same engine found the planted effect.
[[nodiscard]] bool equivalence_is_proven(const SelfComparison& comparison);

}  // namespace assay::planning
