#pragma once

#include <string>

#include "core/host/process/process.hpp"
#include "core/plan.hpp"
#include "experiments/trial/arm_setup.hpp"

namespace assay::trial {

/// One instance of an arm, with the launcher that starts it.
struct Instance {
  host::Launcher& launcher;
  const ArmSetup& setup;
  std::string scratch_file;  ///< for what a normaliser reads
};

/// What came of two instances that were started together.
struct InstancePair {
  std::string one;  ///< digest of its output
  std::string other;
  bool overlapped = false;  ///< there surely was a moment at which both ran
};

/// Runs instances of an arm outside any clock, hooks included, for the output that a check of isolation compares.
/// \throws Error, of each run, with what went wrong.
class InstanceRuns {
 public:
  /// Both must outlive it.
  InstanceRuns(const Plan& plan, const IsolationCheck& check) : plan_(plan), check_(check) {}

  /// \returns the digest of the output.
  [[nodiscard]] std::string alone(const Instance& instance) const;
  /// The second in a thread of its own, since a launcher waits for its child.
  [[nodiscard]] InstancePair together(const Instance& one, const Instance& other) const;

 private:
  const Plan& plan_;
  const IsolationCheck& check_;
};

/// Runs the setup of a second instance; ends what that started, however the challenge ends.
class SecondSetup {
 public:
  /// All must outlive it. \throws Error where the setup fails.
  SecondSetup(const Workload& workload, const ArmSetup& setup, host::Launcher& launcher);
  ~SecondSetup();
  SecondSetup(const SecondSetup&) = delete;
  SecondSetup& operator=(const SecondSetup&) = delete;

 private:
  const Workload& workload_;
  const ArmSetup& setup_;
  host::Launcher& launcher_;
};

}  // namespace assay::trial
