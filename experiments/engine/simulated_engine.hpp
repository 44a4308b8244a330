#pragma once

#include "core/plan.hpp"
#include "experiments/engine/engine.hpp"

namespace assay::engine {

/// Draws trials from `Plan::simulation` in place of running them.
///
/// Everything in a block follows from the seed, the cell and the number, its start time too: two attempts
/// with one seed are the same however often they were interrupted. Wall time is lognormal around the baseline, shifted
/// for treatments; processor time is nine tenths of it, memory and counts are constant. A metric read from the
/// program's own output is drawn like wall time around 1, a proportion is 1.
class SimulatedEngine final : public Engine {
 public:
  /// `plan` must outlive the engine and have a simulation.
  SimulatedEngine(const Plan& plan, StepSink step);

  /// Arguments and environment alone.
  [[nodiscard]] std::vector<trial::Fingerprint> fingerprints() override;
  void prepare(const StopSignal& stop) override;
  std::optional<DroppedBlock> run(std::span<const BlockOrder> orders, const BlockSink& sink,
                                  const StopSignal& stop) override;
  [[nodiscard]] std::vector<std::string> take_notes() override;
  void finish() noexcept override;

 private:
  const Plan& plan_;
  StepSink step_;
};

/// The block that the simulation gives for an order; a pure function of plan and order.
[[nodiscard]] Block simulated_block(const Plan& plan, const BlockOrder& order);

}  // namespace assay::engine
