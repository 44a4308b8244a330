#include "experiments/session/session.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/assert.hpp"
#include "core/engine/weight.hpp"
#include "core/error.hpp"
#include "core/host/machine/clock.hpp"
#include "core/host/machine/pauses.hpp"
#include "experiments/decide/numbered_rules/rule_set.hpp"
#include "experiments/engine/engine_use.hpp"
#include "experiments/formats/block/block_json.hpp"
#include "experiments/session/block_notes.hpp"
#include "experiments/session/open_result.hpp"
#include "experiments/session/runner_strata.hpp"
#include "experiments/session/schedule_ahead.hpp"
#include "experiments/trial/audit/audit.hpp"
#include "experiments/trial/audit/contents.hpp"

namespace assay::session {
namespace {

/// How a part of a session ended.
enum class PartEnd { done, asked_to_stop };

class Session {
 public:
  Session(const Plan& plan, host::AttemptId attempt, host::Journal& journal, engine::Engine& engine,
          SessionObserver& observer, const engine::StopSignal& stop, WhenFutile when_futile)
      : plan_(plan),
        attempt_(attempt),
        journal_(journal),
        engine_(engine),
        observer_(observer),
        stop_(stop),
        when_futile_(when_futile),
        analysis_(plan),
        schedule_(plan),
        runners_(journal, attempt, plan, engine.runner()) {}

  SessionEnd run() {
    replay();
    if (takes_losses()) follow_running();
    build();
    const bool interrupted = is_asked_to_stop() || run_built() == PartEnd::asked_to_stop;
    pass_on_notes();
    journal_.sync();
    if (!blocks_.empty()) add_notes_on_layout();
    for (std::string& note : notes_on_blocks(plan_, analysis_, blocks_)) notes_.push_back(std::move(note));
    AuditResult audit = audit_;
    audit.notes.insert(audit.notes.end(), notes_.begin(), notes_.end());
    audit.builds = engine_.builds();
    audit.hooks = engine_.hook_runs();
    if (decide::rules_of(plan_).read_harness == decide::ReadHarness::judged) {
      audit.changed_harness = engine_.changed_harness();
      if (is_first_session_) audit.warm_ups = engine_.warm_ups();
    }
    audit.challenges = engine_.challenges();
    audit.unannounced = std::move(vigilant_.unannounced);
    audit.fresh_starts = std::move(vigilant_.fresh_starts);
    audit.nodes = engine_.nodes();
    if (audit.nodes.empty()) audit.nodes = runners_.nodes_of(blocks_);
    audit.plants = std::move(plants_);
    analysis_.set_audit(audit);
    SessionEnd end{analysis_.result(), std::move(blocks_), interrupted};
    if (interrupted && !paused_as_futile_) leave_open(end.result);
    return end;
  }

 private:
  void build() {
    try {
      engine_.build(stop_);
    } catch (const Error&) {
      pass_on_notes();  // what the build printed at its end
      throw;
    }
  }

  [[nodiscard]] bool is_asked_to_stop() const { return stop_() != engine::StopRequest::none; }
  [[nodiscard]] PartEnd end_of_part() const { return is_asked_to_stop() ? PartEnd::asked_to_stop : PartEnd::done; }

  /// From the first audit to the last.
  PartEnd run_built() {
    take_first_fingerprints();
    run_audit();
    if (!audit_.passed) return PartEnd::done;
    // Challenges of isolation, unannounced trials and planted faults belong to the session that ends the attempt, so
    // they are taken even if no block is left to run.
    if (analysis_.finished() && !plan_.variable.shares && !plan_.vigilant && !tries_plants()) {
      return PartEnd::done;
    }
    const engine::EngineUse use(engine_);
    engine_.prepare(stop_);
    pass_on_notes();
    if (is_asked_to_stop()) return PartEnd::asked_to_stop;
    if (has_warm_ups()) take_trial_findings();
    if (!audit_.passed) return PartEnd::done;
    if (measure() == PartEnd::asked_to_stop) return PartEnd::asked_to_stop;
    if (plan_.vigilant && run_unannounced() == PartEnd::asked_to_stop) return PartEnd::asked_to_stop;
    if (tries_plants() && try_plants() == PartEnd::asked_to_stop) return PartEnd::asked_to_stop;
    take_trial_findings();
    if (audit_.passed) run_audit();
    return PartEnd::done;
  }

