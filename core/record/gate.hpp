#pragma once

#include <array>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/block.hpp"
#include "core/enum_names.hpp"
#include "core/interval.hpp"
#include "core/plan.hpp"
#include "core/record/machine.hpp"
#include "core/result/result.hpp"
#include "core/units.hpp"

namespace assay {

/// What a gate finds about one experiment.
enum class GateOutcome {
  passed,        ///< shown: not worse by the alert threshold
  unchanged,     ///< the change alters nothing that is measured
  no_base,       ///< the base does not have this experiment
  inconclusive,  ///< neither shown to be worse nor shown not to be
  regressed,     ///< worse, by at least the alert threshold
  guard,         ///< a guard lies beyond its margin
  invalid,       ///< a build, a check, the audit or a trial failed
};

/// What a change was compared with.
enum class GateBasis {
  interleaved,      ///< the base, measured in turn with the change on this machine
  stored_baseline,  ///< trials of the base from another time: a difference may be the machine's
};

/// How a gate judges; read from `.assay/gate.toml` of the base (docs/formats/gate.md).
struct GatePolicy {
  std::vector<std::string> experiments;  ///< globs of experiment files, from the top of the repository
  std::vector<std::string> judges;       ///< globs of other files that judge, and are taken from the base
  Percent alert{10};                     ///< the loss of the primary metric that is not accepted
  std::set<GateOutcome> fail_on = {GateOutcome::regressed, GateOutcome::guard, GateOutcome::inconclusive,
                                   GateOutcome::invalid};
  bool fails_on_changed_rules = false;  ///< whether a change of a file that judges fails the gate
  friend bool operator==(const GatePolicy&, const GatePolicy&) = default;
};

/// What kind of file decides how a change is judged.
enum class GateRuleKind {
  policy,      ///< `.assay/gate.toml`, `.assay/environments.toml`
  experiment,  ///< an experiment file
  workflow,    ///< below `.github/workflows/`
  judge,       ///< named by the policy's `judges`
};

/// How a file differs between the base and the change.
enum class FileChange { added, removed, changed };

/// A file that judges, and that the change alters. The base's version is in force until the change is merged.
struct GateRuleChange {
  std::string path;  ///< from the top of the repository
  GateRuleKind kind = GateRuleKind::experiment;
  FileChange change = FileChange::changed;
  std::string link = {};               ///< the symbolic link behind which a rule reaches it; empty: a rule names it
  std::vector<std::string> diff = {};  ///< lines of a unified diff, the first ones if there are many
  int lines_left_out = 0;
  friend bool operator==(const GateRuleChange&, const GateRuleChange&) = default;
};

/// A symbolic link that judges, and whose target a gate does not look at.
struct GateBlindSpot {
  std::string link;         ///< from the top of the repository
  std::string target;       ///< as the link has it
  bool is_outside = false;  ///< of the repository; else a folder that holds the link itself
  friend bool operator==(const GateBlindSpot&, const GateBlindSpot&) = default;
};

/// Whether the base's version of a changed rule was in force: of a script behind a link, which trials and checks run
/// from their own commit, it was not.
[[nodiscard]] bool is_base_in_force(const GateRuleChange& change);

/// One cell of a change against the stored baseline of its environment.
struct StoredComparison {
  std::string cell = {};  ///< "deploy (warm)"
  int baseline_trials = 0;
  int change_trials = 0;
  double estimate_percent = 0;     ///< by how much the change is worse; below 0: better
  Interval interval_percent = {};  ///< the same, at `confidence`
  double confidence = 0;
  GateOutcome outcome = GateOutcome::inconclusive;
  friend bool operator==(const StoredComparison&, const StoredComparison&) = default;
};

/// What a gate measured of one experiment.
struct GateMeasurement {
  Plan plan;
  std::string plan_sha256;
  std::vector<Block> blocks;
  AttemptResult result;
  friend bool operator==(const GateMeasurement&, const GateMeasurement&) = default;
};

/// What a gate says of one experiment.
struct GateFinding {
  std::string file = {};  ///< from the top of the repository
  GateOutcome outcome = GateOutcome::inconclusive;
  GateBasis basis = GateBasis::interleaved;
  std::string note = {};                              ///< what a reader should know besides the figures; may be empty
  std::optional<GateMeasurement> measured = {};       ///< if base and change were measured in turn
  std::vector<StoredComparison> against_stored = {};  ///< if the change was held against the stored baseline
  std::string baseline_name = {};                     ///< the record of that baseline
  friend bool operator==(const GateFinding&, const GateFinding&) = default;
};

/// A revision as it was named, and the commit that it stands for.
struct GateRevision {
  std::string name;
  std::string commit;
  friend bool operator==(const GateRevision&, const GateRevision&) = default;
};

/// What a gate found about a change.
struct GateReport {
  GateRevision base;  ///< whose rules are in force
  GateRevision change;
  std::string control =
      {};  ///< commit that the change is compared with: where it left the base; empty: the base itself
  std::string environment_name = {};
  Machine machine = {};
  bool has_policy = false;  ///< the base has a policy file; else the defaults hold
  GatePolicy policy = {};
  std::vector<GateRuleChange> rule_changes = {};
  std::vector<GateBlindSpot> blind_spots = {};
  std::vector<GateFinding> findings = {};
  std::vector<std::string> not_asked = {};  ///< experiments that the policy names and the caller left out
  friend bool operator==(const GateReport&, const GateReport&) = default;
};

/// What follows for a gate from base and change measured in turn.
[[nodiscard]] GateOutcome gate_outcome(const AttemptResult& result);
/// Whether the policy lets the gate fail for this outcome.
[[nodiscard]] bool fails(const GatePolicy& policy, GateOutcome outcome);
/// Whether the gate fails as a whole.
[[nodiscard]] bool fails(const GateReport& report);
/// The outcome that asks for most attention; `passed` if there is none.
[[nodiscard]] GateOutcome worst_outcome(const GateReport& report);

template <>
struct EnumNames<GateOutcome> {
  static constexpr std::array<std::string_view, 7> values = {"passed",    "unchanged", "no-base", "inconclusive",
                                                             "regressed", "guard",     "invalid"};
};

template <>
struct EnumNames<GateBasis> {
  static constexpr std::array<std::string_view, 2> values = {"interleaved", "stored-baseline"};
};

template <>
struct EnumNames<GateRuleKind> {
  static constexpr std::array<std::string_view, 4> values = {"policy", "experiment", "workflow", "judge"};
};

template <>
struct EnumNames<FileChange> {
  static constexpr std::array<std::string_view, 3> values = {"added", "removed", "changed"};
};

}  // namespace assay
