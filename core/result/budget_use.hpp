#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "core/budget.hpp"
#include "core/enum_names.hpp"

namespace assay {

/// How what an arm took stands to a part of the budget.
enum class BudgetStanding {
  within,
  breached,
  untold,  ///< nothing above it was seen, and some trial, or all, could not be measured
};

/// What the trials of one arm took of one part of the budget.
struct BudgetUse {
  BudgetPart part = BudgetPart::memory;
  BudgetStanding standing = BudgetStanding::within;
  double limit = 0;                 ///< bytes or CPUs
  std::optional<double> used = {};  ///< the most of any trial, or the median of the trials for CPUs
  int untold_trials = 0;            ///< that were run, and for which this could not be measured
  friend bool operator==(const BudgetUse&, const BudgetUse&) = default;
};

template <>
struct EnumNames<BudgetStanding> {
  static constexpr std::array<std::string_view, 3> values = {"within", "breached", "untold"};
};

}  // namespace assay
