#pragma once

#include <memory>
#include <string>
#include <vector>

#include "experiments/engine/engines.hpp"

namespace assay::engine {

struct LocalSession;

/// Runs trials on this host, one at a time; in a duet both trials of a block at once; side by side one trial of each
/// workload of a group at once. The caller must hold the
/// measuring lock.
class LocalEngine final : public Engine {
 public:
  /// Starts a launcher.
  /// \throws Error if the temporary folder cannot be written, or there are no two CPUs for a duet.
  explicit LocalEngine(EngineOptions options);
  ~LocalEngine() override;

  void build(const StopSignal& stop) override;
  [[nodiscard]] std::vector<Build> builds() override;
  [[nodiscard]] std::vector<trial::Fingerprint> fingerprints() override;
  void prepare(const StopSignal& stop) override;
  [[nodiscard]] VigilantRuns run_unannounced(const StopSignal& stop) override;
  [[nodiscard]] std::vector<TriedPlant> try_plants(const StopSignal& stop) override;
  void follow_running(RunningBlockSink sink) override;
  std::optional<DroppedBlock> run(std::span<const BlockOrder> orders, const BlockSink& sink,
                                  const StopSignal& stop) override;
  [[nodiscard]] std::vector<std::string> take_intruders() override;
  [[nodiscard]] std::vector<HookRun> hook_runs() override;
  [[nodiscard]] std::vector<std::string> changed_harness() override;
  [[nodiscard]] std::vector<WarmUps> warm_ups() override;
  [[nodiscard]] std::vector<IsolationChallenge> challenges() override;
  [[nodiscard]] std::optional<ClusterNode> runner() override;
  [[nodiscard]] std::vector<std::string> take_notes() override;
  [[nodiscard]] std::vector<std::string> notes_on_layout() override;
  [[nodiscard]] std::vector<host::Launcher*> launchers() override;
  void finish() noexcept override;

 private:
  std::unique_ptr<LocalSession> session_;
};

}  // namespace assay::engine
