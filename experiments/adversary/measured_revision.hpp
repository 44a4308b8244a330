#pragma once

#include <string>

#include "core/record/record.hpp"
#include "experiments/record/history/criteria.hpp"

namespace assay::adversary {

/// Where a challenge finds the tree that an attempt measured.
struct MeasuredRevision {
  std::string commit;  ///< empty: HEAD, or the arms name their commits themselves
  std::string doubt;   ///< in one line, what nobody can know of it and how to name it; empty if it is certain
};

/// The commit at which a record's trials ran, if its arms are no clones of commits that it names: what an arm leaves
/// unset is what that tree says. A record that notes a commit whose tree held all that it ran is taken at its word. For
/// any other, it is the last commit without its change, if the change was adopted since; else HEAD. Nothing is checked
/// out. \param summary  of the record. Cost: some processes of git for each commit that is looked at.
/// \throws Error if a record cannot be read.
[[nodiscard]] MeasuredRevision measured_revision(const record::LabView& view, const record::RecordSummary& summary,
                                                 const Record& record);

}  // namespace assay::adversary
