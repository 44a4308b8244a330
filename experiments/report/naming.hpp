#pragma once

#include <string>

#include "core/plan.hpp"
#include "core/result/result.hpp"
#include "core/variable.hpp"
#include "experiments/report/effect_text.hpp"

namespace assay::report {

/// An arm's label made safe for a line of text; "control" or "treatment" if it has none.
[[nodiscard]] std::string arm_name(const NamedArm& arm);
[[nodiscard]] ArmNames arm_names(const Comparison& comparison);
/// "custom-html (warm)"; empty if the plan has only one cell.
[[nodiscard]] std::string cell_title(const NamedCell& cell);
/// "24 blocks", "1 quad": as the design counts them.
[[nodiscard]] std::string units_text(Design design, int count);
/// "12 fresh blocks".
[[nodiscard]] std::string fresh_text(Design design, int count);
/// Blocks run, and the most that there may be.
struct BlocksOfCap {
  int count = 0;
  int cap = kNoCap;
};
/// How many blocks the first look waits for.
[[nodiscard]] int first_look(const Protocol& protocol);

/// "24 of at most 200 blocks"; "24 blocks" if there is no cap.
[[nodiscard]] std::string out_of_text(Design design, const BlocksOfCap& blocks);
/// What a comparison rests on: "24 blocks", "12 fresh blocks after 18".
[[nodiscard]] std::string extent_text(const Comparison& comparison);
/// The primary metric's result; it comes first.
[[nodiscard]] const MetricResult& primary_result(const Comparison& comparison);
/// True if its effect is known, not estimated: each arm gave one and the same value in every trial.
[[nodiscard]] bool is_exact(const MetricResult& result);

}  // namespace assay::report
