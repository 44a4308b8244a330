#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/plan.hpp"
#include "core/result/audit_result.hpp"
#include "experiments/attempt/journalled_attempt.hpp"
#include "experiments/record/lab.hpp"
#include "experiments/record/record_summary.hpp"

namespace assay::attempt {

/// What an attempt that is measured asks of its lab and writes there.
struct LabLinks {
  std::function<void(const AuditResult&)> open;                          ///< before its first block
  std::function<std::vector<Neighbour>(const AuditResult&)> neighbours;  ///< by what its arms are made of
};

/// The links of an attempt at an experiment. An attempt that ends by rules 1 has none.
/// \param actor  who runs it
[[nodiscard]] LabLinks lab_links(const record::Lab& lab, const JournalledAttempt& attempt, const std::string& actor);

/// The records of other questions that hold back a keep of this attempt.
/// \param audit  has what its arms are made of
[[nodiscard]] std::vector<Neighbour> neighbours_in(const record::Lab& lab, const Plan& plan, const AuditResult& audit);

/// The same before the arms are looked at, so that only levels, commands and environments are compared.
/// \param records  all of the lab, oldest first
[[nodiscard]] std::vector<Neighbour> planned_neighbours(const FrozenPlan& plan,
                                                        const std::vector<record::RecordSummary>& records);

/// Replaces the names by which the plan's targets say what they were derived from, such as "0003", by the SHA-256 of
/// those records. Reads the lab only if a target names one.
/// \throws Error that names the target if there is no lab or no such record, or if none of its trials reports a phase.
void name_attributions(Plan& plan, const std::optional<record::Lab>& lab);

/// Records that an attempt which was opened ended before its first block did, so that it is not spent in any clone.
/// Writes nothing if it has no opening.
void close_opening(const record::Lab& lab, const std::string& plan_sha256, const std::optional<std::string>& actor);

}  // namespace assay::attempt
