#pragma once

#include <memory>
#include <string>
#include <vector>

#include "experiments/engine/engines.hpp"
#include "experiments/engine/local_engine.hpp"

namespace assay::engine {

struct SlurmSession;

/// Runs each block as one task of a job array on an exclusive node of a Slurm cluster (docs/slurm.md). This host only
/// fingerprints the arms, submits, and takes results in; it may be killed at any moment and goes on from the spool.
class SlurmEngine final : public Engine {
 public:
  /// \throws Error if there is no sbatch, or blocks of the plan cannot run on several nodes at once.
  explicit SlurmEngine(EngineOptions options);
  ~SlurmEngine() override;

  void build(const StopSignal& stop) override;
  [[nodiscard]] std::vector<Build> builds() override;
  [[nodiscard]] std::vector<trial::Fingerprint> fingerprints() override;
  void prepare(const StopSignal& stop) override;
  std::optional<DroppedBlock> run(std::span<const BlockOrder> orders, const BlockSink& sink,
                                  const StopSignal& stop) override;
  [[nodiscard]] std::vector<std::string> take_intruders() override;
  [[nodiscard]] std::vector<ClusterNode> nodes() override;
  [[nodiscard]] std::vector<std::string> take_notes() override;
  void finish() noexcept override;

 private:
  LocalEngine arms_;  ///< builds and fingerprints the arms on this host, and runs nothing
  std::string program_;
  std::unique_ptr<SlurmSession> session_;
};

}  // namespace assay::engine
