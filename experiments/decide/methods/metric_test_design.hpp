#pragma once

#include <vector>

#include "core/metric.hpp"
#include "core/seed.hpp"
#include "experiments/decide/levels/levels.hpp"
#include "experiments/decide/numbered_rules/rule_set.hpp"

namespace assay::decide {

/// Why a look is taken.
enum class LookKind {
  scheduled,
  last,  ///< time is up: with all of alpha that is left, at the blocks there are
};

/// Everything that fixes one metric's test before its first look.
struct MetricTestDesign {
  Metric metric;
  TestLevels levels;
  double kappa = 0.5;
  std::vector<int> looks;
  bool anytime = false;  ///< evidence that may be looked at after every block; `looks` and `seed` are then not needed
  std::vector<int> strata = {};  ///< of a costly design; empty in all others
  Seed seed{0};
  RuleSet rules = {};
  Seed diagnosis_seed{0};  ///< of the diagnosis that may take equivalence back
};

}  // namespace assay::decide
