#pragma once

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "core/block.hpp"
#include "core/plan.hpp"
#include "experiments/trial/trial_runner.hpp"

namespace assay::engine {

/// What the challenges of isolation have shown about each arm, and what follows from it.
class IsolationResults {
 public:
  /// \param notes  receives what a reader of the result should know
  IsolationResults(const Plan& plan, std::vector<std::string>& notes) : plan_(plan), notes_(notes) {}

  /// True if a check asks for challenges of this workload's arms. Adds a note if none does although the variable shares
  /// something.
  [[nodiscard]] bool asks_for(const Workload& workload);
  /// Whether a vigilant attempt challenges again before this block: one of the first six, and one of every twelve
  /// (in the first twelve it is that one), by a draw that nobody knows beforehand.
  [[nodiscard]] bool is_drawn(const BlockOrder& order) const;
  /// \param name  the arm's name in notes
  void take(const trial::ArmSetup& setup, const std::string& name, std::vector<IsolationChallenge> stood);

  /// Fails every trial of an arm that is not isolated.
  void judge(std::size_t cell, std::vector<trial::TrialReport>& reports) const;
  /// The challenges of treatments that share something.
  [[nodiscard]] const std::vector<IsolationChallenge>& challenges() const { return challenges_; }

 private:
  const Plan& plan_;
  std::vector<std::string>& notes_;
  std::map<std::pair<std::size_t, ArmIndex>, CheckFailed> not_isolated_;  ///< by cell and arm
  std::vector<IsolationChallenge> challenges_;
  std::set<std::string> unasked_;  ///< workloads of which it was noted that nothing challenges them
};

}  // namespace assay::engine
