#pragma once

#include <string>
#include <vector>

#include "experiments/adversary/reports/reading/statement.hpp"
#include "experiments/record/lab.hpp"

namespace assay::adversary {

/// What the records of a lab show, as far as a statement can be held against it.
struct ShownEffect {
  std::string record;  ///< name
  std::string metric;
  Quantity ratio = {};      ///< how many times better treatment is: both ends of the interval
  Quantity treatment = {};  ///< median of treatment, in the metric's unit
  bool has_failures = false;
  friend bool operator==(const ShownEffect&, const ShownEffect&) = default;
};

/// What each attempt that improved a metric has shown. \throws Error if a record cannot be read.
[[nodiscard]] std::vector<ShownEffect> shown_effects(const record::Lab& lab);

/// The effects that the statement may be about: their figures fit. Whether they are about the same thing is for a
/// person to say.
[[nodiscard]] std::vector<ShownEffect> backing_of(const Statement& statement, const std::vector<ShownEffect>& shown);

}  // namespace assay::adversary
