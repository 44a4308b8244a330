#pragma once

#include <memory>
#include <string>

#include "experiments/record/lab.hpp"
#include "experiments/record/record_summary.hpp"

namespace assay::record {

/// Whether somebody's key was in `.assay/keys/` before a claim was made. Otherwise a claimant could confirm the claim
/// under a new name with a new key. The history of the repository that holds the lab tells: the commit that brought the
/// key is an ancestor of the one that brought the claim.
class KnownKeys {
 public:
  explicit KnownKeys(const Lab& lab);
  ~KnownKeys();
  KnownKeys(const KnownKeys&) = delete;
  KnownKeys& operator=(const KnownKeys&) = delete;

  /// True also if there is no repository, or it does not have the claim's record yet: then nobody can tell.
  /// \param claim  the record that states it
  [[nodiscard]] bool was_known(const std::string& public_key, const RecordSummary& claim) const;

 private:
  struct History;
  Lab lab_;
  std::unique_ptr<History> history_;  ///< nullptr: there is no repository
};

}  // namespace assay::record