  PartEnd run_unannounced() {
    vigilant_ = engine_.run_unannounced(stop_);
    for (std::string& note : not_tried_notes(plan_, vigilant_.unannounced)) notes_.push_back(std::move(note));
    return end_of_part();
  }

  /// Planting and breaking arms, and judging treatment by control's checks, cost builds and trials, so they are left to
  /// challenges.
  [[nodiscard]] bool tries_plants() const {
    return plan_.challenge && (!plan_.plants.empty() || !plan_.checks.empty() || has_source(plan_.variable));
  }
  PartEnd try_plants() {
    plants_ = engine_.try_plants(stop_);
    return end_of_part();
  }

  [[nodiscard]] bool has_warm_ups() const {
    return std::all_of(plan_.states.begin(), plan_.states.end(), [](const State& state) { return state.warmup > 0; });
  }

  /// Takes what trials or warm-ups have shown to be wrong with the comparison itself, with which no audit passes.
  void take_trial_findings() {
    intruders_ = engine_.take_intruders();
    if (!intruders_.empty()) run_audit();
  }

  [[nodiscard]] bool takes_losses() const {
    return decide::rules_of(plan_).lost_blocks == decide::LostBlocks::at_their_worst;
  }

  /// Whoever ends the program in the middle of a block must not thereby forget it. A comparison is never taken up.
  void follow_running() {
    if (plan_.exploratory) return;
    engine_.follow_running([this](const std::vector<Block>& blocks) {
      journal_.keep_running_blocks(attempt_, jsons_of(completed(blocks)));
    });
  }

  /// A block of this session with the losses before it and its machine, as it is journalled.
  [[nodiscard]] Block completed(Block block) const {
    if (takes_losses()) block.losses = schedule_.losses(block);
    runners_.name_in(block);
    return block;
  }
  [[nodiscard]] std::vector<Block> completed(std::vector<Block> blocks) const {
    for (Block& block : blocks) block = completed(std::move(block));
    return blocks;
  }
  [[nodiscard]] static std::vector<std::string> jsons_of(const std::vector<Block>& blocks) {
    std::vector<std::string> jsons;
    for (const Block& block : blocks) jsons.push_back(formats::block_json(block));
    return jsons;
  }

  void replay() {
    lose_running();
    for (const std::string& json : journal_.blocks(attempt_)) {
      Block block = formats::parse_block(json);
      runners_.name_in_earlier(block);
      take_in(std::move(block));
    }
    look_for_altered();
    earlier_time_ = measuring_time(blocks_, plan_.protocol.design);
  }

  /// Blocks of earlier sessions that somebody changed in the journal are no measurements. Attempts of 0.1.0 have no
  /// seals.
  void look_for_altered() {
    if (plan_.rules == kOldestRules) return;
    for (const int number : journal_.altered_blocks(attempt_)) {
      altered_.push_back(fmt::format("block {} of the journal is not as it was written when it ended", number));
    }
  }

  /// What was running when an earlier session was killed.
  void lose_running() {
    for (const std::string& lost : journal_.lose_running_blocks(attempt_)) {
      std::string note = lost_block_note(plan_, formats::parse_block(lost));
      observer_.note(note);
      notes_.push_back(std::move(note));
    }
  }

  void take_in(Block block) {
    schedule_.add(block);
    analysis_.add(block);
    blocks_.push_back(std::move(block));
  }

