#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/block.hpp"
#include "core/engine/cluster_options.hpp"
#include "core/enum_names.hpp"
#include "core/plan.hpp"
#include "core/record/record.hpp"
#include "core/record/refusal.hpp"
#include "core/requirement_change.hpp"
#include "core/result/result.hpp"
#include "core/seed.hpp"
#include "core/stop_request.hpp"
#include "core/units.hpp"

namespace assay::engine {
struct QueueMember;
}

/// The front door of assay: reads an experiment file, plans it, runs it to its record, and analyses what was measured.
///
///   assay::attempt::Observer silent;
///   const auto file = assay::attempt::read_experiment("experiment.toml", {}, silent);
///   const auto ending = assay::attempt::run_experiment(file, {}, silent);
///   if (const auto* finished = std::get_if<assay::attempt::Finished>(&ending)) use(finished->outcome.result.verdict);

namespace assay::attempt {

/// Where trials come from.
enum class EngineName {
  local,      ///< commands that run on this host
  simulated,  ///< values drawn from the file's [simulated], or from its defaults
  slurm,      ///< commands that run on the nodes of a Slurm cluster (docs/slurm.md)
};

/// What to do if the levels of a variable turn out to be the same.
enum class EqualLevels {
  refused,
  allowed,  ///< a comparison may hold something against itself, and a baseline runs only control
};

/// What a caller says in place of the experiment file.
struct FileOverrides {
  EngineName engine = EngineName::local;
  std::optional<Seed> seed = {};
  std::optional<int> max_blocks = {};  ///< the cap
  bool vigilant = false;               ///< trials after the last block look for programs that notice measuring
  EqualLevels equal_levels = EqualLevels::refused;
};

struct FileContent;

/// An experiment file that was read, checked, and changed by the caller's overrides.
struct ExperimentFile {
  std::string name;    ///< the path as the caller gave it
  std::string folder;  ///< absolute; relative paths in the file start here
  std::shared_ptr<const FileContent> content;
};

/// A file that has its original content back, after a killed attempt had left another content in it.
struct RestoredFile {
  std::string path;
  std::vector<std::string> edits;  ///< files that keep what somebody wrote into it meanwhile
};

/// The state of one cell while an attempt runs.
struct CellProgress {
  int blocks = 0;                    ///< complete
  int cap = 0;                       ///< kNoCap: none
  std::optional<double> estimate;    ///< of the primary metric's effect, at the last look
  std::optional<Interval> interval;  ///< at the last look
  bool open = true;                  ///< the cell needs more blocks
};

/// Receives what happens in an attempt. Override what you need; the functions are called from the thread that runs the
/// attempt, between trials, and delay it while they run.
class Observer {
 public:
  Observer() = default;
  virtual ~Observer() = default;
  Observer(const Observer&) = delete;
  Observer& operator=(const Observer&) = delete;

