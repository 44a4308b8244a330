#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/enum_names.hpp"
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

/// The files that one treatment runs or reads and control does not, and the reverse, as digests in byte order.
struct DifferingContent {
  ArmIndex treatment = 1;
  std::vector<std::string> of_control;
  std::vector<std::string> of_treatment;
  friend bool operator==(const DifferingContent&, const DifferingContent&) = default;
};

/// How a question is close to another one (docs/methods/neighbours.md).
enum class Nearness {
  same_content,       ///< both arms run the same files
  same_levels,        ///< the levels are the same, and nearly the same command is run
  other_environment,  ///< it is the same question on the same machine, under another name of the environment
};

/// A record of another question that this one is close to, and that was discarded or is open.
struct Neighbour {
  std::string record;  ///< "0001-readiness-poll"
  std::string sha256;  ///< of its file
  Nearness nearness = Nearness::same_levels;
  friend bool operator==(const Neighbour&, const Neighbour&) = default;
};

/// The warm-ups of one arm of one cell, in the order in which they ran.
struct WarmUps {
  NamedCell cell;
  ArmIndex arm = kControl;
  std::vector<nanoseconds> walls;
  friend bool operator==(const WarmUps&, const WarmUps&) = default;
};

/// The trials of one arm of one cell after the last block, which neither variables nor folders announce.
struct UnannouncedTrials {
  NamedCell cell;
  ArmIndex arm = kControl;
  std::vector<double> values;  ///< of the primary metric, in its unit
  std::string not_tried;       ///< why there are none; empty if there are
  friend bool operator==(const UnannouncedTrials&, const UnannouncedTrials&) = default;
};

/// A node of a cluster that blocks ran on, as it described itself before its first trial. Unknown texts are empty.
struct ClusterNode {
  std::string name;  ///< as the cluster calls it
  std::string hostname;
  std::string boot_id;
  std::string cpu_model;
  std::string kernel;
  std::string governor;
  int cpu_count = 0;
  std::int64_t memory_bytes = 0;
  friend bool operator==(const ClusterNode&, const ClusterNode&) = default;
};

/// What the checks said of a fault that was planted into control and into treatment.
struct TriedPlant {
  std::string plant;
  std::string patch;      ///< its file
  std::string control;    ///< how control failed with it; empty if it passed
  std::string treatment;  ///< how treatment failed with it; empty if it passed
  std::string not_tried;  ///< why it was not tried; empty if it was
  friend bool operator==(const TriedPlant&, const TriedPlant&) = default;
};
/// True for a fault that control's checks catch and treatment's do not: the change weakens what judges it.
[[nodiscard]] inline bool shows_weakening(const TriedPlant& tried) {
  return tried.not_tried.empty() && !tried.control.empty() && tried.treatment.empty();
}

/// What the audit of the arms found: the differences between them.
struct AuditResult {
  bool passed = true;
  std::vector<std::string> differs;    ///< what the variable declares: "env READY_MODE"
  std::vector<std::string> intruders;  ///< what it does not declare
  std::vector<std::string> notes;
  std::vector<Build> builds = {};                   ///< in their order, those of earlier sessions first
  std::vector<HookRun> hooks = {};                  ///< of the last session
  std::vector<IsolationChallenge> challenges = {};  ///< of the last session, if the variable shares something
  std::vector<DifferingContent> contents = {};      ///< one for each treatment that runs or reads other files
  std::vector<std::string> programs = {};           ///< digests of the programs of all arms, without wrappers
  std::vector<Neighbour> neighbours = {};           ///< records of other questions that hold back a keep
  std::vector<std::string> changed_harness = {};    ///< files of the change that checks or hooks read
  std::vector<WarmUps> warm_ups = {};               ///< of the first session
  std::vector<UnannouncedTrials> unannounced = {};  ///< if the plan is vigilant
  std::vector<WarmUps> fresh_starts = {};           ///< if the plan is vigilant: first runs in a place of their own
  std::vector<ClusterNode> nodes = {};              ///< that blocks ran on, by name, if the engine is a cluster's
  std::vector<TriedPlant> plants = {};              ///< of a challenge
  friend bool operator==(const AuditResult&, const AuditResult&) = default;
};

template <>
struct EnumNames<Nearness> {
  static constexpr std::array<std::string_view, 3> values = {"same-content", "same-levels", "other-environment"};
};

}  // namespace assay
