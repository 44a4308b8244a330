#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/record/baseline_figures.hpp"

namespace assay::report {

/// What to try first.
struct Levers {
  /// At most three, from the phases that take most time over all workloads and states: "pull: 62.0 % of deploy (cold),
  /// 1.24 s a run". Time that is in no phase comes first if it takes more than any phase does: nobody knows yet what it
  /// is. Baselines of versions that did not record when a phase ran by itself list every phase.
  std::vector<std::string> texts;
  /// Names the phases that would be among them, but that gain nothing by themselves, since something else goes on while
  /// they do. std::nullopt: there are none.
  std::optional<std::string> beside_others = {};
};
[[nodiscard]] Levers levers(const BaselineFigures& figures);

}  // namespace assay::report