  /// Another measurement runs on this host, and the attempt waits for it. `holder` describes it.
  virtual void waiting_for_host(std::string_view /*holder*/) {}
  virtual void file_restored(const RestoredFile& /*file*/) {}
  /// The plan stays valid until `measuring_ended`.
  virtual void measuring_began(const Plan& /*plan*/) {}
  virtual void measuring_ended() {}
  /// A step outside the clock begins, such as "warm-up of treatment".
  virtual void step_began(std::string_view /*what*/) {}
  /// \param cells  every cell of the plan, in its order
  virtual void block_finished(const Block& /*block*/, const std::vector<CellProgress>& /*cells*/) {}
  /// A fact that a reader of the result should know; the result's audit has it, too.
  virtual void note(std::string_view /*text*/) {}
};

/// When the result of an attempt counts as told. Until then the next run of the experiment returns it again and starts
/// nothing, so that a kill between the record and its telling does not spend another attempt.
enum class Telling {
  at_return,       ///< when `run_experiment` returns it
  when_confirmed,  ///< when `confirm_told` is called
};

/// What follows if the blocks up to the cap would hardly decide anything: a comparison stops, and an experiment pauses,
/// with its attempt open (docs/methods/futility.md).
enum class Futility { watched, ignored };

/// How an attempt is to be run.
struct RunOptions {
  /// Names of records that the caller has received and will report: their results are not returned again.
  std::vector<std::string> received = {};
  std::optional<std::string> actor;  ///< std::nullopt: $ASSAY_ACTOR, else git's user.email, else user@host
  /// std::nullopt: the one whose rule in the lab matches this machine, else "local"; "simulated" in a simulation.
  std::optional<std::string> environment_name;
  std::optional<nanoseconds> host_patience;  ///< how long to wait for the host; std::nullopt: as long as it takes
  Allowance allowance = {};                  ///< why the attempt may ask for less than earlier ones did
  StopSignal stop;                           ///< empty: nobody asks the attempt to stop
  /// Unless this is empty, SIGINT, SIGTERM and SIGHUP lose their usual effect while trials run: the first one writes
  /// this text to standard error and stops the attempt after the running block, a second one stops it at once.
  std::string answer_to_signal;
  Telling telling = Telling::at_return;
  Futility futility = Futility::watched;
  ClusterOptions cluster = {};  ///< used only if the engine is a cluster's
  /// If other experiments share the cluster with this one; `run_queue` sets it.
  engine::QueueMember* member = nullptr;
};

/// A record that was written into the lab.
struct FiledRecord {
  int number = 0;
  std::string name;    ///< "0007-readiness-poll"
  std::string sha256;  ///< of its file
  friend bool operator==(const FiledRecord&, const FiledRecord&) = default;
};

/// What was planned, measured and found.
struct Outcome {
  Plan plan;
  std::string plan_sha256;
  std::string actor;
  std::vector<Block> blocks;  ///< all of the attempt, in the order in which they ended
  AttemptResult result;
  std::string revision = {};       ///< commit of the experiment's repository when this session began; empty: none
  bool has_other_changes = false;  ///< tracked files differed from that commit
};

/// The attempt came to its verdict.
struct Finished {
  Outcome outcome;
  std::optional<FiledRecord> record;  ///< std::nullopt: no block was measured, or no record was asked for
};

/// Somebody asked the attempt to stop, or it paused since more blocks are futile (`result.stop`). An experiment's
/// attempt stays open: run it again to go on.
struct Interrupted {
  Outcome outcome;
};

/// How a run ended. A refusal measured nothing.
using Ending = std::variant<Finished, Interrupted, Refusal>;

/// Reads an experiment file, TOML or JSON, checks it, and looks up what its variable names: commits, digests of files.
/// \throws Error with file, line and column.
[[nodiscard]] ExperimentFile read_experiment(const std::string& file, const FileOverrides& overrides,
                                             Observer& observer);

/// A plan together with the digest that identifies what it is about.
struct FrozenPlan {
  Plan plan;
  std::string hypothesis_sha256;  ///< the same for every attempt at one hypothesis, whatever it is called
};

/// What running the experiment's first attempt now would fix before its first trial. An open seed is drawn anew in each
/// call. Runs nothing.
/// \throws Error if workloads are to run side by side, and this machine or the budget has no room for them.
[[nodiscard]] FrozenPlan plan_experiment(const ExperimentFile& experiment, const RunOptions& options);

/// The same plan without groups of workloads that run side by side: to look for attempts at its hypothesis, also on a
/// machine that has no room for them. It is not to be stored.
[[nodiscard]] FrozenPlan plan_question(const ExperimentFile& experiment, const RunOptions& options);

/// Runs the experiment to its verdict and records it in the lab above its file, else above the current folder. Goes on
/// with an attempt that was interrupted.
/// \throws Error if an arm cannot be built or set up, a part of it is missing, or the lab cannot be written.
[[nodiscard]] Ending run_experiment(const ExperimentFile& experiment, const RunOptions& options, Observer& observer);

/// Notes that the result with this record was told (`Telling::when_confirmed`).
void confirm_told(const ExperimentFile& experiment, const FiledRecord& record);

/// Ends the interrupted attempt of an experiment and records it as inconclusive; it counts as spent.
/// \throws Error if the lab cannot be read or written.
[[nodiscard]] Ending close_experiment(const ExperimentFile& experiment, const RunOptions& options, Observer& observer);

/// Reads a record from its file. \throws Error if the file cannot be read or is not the record of an attempt.
[[nodiscard]] Record read_record(const std::string& path);

/// Computes a record's result again, only from its plan, its blocks and its audit.
[[nodiscard]] AttemptResult analyse(const Record& record);

}  // namespace assay::attempt

template <>
struct assay::EnumNames<assay::attempt::EngineName> {
  static constexpr std::array<std::string_view, 3> values = {"local", "simulated", "slurm"};
};
