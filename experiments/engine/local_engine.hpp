#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/host/files/file_swap.hpp"
#include "core/host/process/process.hpp"
#include "core/plan.hpp"
#include "experiments/engine/engine.hpp"

namespace assay::engine {

/// Runs trials on this host, one at a time, or in a duet the two of a block at once. The caller holds the measuring
/// lock.
class LocalEngine final : public Engine {
 public:
  /// `plan` and `launcher` must outlive the engine.
  /// \param lock_path  the measuring lock's file: trials hand it on, so that an assay started by one inherits the lock
  /// \param build_logs  absolute: the folder where builds are logged; empty: only those that fail are kept
  /// \param on_edit  is told where an edit of the file that is the variable is kept; as late as at the engine's end
  /// \throws Error when the temporary place cannot be written, or a duet has no two CPUs.
  LocalEngine(const Plan& plan, host::Launcher& launcher, const std::string& lock_path, StepSink step,
              const std::string& build_logs = "", host::RestorationSink on_edit = {});
  ~LocalEngine() override;

  /// All that may have a child running, for signals to reach: one, or of a duet two.
  [[nodiscard]] std::vector<host::Launcher*> launchers();

  void build(const StopSignal& stop) override;
  [[nodiscard]] std::vector<Build> builds() override;
  [[nodiscard]] std::vector<trial::Fingerprint> fingerprints() override;
  void prepare(const StopSignal& stop) override;
  std::optional<DroppedBlock> run(std::span<const BlockOrder> orders, const BlockSink& sink,
                                  const StopSignal& stop) override;
  [[nodiscard]] std::vector<std::string> take_intruders() override;
  [[nodiscard]] std::vector<IsolationChallenge> challenges() override;
  [[nodiscard]] std::vector<std::string> take_notes() override;
  void finish() noexcept override;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace assay::engine
