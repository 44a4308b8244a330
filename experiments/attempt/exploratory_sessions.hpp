#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/block.hpp"
#include "core/result.hpp"
#include "experiments/cli/measuring.hpp"

namespace assay::cli {

/// One attempt that was run, and what it measured.
struct MeasuredAttempt {
  Plan plan;
  AttemptResult result;
  std::vector<Block> blocks;
};

/// How attempts are run that judge no change: outside every lab's journal, recorded nowhere.
struct ExploratoryOptions {
  MeasuringOptions measuring;
  OutputOptions output;
};

/// Runs such attempts one after the other, under one measuring lock.
class ExploratorySessions {
 public:
  /// \param purpose  that whoever waits for the lock is told. \param folder  of the experiment, absolute.
  ExploratorySessions(const std::string& purpose, std::string folder, ExploratoryOptions options);

  /// Nothing where it was interrupted.
  [[nodiscard]] std::optional<MeasuredAttempt> run(const definition::Definition& definition);

 private:
  std::string folder_;
  ExploratoryOptions options_;
  host::MeasuringLock lock_;
  host::Journal journal_;
};

}  // namespace assay::cli
