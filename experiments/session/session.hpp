#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/block.hpp"
#include "core/host/journal/journal.hpp"
#include "core/plan.hpp"
#include "core/result/result.hpp"
#include "experiments/decide/attempt_analysis.hpp"
#include "experiments/engine/engine.hpp"

namespace assay::session {

/// Receives what happens in a session.
class SessionObserver {
 public:
  SessionObserver() = default;
  virtual ~SessionObserver() = default;
  SessionObserver(const SessionObserver&) = delete;
  SessionObserver& operator=(const SessionObserver&) = delete;

  /// A step outside the clock begins: "warm-up", "setup of treatment".
  virtual void step(std::string_view what) = 0;
  virtual void block_finished(const Block& block, const decide::AttemptAnalysis& analysis) = 0;
  /// The first block of the attempt is about to run. May throw; the attempt then stays open without a block.
  virtual void first_block_begins(const AuditResult& /*audit*/) {}
  /// The records of other questions that hold back a keep of this one, by what the audit found the arms to be made of.
  [[nodiscard]] virtual std::vector<Neighbour> neighbours(const AuditResult& /*audit*/) { return {}; }
  /// A fact that a reader of the result should know, reported once: "stdout differs between the arms".
  virtual void note(std::string_view text) = 0;
};

/// What follows if blocks up to the cap would hardly decide anything.
enum class WhenFutile {
  goes_on,
  stops,   ///< the attempt ends there
  pauses,  ///< the session ends and the attempt stays open: nothing is spent, whoever wants to goes on
};

/// How a session ended.
struct SessionEnd {
  AttemptResult result;
  std::vector<Block> blocks;  ///< all of the attempt, those of earlier sessions first, in the order in which they ended
  bool interrupted = false;   ///< the attempt is still open and can be taken up again; if it paused, `result.stop` is
                              ///< futile
};

/// Runs an attempt to its verdict, or until asked to stop: takes up the blocks that the journal has, audits the arms,
/// then draws orders, runs, journals, analyses, and audits again. It decides nothing itself.
///
/// A block that ended is journalled before anything else happens. A block that did not end is run again with the same
/// coin when the attempt is taken up; if a trial of it had started it is lost, and stays in the journal as far as it
/// came (docs/methods/lost-blocks.md). max_time counts the measuring time of all sessions of the attempt: this one by
/// the clock less the time in which the program was stopped, earlier ones by the trials in their blocks. \throws Error
/// if an arm cannot be set up, a part of it is missing, or the journal cannot be written; the attempt then stays open.
SessionEnd run_attempt(const Plan& plan, host::AttemptId attempt, host::Journal& journal, engine::Engine& engine,
                       SessionObserver& observer, const engine::StopSignal& stop,
                       WhenFutile when_futile = WhenFutile::goes_on);

}  // namespace assay::session
