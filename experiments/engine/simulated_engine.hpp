#pragma once

#include "core/plan.hpp"
#include "experiments/engine/engines.hpp"

namespace assay::engine {

/// Draws trials from `Plan::simulation` instead of running them.
///
/// Everything in a block follows from the seed, the cell and the number, including its start time, so two attempts with
/// the same seed are equal however often they were interrupted. Wall time is lognormal around the baseline, shifted
/// for treatments; processor time is nine tenths of it, memory and counts are constant. A metric read from the
/// program's own output is drawn like wall time around 1, a proportion is 1.
class SimulatedEngine final : public Engine {
 public:
  /// \throws Error if the plan has no simulation.
  explicit SimulatedEngine(EngineOptions options);

  /// Only arguments and environment.
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

/// The block that the simulation draws for an order: a pure function of plan and order.
[[nodiscard]] Block simulated_block(const Plan& plan, const BlockOrder& order);

}  // namespace assay::engine
