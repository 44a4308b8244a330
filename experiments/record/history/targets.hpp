#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/target.hpp"
#include "core/text/date.hpp"
#include "experiments/record/record_store.hpp"

namespace assay::record {

/// A relaxation that was not restored.
struct OpenRelaxation {
  RecordSummary record;
  Relaxation content;
};

/// A target of the lab. Its limit is the tightest that was ever recorded, whichever file states it.
struct TargetStatus {
  Target target;
  std::string stated_in;  ///< name of the record that first has this limit; empty: only a relaxation has it
  std::optional<OpenRelaxation> relaxed;                  ///< in every environment
  std::map<std::string, OpenRelaxation> relaxed_in = {};  ///< only in the environment of this name
  std::string attributed_to = {};  ///< name of the record of `Target::attribution`; empty if there is none
};
/// The same as it is in one environment: `relaxed` is the relaxation of that environment, if there is one, else that of
/// every environment; `relaxed_in` is empty.
[[nodiscard]] TargetStatus status_in(TargetStatus status, const std::string& environment);

/// Every target that a record states, in the order in which they came. `records` are oldest first.
/// \throws Error if an entry cannot be read.
[[nodiscard]] std::vector<TargetStatus> targets_in(const Lab& lab, const std::vector<RecordSummary>& records);

/// Whether the day until which a relaxation was granted is past.
[[nodiscard]] bool is_overdue(const OpenRelaxation& relaxation, Date today);
/// The limit that holds today: the relaxed one until its day, then the old one. std::nullopt: none until that day.
[[nodiscard]] std::optional<double> limit_in_force(const TargetStatus& status, Date today);

/// A target that an experiment file states looser than the lab has it.
struct LooserTarget {
  TargetStatus status;
  std::optional<double> now;  ///< the file's limit; std::nullopt: the file states no such target any more
};
/// The targets that an experiment file states.
struct StatedTargets {
  std::string experiment;
  std::string hypothesis_sha256;
  std::string environment_name;  ///< in which it is to be run
  std::vector<Target> targets;
};
/// The targets that a file states looser than what holds today, and those that its last attempt (of the same experiment
/// or the same hypothesis) stated and it no longer states.
[[nodiscard]] std::vector<LooserTarget> looser_targets(const Lab& lab, const std::vector<RecordSummary>& records,
                                                       const StatedTargets& file, Date today);

}  // namespace assay::record
