#include "experiments/campaign/baseline_session.hpp"

#include <array>
#include <utility>

#include <fmt/format.h>

#include "experiments/design/schedule.hpp"
#include "experiments/engine/engine_use.hpp"
#include "experiments/trial/audit/audit.hpp"

namespace assay::campaign {

BaselineSession::BaselineSession(const Plan& plan, SessionSize size, attempt::Observer& observer,
                                 const StopSignal& stop)
    : plan_(plan),
      size_(size),
      observer_(observer),
      stop_(stop),
      done_(cells(plan).size()),
      closed_(cells(plan).size()) {}

MeasuredTrials BaselineSession::run(engine::Engine& engine) {
  engine.build(stop_);
  if (stop_() != StopRequest::none) {
    measured_.interrupted = true;
    return std::move(measured_);
  }
  const std::vector<trial::Fingerprint> before = engine.fingerprints();
  {
    const engine::EngineUse use(engine);
    engine.prepare(stop_);
    pass_on_notes(engine);
    measure(engine);
    const AuditResult changes = trial::changes_between(plan_, before, engine.fingerprints());
    measured_.changes = changes.intruders;
    measured_.notes.insert(measured_.notes.end(), changes.notes.begin(), changes.notes.end());
  }
  pass_on_notes(engine);
  return std::move(measured_);
}

/// The cells take turns. Each round begins with another cell, so that none always comes after the same one.
void BaselineSession::measure(engine::Engine& engine) {
  for (int number = 1; number <= size_.runs; ++number) {
    for (std::size_t turn = 0; turn < done_.size(); ++turn) {
      const std::size_t cell = (turn + static_cast<std::size_t>(number) - 1) % done_.size();
      if (stop_() != StopRequest::none) {
        measured_.interrupted = true;
        return;
      }
      if (!closed_[cell]) measure(engine, cell, number);
    }
  }
}

void BaselineSession::measure(engine::Engine& engine, std::size_t cell, int number) {
  const int done = done_[cell];
  for (int rerun = 0; rerun <= size_.most_reruns; ++rerun) {
    const std::array order = {BlockOrder{.cell = cell,
                                         .number = number,
                                         .rerun = rerun,
                                         .padding = design::drawn_padding(plan_, cell, number),
                                         .arms = {kControl}}};
    const auto dropped = engine.run(
        order,
        [this](std::vector<Block> blocks) {
          for (Block& block : blocks) take_block(std::move(block));
        },
        stop_);
    pass_on_notes(engine);
    if (dropped || stop_() != StopRequest::none) measured_.interrupted = true;
    if (measured_.interrupted || done_[cell] > done) return;
  }
  closed_[cell] = true;
  const std::string note =
      fmt::format("{} gets no more trials: {} in a row were void, the last: {}", cell_name(plan_, cells(plan_)[cell]),
                  size_.most_reruns + 1, describe(measured_.trials.back().trial.outcome));
  observer_.note(note);
  measured_.notes.push_back(note);
}

void BaselineSession::take_block(Block block) {
  if (block.broken_off) return;  // a baseline has no trial to show for it, and compares nothing
  if (!is_void(block)) ++done_[block.cell];
  Trial trial = block.trials.front();
  PhaseTimes phases =
      std::exchange(trial.phases, std::nullopt).value_or(PhaseTimes{});  // a baseline has them beside it
  measured_.trials.push_back({.cell = block.cell,
                              .number = block.number,
                              .rerun = block.rerun,
                              .started_ns = block.started_ns,
                              .padding = block.padding,
                              .trial = std::move(trial),
                              .phases = std::move(phases)});
  observer_.block_finished(block, progress());
}

void BaselineSession::pass_on_notes(engine::Engine& engine) {
  for (std::string& note : engine.take_notes()) {
    observer_.note(note);
    measured_.notes.push_back(std::move(note));
  }
}

std::vector<attempt::CellProgress> BaselineSession::progress() const {
  std::vector<attempt::CellProgress> all;
  for (std::size_t cell = 0; cell < done_.size(); ++cell) {
    all.push_back({.blocks = done_[cell],
                   .cap = size_.runs,
                   .estimate = std::nullopt,
                   .interval = std::nullopt,
                   .open = !closed_[cell] && done_[cell] < size_.runs});
  }
  return all;
}

}  // namespace assay::campaign
