#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/date.hpp"
#include "core/target.hpp"
#include "experiments/record/record_store.hpp"

namespace assay::record {

/// A relaxation that was not restored.
struct OpenRelaxation {
  RecordSummary record;
  Relaxation content;
};

/// One target of the lab: its limit as the tightest that was ever recorded, whatever file states it.
struct TargetStanding {
  Target target;
  std::string stated_in;  ///< name of the record that first has this limit; empty: only a relaxation does
  std::optional<OpenRelaxation> relaxed;
};

/// Every target that a record states, in the order in which they came. `records` are oldest first.
/// \throws Error when an entry cannot be read.
[[nodiscard]] std::vector<TargetStanding> targets_in(const Lab& lab, const std::vector<RecordSummary>& records);

/// The day until which a relaxation was granted is past.
[[nodiscard]] bool is_overdue(const OpenRelaxation& relaxation, Date today);
/// What holds today: the relaxed limit until its day, then the old one; nothing: dropped until then.
[[nodiscard]] std::optional<double> limit_in_force(const TargetStanding& standing, Date today);

/// An experiment file that asks for less than what holds.
struct LooserTarget {
  TargetStanding standing;
  std::optional<double> now;  ///< nothing: the file has no such target any more
};
/// Those targets that a file states looser than what holds today, and those that its last attempt (of the same
/// experiment or the same hypothesis) had and it has not.
struct StatedTargets {
  std::string experiment;
  std::string hypothesis_sha256;
  std::vector<Target> targets;
};
[[nodiscard]] std::vector<LooserTarget> looser_targets(const Lab& lab, const std::vector<RecordSummary>& records,
                                                       const StatedTargets& file, Date today);

}  // namespace assay::record
