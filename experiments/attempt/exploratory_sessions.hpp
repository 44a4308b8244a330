#pragma once

#include <optional>
#include <string>

#include "core/host/journal/journal.hpp"
#include "core/host/machine/lock.hpp"
#include "experiments/attempt/experiment.hpp"
#include "experiments/definition/definition.hpp"

namespace assay::attempt {

/// The plan of an attempt that judges no change, or that is not counted among the attempts of its hypothesis.
[[nodiscard]] FrozenPlan exploratory_plan(const definition::Definition& definition, const std::string& folder,
                                          const RunOptions& options);

/// Runs attempts that judge no change, one after the other under one measuring lock: they go into no lab's journal and
/// are recorded nowhere.
class ExploratorySessions {
 public:
  /// \param purpose  shown to others who wait for the host. \param folder  absolute: the experiment's.
  /// \param options, observer  must outlive it.
  /// \throws host::HostBusyError if the lock stays taken.
  ExploratorySessions(const std::string& purpose, std::string folder, const RunOptions& options, Observer& observer);

  /// std::nullopt if it was interrupted.
  [[nodiscard]] std::optional<Outcome> run(const definition::Definition& definition);

 private:
  std::string folder_;
  const RunOptions& options_;
  Observer& observer_;
  host::MeasuringLock lock_;
  host::Journal journal_;
};

}  // namespace assay::attempt
