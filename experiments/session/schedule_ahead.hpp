#pragma once

#include <cstddef>
#include <map>
#include <vector>

#include "core/block.hpp"
#include "core/plan.hpp"
#include "experiments/decide/attempt_analysis.hpp"

namespace assay::session {

/// Knows which blocks were started, and therefore which come next.
class ScheduleAhead {
 public:
  explicit ScheduleAhead(const Plan& plan);

  /// Notes a block that ended, now or in an earlier session.
  void add(const Block& block);

  /// How often blocks of this number were lost so far.
  [[nodiscard]] int losses(const Block& block) const;

  /// The blocks that the open cells need to reach their next looks, one of each cell in turn, so that no cell gets a
  /// better time of day. A void block comes again under its own number, and therefore with its own coin. Cells that run
  /// side by side have their blocks together, as long as one of them is open, so that what runs beside a trial stays
  /// the same.
  [[nodiscard]] std::vector<BlockOrder> to_next_look(const decide::AttemptAnalysis& analysis) const;

 private:
  struct Started {
    int times = 0;
    int losses = 0;
    bool complete = false;
  };
  using Turn = std::vector<BlockOrder>;  ///< of one cell, or of those that run side by side

  [[nodiscard]] std::vector<int> numbers_of(std::size_t cell, const decide::AttemptAnalysis& analysis) const;
  [[nodiscard]] std::vector<Turn> turns_of(const std::vector<std::size_t>& group,
                                           const decide::AttemptAnalysis& analysis) const;
  [[nodiscard]] BlockOrder order_of(std::size_t cell, int number, const decide::AttemptAnalysis& analysis) const;

  const Plan& plan_;
  std::vector<std::map<int, Started>> cells_;  ///< by block number
};

}  // namespace assay::session
