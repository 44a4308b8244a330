#pragma once

#include <map>
#include <memory>
#include <string>
#include <utility>

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

  /// False if the key's file differs from what is committed: its owner may have been changed since. True also if there
  /// is no repository, or it does not have the claim's record yet: then nobody can tell. \param claim  the record that
  /// states it
  [[nodiscard]] bool was_known(const std::string& public_key, const RecordSummary& claim) const;

 private:
  struct History;
  [[nodiscard]] bool look_up(const std::string& public_key, const RecordSummary& claim) const;

  Lab lab_;
  std::unique_ptr<History> history_;                                     ///< nullptr: there is no repository
  mutable std::map<std::pair<std::string, std::string>, bool> answers_;  ///< by key and claim: each starts processes
};

}  // namespace assay::record
