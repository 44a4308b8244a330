#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "core/plan.hpp"
#include "experiments/trial/trial_runner.hpp"

namespace assay::engine {

/// What the challenges of isolation have shown of each arm, and what follows from it.
class IsolationLedger {
 public:
  /// \param notes  what a reader should know is added there.
  IsolationLedger(const Plan& plan, std::vector<std::string>& notes) : plan_(plan), notes_(notes) {}

  /// Whether a check asks for challenges of this workload's arms. It is noted where none does and the variable shares.
  [[nodiscard]] bool asks_for(const Workload& workload);
  /// \param place  the arm's name in notes.
  void take(const trial::ArmSetup& setup, const std::string& place, std::vector<IsolationChallenge> stood);

  /// An arm that does not keep to itself fails with every trial.
  void judge(std::size_t cell, std::vector<trial::TrialReport>& reports) const;
  /// Of treatments that share something.
  [[nodiscard]] const std::vector<IsolationChallenge>& challenges() const { return challenges_; }

 private:
  const Plan& plan_;
  std::vector<std::string>& notes_;
  std::map<std::pair<std::size_t, ArmIndex>, CheckFailed> not_isolated_;  ///< by cell and arm
  std::vector<IsolationChallenge> challenges_;
};

}  // namespace assay::engine
