#pragma once

#include <vector>

#include "core/plan.hpp"
#include "core/result/result.hpp"
#include "experiments/trial/audit/fingerprint.hpp"

namespace assay::trial {

/// Proves that the arms differ only in the variable, and that nothing they are made of changed while they were
/// measured. Whatever else differs is named as an intruder, and the audit fails. Arms that do not differ at all pass as
/// an A/A comparison, with a note that says so.
///
/// \param first  taken before the attempt's first trial
/// \param now    taken just now: one per cell and arm, in the same order
[[nodiscard]] AuditResult audit(const Plan& plan, const std::vector<Fingerprint>& first,
                                const std::vector<Fingerprint>& now);

/// Only a part of that: what changed between the two moments, for one arm as for several. Nothing compares the arms.
[[nodiscard]] AuditResult changes_between(const Plan& plan, const std::vector<Fingerprint>& first,
                                          const std::vector<Fingerprint>& now);

/// Copies what was built from `now` into `first`. When an attempt is resumed, its arms are built again from the same
/// commits, and not every compiler makes the same program of them twice.
/// \returns notes about what is not the same as before.
[[nodiscard]] std::vector<std::string> take_over_builds(const Plan& plan, std::vector<Fingerprint>& first,
                                                        const std::vector<Fingerprint>& now);

/// Copies what trials notice of the machine from `now` into `first`, for an attempt that goes on on another machine:
/// both trials of a block run on one machine, so that it may differ between blocks.
/// \returns notes about what differs besides the machine's name and boot.
[[nodiscard]] std::vector<std::string> take_over_machine(std::vector<Fingerprint>& first,
                                                         const std::vector<Fingerprint>& now);

/// "env READY_MODE", "argument workers", "command".
[[nodiscard]] std::string name_of(const Variable& variable);

}  // namespace assay::trial
