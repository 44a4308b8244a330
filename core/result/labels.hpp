#pragma once

#include <cstddef>
#include <string>

#include "core/variable.hpp"

namespace assay {

struct Plan;

/// A cell of a plan, as results refer to it.
struct NamedCell {
  std::size_t index = 0;  ///< among the plan's cells
  std::string workload = {};
  std::string state = {};
  std::string title = {};  ///< "custom-html (warm)", see cell_name; empty if the plan has only this cell
  friend bool operator==(const NamedCell&, const NamedCell&) = default;
};

/// An arm of a plan, as results refer to it.
struct NamedArm {
  ArmIndex index = kControl;
  std::string label = {};  ///< of its level
  friend bool operator==(const NamedArm&, const NamedArm&) = default;
};

[[nodiscard]] NamedCell named_cell(const Plan& plan, std::size_t cell);
[[nodiscard]] NamedArm named_arm(const Plan& plan, ArmIndex arm);

}  // namespace assay
