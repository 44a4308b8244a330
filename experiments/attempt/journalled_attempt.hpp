#pragma once

#include <string>
#include <vector>

#include "core/host/journal/journal.hpp"
#include "core/plan.hpp"
#include "experiments/attempt/experiment.hpp"

namespace assay::attempt {

/// An attempt that stands in a journal.
struct JournalledAttempt {
  host::AttemptId id = 0;
  Plan plan;  ///< with its secrets if it is to be run
  std::string plan_sha256;
  std::vector<std::string> notes = {};  ///< what its result tells of its history: "reopened by 0002-reopening ..."
  std::string build_logs = {};  ///< absolute: the folder where its builds are logged; empty: only failed ones are kept
};

/// Hashes the plan and writes it into the journal, before anything is measured.
[[nodiscard]] JournalledAttempt open_attempt(host::Journal& journal, FrozenPlan plan);

/// The attempt's blocks so far, in the order in which they ended.
[[nodiscard]] std::vector<Block> read_blocks(const host::Journal& journal, host::AttemptId attempt);

}  // namespace assay::attempt
