#pragma once

#include <vector>

#include "experiments/decide/comparison/comparison_analysis.hpp"
#include "experiments/decide/levels/looks.hpp"

namespace assay::decide {

/// The analysis of an attempt in which each cell looks when it has the blocks, and each comparison stops by its own
/// evidence.
class CellAnalysis final : public ComparisonAnalysis {
 public:
  explicit CellAnalysis(const Plan& plan);
  [[nodiscard]] AttemptResult result() const override;

 private:
  void look_where_due(std::size_t cell) override;
  void look_last() override;
  [[nodiscard]] int next_look(std::size_t cell) const override { return looks_[cell].next(); }

  void choose_looks(std::size_t cell);
  void look_at_cell(std::size_t cell, int blocks, LookKind kind);

  std::vector<Looks> looks_;  ///< of each cell
};

}  // namespace assay::decide
