#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/host/process/process.hpp"
#include "core/host/process/signals.hpp"
#include "experiments/attempt/experiment.hpp"

namespace assay::attempt {

/// Combines the caller's stop request with that of signals: the stronger one counts. The options must outlive it.
class StopSources {
 public:
  explicit StopSources(const RunOptions& options);

  [[nodiscard]] StopRequest request() const;

  /// Launchers whose children end at once if a signal asks for it.
  void watch(const std::vector<host::Launcher*>& launchers);

 private:
  [[nodiscard]] StopRequest requested_by_signals() const;

  const StopSignal& asked_;
  const std::string& answer_;
  std::optional<host::StopSignals> signals_;
};

}  // namespace assay::attempt
