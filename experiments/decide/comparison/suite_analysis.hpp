#pragma once

#include <optional>
#include <vector>

#include "experiments/decide/comparison/comparison_analysis.hpp"
#include "experiments/decide/levels/looks.hpp"

namespace assay::decide {

/// Past the numbers of single comparisons.
[[nodiscard]] Seed seed_of_suite_diagnosis(const Plan& plan, ArmIndex treatment);

/// The test of the primary metric averaged over cells, for one treatment.
struct SuiteState {
  ArmIndex treatment = 1;
  MetricTest primary;
  std::optional<int> stopped_at = {};  ///< blocks at a stop that fresh blocks are to confirm
};

/// The analysis of an attempt whose claim is the suite: all cells look together, and the average over them stops all
/// comparisons of a treatment together.
class SuiteAnalysis final : public ComparisonAnalysis {
 public:
  explicit SuiteAnalysis(const Plan& plan);
  [[nodiscard]] AttemptResult result() const override;

 private:
  void look_where_due(std::size_t cell) override;
  void look_last() override;
  [[nodiscard]] int next_look(std::size_t) const override { return looks_.next(); }
  void confirm_averages() override;
  void look_at_fresh_where_due() override;
  void look_at_fresh_last() override;

  void choose_looks();
  void look_at_suite(int blocks, LookKind kind);
  void judge(SuiteState& suite, int blocks, LookKind kind);
  [[nodiscard]] std::vector<ComparisonState*> confirming_parts(const SuiteState& suite);
  [[nodiscard]] bool judge_fresh(SuiteState& suite, int until, LookKind kind);
  /// Blocks that every cell has.
  [[nodiscard]] int common_blocks() const;
  /// The primary metric of all cells for one treatment, averaged over these of their blocks.
  [[nodiscard]] PairedSeries average_of(ArmIndex treatment, const BlockRange& range) const;

  Looks looks_;
  std::vector<SuiteState> suites_;  ///< one for each treatment
};

}  // namespace assay::decide
