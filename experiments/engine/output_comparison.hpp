#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "core/block.hpp"
#include "core/variable.hpp"
#include "experiments/trial/trial_runner.hpp"

namespace assay::engine {

/// Compares what trials print, where it is captured anyway, with what control printed in its first warm-up. An output
/// that varies by itself is not compared, and neither is an arm that printed something else from the start.
class OutputComparison {
 public:
  /// The first warm-ups of a cell, by arm. \returns the arms that printed something else than control.
  std::vector<ArmIndex> begin(std::size_t cell, const std::vector<trial::WarmUp>& warm_ups);

  /// The trials of a block. \returns the treatments that print something else than control for the first time.
  std::vector<ArmIndex> look(std::size_t cell, const std::vector<trial::TrialReport>& reports);

 private:
  struct Outputs {
    std::string control;      ///< SHA-256; empty: not compared
    std::set<ArmIndex> same;  ///< treatments that have printed the same so far
  };
  std::map<std::size_t, Outputs> cells_;
};

}  // namespace assay::engine