  /// Takes the fingerprints of the attempt's first session, so that a change between two sessions is found, too.
  void take_first_fingerprints() {
    const std::string kept = journal_.fingerprints(attempt_);
    is_first_session_ = kept.empty();
    if (is_first_session_) {
      first_fingerprints_ = engine_.fingerprints();
      journal_.keep_fingerprints(attempt_, trial::fingerprints_json(first_fingerprints_));
    } else {
      first_fingerprints_ = trial::parse_fingerprints(kept);
      const std::vector<trial::Fingerprint> now = engine_.fingerprints();
      std::vector<std::string> notes = take_over_builds(plan_, first_fingerprints_, now);
      if (runners_.is_on_another_host()) {
        for (std::string& note : take_over_machine(first_fingerprints_, now)) notes.push_back(std::move(note));
      }
      std::move(notes.begin(), notes.end(), std::back_inserter(notes_));
      journal_.append_interruption(attempt_, host::unix_time_ns(), "taken up again");
    }
  }

  /// Compares the arms as they are now; `audit_` and the analysis know the outcome.
  void run_audit() {
    audit_ = audit(plan_, first_fingerprints_, engine_.fingerprints());
    audit_.intruders.insert(audit_.intruders.end(), intruders_.begin(), intruders_.end());
    audit_.intruders.insert(audit_.intruders.end(), altered_.begin(), altered_.end());
    audit_.passed = audit_.intruders.empty();
    add_contents();
    analysis_.set_audit(audit_);
  }

  /// What is known of the arms before the first trial, and stays as it is.
  void add_contents() {
    if (decide::rules_of(plan_).close_questions == decide::CloseQuestions::passed_over) return;
    audit_.contents = trial::differing_contents(plan_, first_fingerprints_);
    audit_.programs = trial::programs_of(first_fingerprints_);
    if (!neighbours_) neighbours_ = observer_.neighbours(audit_);
    audit_.neighbours = *neighbours_;
  }

  void add_notes_on_layout() {
    for (std::string& note : engine_.notes_on_layout()) notes_.push_back(std::move(note));
  }

  void pass_on_notes() {
    for (std::string& note : engine_.take_notes()) {
      observer_.note(note);
      notes_.push_back(std::move(note));
    }
  }

  /// Block after block until the analysis has enough, time is up, or somebody asks to stop.
  PartEnd measure() {
    observer_.step("measuring");
    measuring_since_ = host::monotonic_time();
    const host::PauseWatch pauses;
    pauses_ = &pauses;
    const PartEnd end = measure_watched();
    note_pauses();
    pauses_ = nullptr;
    return end;
  }

  PartEnd measure_watched() {
    while (!analysis_.finished()) {
      if (is_asked_to_stop()) return PartEnd::asked_to_stop;
      if (is_time_up()) {
        analysis_.cut_by_time();
        return PartEnd::done;
      }
      if (blocks_.empty()) observer_.first_block_begins(audit_);
      if (is_futile()) {
        end_as_futile();
        // A pause leaves the attempt open, as an interruption does.
        return paused_as_futile_ ? PartEnd::asked_to_stop : PartEnd::done;
      }
      run_to_next_look();
      journal_.sync();
    }
    return PartEnd::done;
  }

  /// Asked before blocks are run, so that an attempt that paused does so again until it is told to go on.
  [[nodiscard]] bool is_futile() const { return when_futile_ != WhenFutile::goes_on && analysis_.is_futile(); }
  void end_as_futile() {
    paused_as_futile_ = when_futile_ == WhenFutile::pauses;
    analysis_.stop_as_futile();
  }

  void run_to_next_look() {
    const std::vector<BlockOrder> orders = schedule_.to_next_look(analysis_);
    ASSAY_ASSERT(!orders.empty());
    const std::size_t open_at_start = open_cells();
    const engine::BlockSink sink = [this](std::vector<Block> ended) {
      ended = completed(std::move(ended));
      journal_.append_blocks(attempt_, jsons_of(ended));
      for (Block& block : ended) {
        if (is_void(block)) note_void(block);
        take_in(std::move(block));
        note_pauses();
        observer_.block_finished(blocks_.back(), analysis_);
      }
    };
    // A cell that is decided early, by failures, needs none of its other orders.
    const engine::StopSignal signal = [this, open_at_start] {
      if (const engine::StopRequest asked = stop_(); asked != engine::StopRequest::none) return asked;
      const bool done = analysis_.finished() || is_time_up() || open_cells() != open_at_start;
      return done ? engine::StopRequest::after_block : engine::StopRequest::none;
    };
    if (const std::optional<engine::DroppedBlock> dropped = engine_.run(orders, sink, signal)) note_dropped(*dropped);
  }

