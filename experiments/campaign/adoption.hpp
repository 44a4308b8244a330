#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/record/entry.hpp"
#include "core/record/milestone.hpp"
#include "experiments/campaign/change_proof.hpp"
#include "experiments/record/history/criteria.hpp"
#include "experiments/record/lab.hpp"
#include "experiments/record/record_summary.hpp"

namespace assay::campaign {

/// A change that somebody says is in a revision, or is gone from it.
struct ChangeRequest {
  record::RecordSummary attempt;
  std::string revision;                    ///< as the user wrote it
  std::optional<std::string> file;         ///< that says the level; absolute
  std::optional<std::string> reason = {};  ///< if nothing shows it, why it counts all the same
  std::optional<std::string> actor = {};
};

/// Records that a revision holds a kept change, or returns what does not show it if no reason was given.
/// \throws Error (refused) if the change was not kept, is adopted already, is known to be faulty, or took more than the
/// budget that its plan or its environment states now.
[[nodiscard]] std::variant<Entry, UnshownChange> adopt(const record::Lab& lab, const ChangeRequest& request);

/// Records that a revision does not hold the change of an attempt, in the same way. What was adopted by a level is
/// looked for in the file that said it then. \throws Error (refused) if it is reverted already, or the request names
/// another file without a reason.
[[nodiscard]] std::variant<Entry, UnshownChange> revert(const record::Lab& lab, const ChangeRequest& request);

/// Looks for an adopted change in a revision of the lab's repository, as it was looked for when it was adopted. If only
/// a person vouched for it, a revision holds it that follows the one which was adopted. \throws Error if there is no
/// repository or no such revision, or the record of the attempt is gone.
[[nodiscard]] std::variant<ShownChange, UnshownChange> look_in_revision(const record::LabView& view,
                                                                        const ChangeInRevision& change,
                                                                        const std::string& revision);
/// The same in HEAD.
[[nodiscard]] std::variant<ShownChange, UnshownChange> look_in_head(const record::LabView& view,
                                                                    const ChangeInRevision& change);

/// What a milestone needs and HEAD does not hold: adopted changes, "T5: 0003-adoption: HEAD does not hold mode: ...",
/// and the commits whose gain was measured. A change that only a person vouched for is left out.
/// \param view  the records by which the milestone's criteria are judged
[[nodiscard]] std::vector<std::string> gone_from_head(const record::LabView& view, const Milestone& milestone);

}  // namespace assay::campaign
