#pragma once

#include <map>
#include <span>
#include <utility>
#include <vector>

#include "core/block.hpp"
#include "core/plan.hpp"
#include "experiments/decide/comparison/comparison_state.hpp"
#include "experiments/decide/levels/levels.hpp"
#include "experiments/decide/methods/metric_test.hpp"

namespace assay::decide {

/// The tests of the primary metric between any two levels of a race in one cell. Those against the first level are part
/// of a comparison with guards and observed metrics. Each side of each pair has the same error level, fixed at the
/// start.
class LevelPairs {
 public:
  LevelPairs(const Plan& plan, std::size_t cell, const TestCounts& counts);

  /// Other looks than the plan's own for all pairs. There was none yet.
  void choose_looks(const std::vector<int>& looks);
  /// Looks with every test of two of these levels. \param levels  ascending; each ran in all of these blocks.
  void look(const std::vector<ArmIndex>& levels, std::span<const Block> blocks, LookKind kind);

  /// The levels that the last look showed to be worse than another, each with that other one: the first of them if
  /// there are several.
  [[nodiscard]] std::map<ArmIndex, ArmIndex> beaten(const std::vector<ArmIndex>& levels) const;
  /// True if a value of the primary metric cannot be compared.
  [[nodiscard]] bool unreadable(const std::vector<ArmIndex>& levels) const;
  [[nodiscard]] bool all_equivalent(const std::vector<ArmIndex>& levels) const;

  /// The comparison with the first level. \param level  not the first.
  [[nodiscard]] ComparisonState& against_first(ArmIndex level) { return against_first_.at(level - 1); }
  [[nodiscard]] const ComparisonState& against_first(ArmIndex level) const { return against_first_.at(level - 1); }
  /// The test between two levels. \param first  the smaller index.
  [[nodiscard]] const MetricTest& test(ArmIndex first, ArmIndex second) const;

 private:
  const Plan* plan_;
  std::vector<ComparisonState> against_first_;
  std::map<std::pair<ArmIndex, ArmIndex>, MetricTest> others_;  ///< between two levels that are not the first
};

}  // namespace assay::decide
