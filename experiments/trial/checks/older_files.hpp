#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "core/plan.hpp"
#include "experiments/trial/trial_runner.hpp"

namespace assay::trial {

/// Fails trials of a treatment whose output is older than the trial: a link to an earlier file, or one that was copied
/// with its times. Programs that unpack archives or copy files keep old times, too, so only what control's trials
/// always write afresh is asked of treatment.
class OlderFiles {
 public:
  explicit OlderFiles(const Plan& plan) : plan_(plan) {}

  void judge(std::size_t cell, std::vector<TrialReport>& reports);

 private:
  struct OfControl {
    bool is_seen = false;
    std::set<std::string> older;  ///< files that were older in some trial
  };
  void learn(std::size_t cell, const std::vector<TrialReport>& reports);

  const Plan& plan_;
  std::map<std::size_t, OfControl> cells_;
};

}  // namespace assay::trial