  /// Says why a block is run again; the first few times, since a broken hook may void every block.
  void note_void(const Block& block) {
    constexpr int kMostNoted = 3;
    if (++void_blocks_noted_ > kMostNoted) return;
    const bool is_forgotten = !takes_losses() || !is_lost(block);
    const std::string note = is_forgotten ? void_block_note(plan_, block) : lost_block_note(plan_, block);
    observer_.note(note);
    notes_.push_back(note);
  }

  /// A pause is no time of measuring: whoever stops the program after a look must not thereby choose the last one.
  void note_pauses() {
    const nanoseconds now = pauses_->stood_still();
    if (now == paused_) return;
    const std::string note = fmt::format("the program stood still for {}: that does not count as time of measuring",
                                         format_duration(now - paused_));
    paused_ = now;
    journal_.append_interruption(attempt_, host::unix_time_ns(), note);
    observer_.note(note);
    notes_.push_back(note);
  }

  void note_dropped(const engine::DroppedBlock& dropped) {
    std::string running;
    for (const ArmIndex arm : dropped.running) {
      running += (running.empty() ? "" : " and ") + plan_.variable.levels[arm].label;
    }
    std::vector<std::string> names;
    for (const std::size_t cell : group_of(plan_, dropped.order.cell)) {
      names.push_back(cell_name(plan_, cells(plan_)[cell]));
    }
    const std::string note = fmt::format("block {} of {} dropped: {} had been running for {}", dropped.order.number,
                                         fmt::join(names, " and "), running, format_duration(dropped.elapsed));
    journal_.append_interruption(attempt_, host::unix_time_ns(), note);
    observer_.note(note);
  }

  [[nodiscard]] std::size_t open_cells() const {
    std::size_t open = 0;
    for (std::size_t cell = 0; cell < cell_count_; ++cell) open += analysis_.blocks_to_next_look(cell) > 0 ? 1 : 0;
    return open;
  }

  [[nodiscard]] bool is_time_up() const {
    if (!plan_.protocol.max_time) return false;
    const nanoseconds measured = host::monotonic_time() - measuring_since_ - pauses_->stood_still();
    return earlier_time_ + measured >= *plan_.protocol.max_time;
  }

  const Plan& plan_;
  host::AttemptId attempt_;
  host::Journal& journal_;
  engine::Engine& engine_;
  SessionObserver& observer_;
  const engine::StopSignal& stop_;
  WhenFutile when_futile_;
  decide::AttemptAnalysis analysis_;
  ScheduleAhead schedule_;
  RunnerStrata runners_;
  std::vector<Block> blocks_;  ///< all of the attempt
  std::size_t cell_count_ = cells(plan_).size();
  std::vector<trial::Fingerprint> first_fingerprints_;
  AuditResult audit_;
  std::vector<std::string> intruders_;                ///< that trials have shown
  std::vector<std::string> altered_;                  ///< of the journal
  std::optional<std::vector<Neighbour>> neighbours_;  ///< looked for once
  engine::VigilantRuns vigilant_;
  std::vector<TriedPlant> plants_;
  std::vector<std::string> notes_;
  bool is_first_session_ = false;
  bool paused_as_futile_ = false;
  int void_blocks_noted_ = 0;
  nanoseconds earlier_time_{};  ///< measuring time of earlier sessions
  nanoseconds measuring_since_{};
  const host::PauseWatch* pauses_ = nullptr;  ///< while blocks run
  nanoseconds paused_{};                      ///< so much of it is noted
};

}  // namespace

SessionEnd run_attempt(const Plan& plan, host::AttemptId attempt, host::Journal& journal, engine::Engine& engine,
                       SessionObserver& observer, const engine::StopSignal& stop, WhenFutile when_futile) {
  return Session(plan, attempt, journal, engine, observer, stop, when_futile).run();
}

}  // namespace assay::session
