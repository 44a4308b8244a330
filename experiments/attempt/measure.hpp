#pragma once

#include <string>

#include "core/host/journal/journal.hpp"
#include "core/host/machine/lock.hpp"
#include "experiments/attempt/experiment.hpp"
#include "experiments/attempt/journalled_attempt.hpp"
#include "experiments/attempt/lab_links.hpp"
#include "experiments/record/committed_revision.hpp"
#include "experiments/session/session.hpp"

namespace assay::attempt {

/// Takes the host's measuring lock, and tells the observer once if it has to wait.
/// \param purpose  shown to others who wait for the host: "assay run readiness-poll"
/// \throws host::HostBusyError if the lock stays taken.
[[nodiscard]] host::MeasuringLock take_measuring_lock(const std::string& purpose, const RunOptions& options,
                                                      Observer& observer);

/// What an attempt is measured for.
struct MeasureUse {
  LabLinks links = {};  ///< to the lab; empty: nothing of it is looked at or written
  session::WhenFutile when_futile = session::WhenFutile::goes_on;
  std::string spools = {};         ///< absolute: the folder that a cluster's engine shares with the nodes
  std::string hidden_folder = {};  ///< absolute: what is run must not see it; empty: none
};

/// Runs the attempt on the engine that its plan asks for.
[[nodiscard]] session::SessionEnd measure(const JournalledAttempt& attempt, host::Journal& journal,
                                          const host::MeasuringLock& lock, const RunOptions& options,
                                          Observer& observer, const MeasureUse& use = {});

/// What was measured, by whom, and from which state of the experiment's repository. Takes the plan out of the attempt,
/// and all but `interrupted` out of the session's end.
[[nodiscard]] Outcome outcome_of(JournalledAttempt& attempt, session::SessionEnd& end, std::string actor,
                                 record::CommittedRevision began_at);

}  // namespace assay::attempt
