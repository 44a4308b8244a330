#pragma once

#include <string>

#include "core/block.hpp"
#include "core/plan.hpp"

namespace assay::design {

/// What is compared if no command is run: columns of a file, or values drawn from noise.
struct ValueComparison {
  std::string id;         ///< the plan's: "analyse"
  std::string control;    ///< label
  std::string treatment;  ///< label
  Metric metric;          ///< becomes the primary one
  Protocol protocol;
  Seed seed{0};
  OrderSource order = OrderSource::drawn;
};

/// Values as an experiment, so that they get the same analysis as trials that assay ran itself. It has one workload and
/// one state, and it is exploratory, so that it has all of alpha.
[[nodiscard]] Plan value_plan(const ValueComparison& comparison);

/// One value of each arm.
struct ValuePair {
  double control = 0;
  double treatment = 0;
  bool treatment_first = false;  ///< as the data say; false if they do not
  friend bool operator==(const ValuePair&, const ValuePair&) = default;
};

/// A block of such a plan; its trials are measured in this order.
[[nodiscard]] Block value_block(const BlockOrder& order, const ValuePair& values);

}  // namespace assay::design
