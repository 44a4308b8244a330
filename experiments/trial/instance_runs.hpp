#pragma once

#include <string>

#include "core/host/process/process.hpp"
#include "core/plan.hpp"
#include "experiments/trial/arm_setup.hpp"

namespace assay::trial {

/// An instance of an arm, with the launcher that starts it.
struct Instance {
  host::Launcher& launcher;
  const ArmSetup& setup;
  std::string scratch_file;  ///< for the input of a normaliser
};

/// The result of two instances that were started together.
struct InstancePair {
  std::string one;  ///< the digest of its output
  std::string other;
  bool overlapped = false;  ///< true if there certainly was a moment at which both ran
};

/// Runs instances of an arm with their hooks, outside any clock, for the output that a check of isolation compares.
/// Every run throws Error that says what went wrong.
class InstanceRuns {
 public:
  /// Both must outlive it.
  InstanceRuns(const Plan& plan, const IsolationCheck& check) : plan_(plan), check_(check) {}

  /// Runs one instance. \returns the digest of its output.
  [[nodiscard]] std::string alone(const Instance& instance) const;
  /// Runs two at once: the second in a thread of its own, since a launcher waits for its child.
  [[nodiscard]] InstancePair together(const Instance& one, const Instance& other) const;

 private:
  const Plan& plan_;
  const IsolationCheck& check_;
};

/// Runs the setup of a second instance, and ends what that started when it goes out of scope.
class SecondSetup {
 public:
  /// All must outlive it. \throws Error if the setup fails.
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
