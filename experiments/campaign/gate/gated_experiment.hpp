#pragma once

#include <string>

#include "core/record/gate.hpp"
#include "experiments/definition/definition.hpp"

namespace assay::campaign {

/// A commit that a gate measures, with the base's versions of the files that judge.
struct GatedCommit {
  std::string commit;
  std::string patch;  ///< absolute path of the patch that gives it those files; empty: it has them
};

/// What a gate asks of one experiment.
struct GateQuestion {
  GatedCommit control;
  GatedCommit change;
  Percent alert;        ///< the loss that is not accepted
  int experiments = 1;  ///< of the gate, which share alpha
};

/// The experiment with control and change as its arms, which is to show that the change is not worse by the threshold.
/// Each of several experiments gets its share of alpha, so that a change that alters nothing fails the whole gate in at
/// most alpha of all cases. That a change is not worse must be shown by each, which needs no such share.
/// \throws Error if its variable is not a revision of the repository that holds the file.
[[nodiscard]] definition::Definition gated(definition::Definition definition, const GateQuestion& question);

}  // namespace assay::campaign
