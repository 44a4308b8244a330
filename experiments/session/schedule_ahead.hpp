#pragma once

#include <cstddef>
#include <map>
#include <vector>

#include "core/block.hpp"
#include "core/plan.hpp"
#include "experiments/decide/attempt_analysis.hpp"

namespace assay::session {

/// Which blocks were started, and so which come next.
class ScheduleAhead {
 public:
  explicit ScheduleAhead(const Plan& plan);

  /// Takes note of a block that ended, now or in an earlier session.
  void add(const Block& block);

  /// The blocks that every open cell needs to its next look, one of each cell in turn, so that no cell has a better
  /// time of the day. A void block comes again under its own number, thus with its own coin.
  [[nodiscard]] std::vector<BlockOrder> to_next_look(const decide::AttemptAnalysis& analysis) const;

 private:
  struct Started {
    int times = 0;
    bool complete = false;
  };
  [[nodiscard]] std::vector<BlockOrder> orders_of(std::size_t cell, const decide::AttemptAnalysis& analysis) const;

  const Plan& plan_;
  std::vector<std::map<int, Started>> cells_;  ///< by block number
};

}  // namespace assay::session
