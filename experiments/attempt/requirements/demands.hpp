#pragma once

#include <string>
#include <vector>

#include "core/plan.hpp"
#include "core/requirement_change.hpp"

namespace assay::attempt {

/// One thing that a plan asks for beside its hypothesis.
struct Demand {
  std::string key;        ///< what finds it again in another plan: never a mere name if there is something better
  std::string name;       ///< for people
  std::string text;       ///< what is asked for
  double strictness = 0;  ///< the larger, the more is asked for; only if demands of this kind are ordered
  std::vector<std::string> parts = {};  ///< what it passes over
};

/// The demands of one kind that a plan makes, in the plan's order.
using DemandsOf = std::vector<Demand> (*)(const Plan&);

[[nodiscard]] DemandsOf demands_of(Requirement requirement);

}  // namespace assay::attempt
