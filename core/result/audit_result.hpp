#pragma once

#include <string>
#include <vector>

#include "core/result/labels.hpp"
#include "core/units.hpp"
#include "core/variable.hpp"

namespace assay {

/// One build of one arm: evidence of what its trials ran.
struct Build {
  ArmIndex arm = kControl;
  int number = 1;  ///< counts this arm's builds
  std::string commit;
  std::string tree;
  std::string log;         ///< its file below .assay; empty outside a lab, where only logs of failed builds are kept
  std::string log_sha256;  ///< of everything that the build printed
  nanoseconds wall{};
  nanoseconds cpu{};  ///< 0 in records from before it was measured
  friend bool operator==(const Build&, const Build&) = default;
};

/// One setup or cleanup of one arm: it runs once, outside every clock.
struct HookRun {
  ArmIndex arm = kControl;
  std::string workload;
  std::string hook;  ///< "setup", "cleanup"
  nanoseconds wall{};
  nanoseconds cpu{};
  friend bool operator==(const HookRun&, const HookRun&) = default;
};

/// How one arm of one cell passed a check of isolation: evidence that a change which shares something may be kept.
struct IsolationChallenge {
  NamedCell cell;
  ArmIndex arm = kControl;
  std::string check;
  std::string failure;   ///< empty if the arm kept to itself
  std::string unproven;  ///< why the check was not shown able to fail; empty if it was
  friend bool operator==(const IsolationChallenge&, const IsolationChallenge&) = default;
};

/// What the audit of the arms found: the differences between them.
struct AuditResult {
  bool passed = true;
  std::vector<std::string> differs;    ///< what the variable declares: "env READY_MODE"
  std::vector<std::string> intruders;  ///< what it does not declare
  std::vector<std::string> notes;
  std::vector<Build> builds = {};                   ///< in their order, those of earlier sessions first
  std::vector<HookRun> hooks = {};                  ///< of the last session
  std::vector<IsolationChallenge> challenges = {};  ///< of the last session, if the variable shares something
  friend bool operator==(const AuditResult&, const AuditResult&) = default;
};

}  // namespace assay
