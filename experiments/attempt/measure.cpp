#include "experiments/attempt/measure.hpp"

#include <memory>
#include <utility>
#include <vector>

#include "experiments/attempt/restored_files.hpp"
#include "experiments/attempt/stop_sources.hpp"
#include "experiments/engine/engines.hpp"

namespace assay::attempt {
namespace {

/// Hands on what the session reports, in the front door's words; ends the report however the session ends.
class SessionReport final : public session::SessionObserver {
 public:
  SessionReport(const Plan& plan, attempt::Observer& observer, const LabLinks& links, const host::MeasuringLock& lock)
      : cell_count_(cells(plan).size()),
        observer_(observer),
        links_(links),
        lock_(lock),
        saw_another_(lock.sees_another_measurement()) {
    observer_.measuring_began(plan);
  }
  ~SessionReport() override { observer_.measuring_ended(); }

  void step(std::string_view what) override { observer_.step_began(what); }
  void note(std::string_view text) override { observer_.note(text); }
  void first_block_begins(const AuditResult& audit) override {
    if (links_.open) links_.open(audit);
  }
  [[nodiscard]] std::vector<Neighbour> neighbours(const AuditResult& audit) override {
    return links_.neighbours ? links_.neighbours(audit) : std::vector<Neighbour>{};
  }

  void block_finished(const Block& block, const decide::AttemptAnalysis& analysis) override {
    std::vector<CellProgress> progress;
    for (std::size_t cell = 0; cell < cell_count_; ++cell) {
      const decide::Progress now = analysis.progress(cell);
      progress.push_back({.blocks = now.blocks,
                          .cap = now.cap,
                          .estimate = now.estimate,
                          .interval = now.interval,
                          .open = analysis.blocks_to_next_look(cell) > 0});
    }
    observer_.block_finished(block, progress);
    look_for_others();
  }

  void look_for_others() { saw_another_ = saw_another_ || lock_.sees_another_measurement(); }
  /// Whether another measurement ran on this host when this one began, after a block, or at the last look.
  [[nodiscard]] bool saw_another() const { return saw_another_; }

 private:
  std::size_t cell_count_;
  attempt::Observer& observer_;
  const LabLinks& links_;
  const host::MeasuringLock& lock_;
  bool saw_another_;
};

}  // namespace

host::MeasuringLock take_measuring_lock(const std::string& purpose, const RunOptions& options, Observer& observer) {
  return host::MeasuringLock(
      purpose, options.host_patience.value_or(nanoseconds::max()),
      [&observer](const host::LockHolder& holder) { observer.waiting_for_host(holder.description); });
}

session::SessionEnd measure(const JournalledAttempt& attempt, host::Journal& journal, const host::MeasuringLock& lock,
                            const RunOptions& options, Observer& observer, const MeasureUse& use) {
  SessionReport report(attempt.plan, observer, use.links, lock);
  StopSources stop(options);
  const engine::StepSink step = [&report](std::string_view what) { report.step(what); };
  std::vector<std::string> edits;
  const auto on_edit = [&](const host::Restoration& restoration) {
    const RestoredFile file = restored_file(restoration);
    edits.push_back(describe(file));
    observer.file_restored(file);
  };
  std::unique_ptr<engine::Engine> engine = engine::make_engine({.plan = attempt.plan,
                                                                .lock_path = lock.path(),
                                                                .step = step,
                                                                .build_logs = attempt.build_logs,
                                                                .on_edit = on_edit,
                                                                .plan_sha256 = attempt.plan_sha256,
                                                                .spools = use.spools,
                                                                .cluster = options.cluster,
                                                                .member = options.member,
                                                                .hidden_folder = use.hidden_folder});
  stop.watch(engine->launchers());
  session::SessionEnd end = session::run_attempt(
      attempt.plan, attempt.id, journal, *engine, report, [&stop] { return stop.request(); },
      options.futility == Futility::watched ? use.when_futile : session::WhenFutile::goes_on);
  stop.watch({});
  engine.reset();  // puts the original back if the variable is a file, and then knows of edits
  end.result.audit.notes.insert(end.result.audit.notes.end(), edits.begin(), edits.end());
  report.look_for_others();
  if (report.saw_another() && !end.blocks.empty() && !attempt.plan.simulation) {
    end.result.audit.notes.emplace_back(
        "another measurement ran on this host at the same time, with a lock in another folder (ASSAY_LOCK_DIR): it may "
        "have disturbed both arms");
  }
  return end;
}

Outcome outcome_of(JournalledAttempt& attempt, session::SessionEnd& end, std::string actor,
                   record::CommittedRevision began_at) {
  return {.plan = std::move(attempt.plan),
          .plan_sha256 = std::move(attempt.plan_sha256),
          .actor = std::move(actor),
          .blocks = std::move(end.blocks),
          .result = std::move(end.result),
          .revision = std::move(began_at.commit),
          .has_other_changes = began_at.has_other_changes};
}

}  // namespace assay::attempt
