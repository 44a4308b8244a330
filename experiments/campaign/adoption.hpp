#pragma once

#include <optional>
#include <string>
#include <variant>

#include "core/record/entry.hpp"
#include "experiments/campaign/change_proof.hpp"
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

/// Records that a revision does not hold the change of an attempt, in the same way.
/// \throws Error (refused) if it is reverted already.
[[nodiscard]] std::variant<Entry, UnshownChange> revert(const record::Lab& lab, const ChangeRequest& request);

}  // namespace assay::campaign
