#pragma once

#include <array>
#include <optional>
#include <string_view>
#include <vector>

#include "core/enum_names.hpp"
#include "core/record/adoption.hpp"
#include "experiments/record/history/hypotheses.hpp"
#include "experiments/record/record_store.hpp"

namespace assay::record {

/// What became of a change that an experiment kept.
enum class ChangeStanding {
  kept,              ///< no revision is known to hold it
  refuted,           ///< the same, and a challenge showed that it is not correct, or no improvement
  adopted,           ///< a revision holds it
  remeasured,        ///< adopted, and measured again since: in a cumulative gain, or by a challenge
  must_be_reverted,  ///< adopted, and a challenge showed that it is not correct
  reverted,          ///< a revision holds it no more
};

/// A kept change and what became of it.
struct KeptChange {
  RecordSummary attempt;
  ChangeStanding standing = ChangeStanding::kept;
  std::optional<RecordSummary> adopted_by = {};  ///< the newest adoption, unless it is undone
  std::optional<RecordSummary> because = {};     ///< the record that gives it this standing; empty if it is only kept
  std::optional<RecordSummary> refuted_by =
      {};  ///< the challenge by another that shows no improvement, if none shows one
};
/// All kept changes, in the order of their hypotheses. `records` are oldest first.
/// \throws Error if an entry cannot be read.
[[nodiscard]] std::vector<KeptChange> kept_changes(const Lab& lab, const std::vector<RecordSummary>& records);

/// The change of this attempt; std::nullopt if it was not kept.
[[nodiscard]] std::optional<KeptChange> kept_change_of(const Lab& lab, const std::vector<RecordSummary>& records,
                                                       const RecordSummary& attempt);

/// Whether the attempt may be adopted. \throws Error (refused) if it was not kept, is adopted already, a challenge
/// showed that it is not correct, or one showed that it is no improvement and the change comes without a person's
/// reason.
[[nodiscard]] Adoption checked_adoption(const Lab& lab, const std::vector<RecordSummary>& records,
                                        const ChangeInRevision& change);
/// The reversion, with the adoption that it undoes. \throws Error (refused) if it is reverted already.
[[nodiscard]] Reversion checked_reversion(const std::vector<RecordSummary>& records, const ChangeInRevision& change);

}  // namespace assay::record

template <>
struct assay::EnumNames<assay::record::ChangeStanding> {
  static constexpr std::array<std::string_view, 6> values = {"kept",       "refuted",          "adopted",
                                                             "remeasured", "must-be-reverted", "reverted"};
};
