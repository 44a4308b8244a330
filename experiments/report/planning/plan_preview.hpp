#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/enum_names.hpp"
#include "core/plan.hpp"
#include "core/record/baseline_figures.hpp"
#include "core/result/audit_result.hpp"
#include "experiments/planning/chances.hpp"
#include "experiments/planning/guard_cost.hpp"
#include "experiments/planning/plan_facts.hpp"

namespace assay::report {

/// What running the experiment now would do.
enum class RunAct {
  begins,   ///< a new attempt
  goes_on,  ///< with the open attempt
  refuses,
};
struct RunProspect {
  RunAct act = RunAct::begins;
  int attempt = 1;  ///< that it begins or goes on with; 0 if it refuses
  int blocks = 0;   ///< that an open attempt has
  std::string why;  ///< of a refusal
};

/// A plan and everything that is known of it before its first trial.
struct PlanPreview {
  Plan plan;
  std::string sha256;
  std::string variable_name;  ///< the only thing in which the arms may differ: "env READY_MODE"
  planning::PlanFacts facts;
  std::vector<planning::GuardCost> guard_costs;
  std::optional<planning::Chances> chances;
  std::vector<PhaseCeiling> ceilings = {};   ///< of the plan's idea, by cell
  std::vector<Neighbour> neighbours = {};    ///< records of other questions that the plan is near to
  std::optional<RunProspect> prospect = {};  ///< empty outside a lab
};

/// How long a plan takes at most, in seconds of trials.
struct SideBySideTimes {
  double together = 0;  ///< with its groups: of each group the longest
  double alone = 0;     ///< if the workloads ran one after the other, as long as they do beside each other
};
/// Empty if nothing runs side by side, there is no cap, or the time of some cell was not measured.
[[nodiscard]] std::optional<SideBySideTimes> side_by_side_times(const PlanPreview& preview);

}  // namespace assay::report

template <>
struct assay::EnumNames<assay::report::RunAct> {
  static constexpr std::array<std::string_view, 3> values = {"begins", "goes-on", "refuses"};
};
