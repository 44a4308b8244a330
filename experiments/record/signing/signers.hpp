#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "experiments/record/signing/known_keys.hpp"
#include "experiments/record/signing/signatures.hpp"

namespace assay::record {

/// Whether a key was in the lab before what it vouches against, which takes git and a repository, or is taken for
/// granted.
enum class KeyHistory { looked_up, taken_for_granted };

/// Whose signature a record has.
enum class Vouched {
  by_nobody,       ///< none counts, or only those of whoever is vouched against
  by_unknown_key,  ///< another key signed it, which was not in the lab beforehand
  by_another,
};

/// Whoever is not to vouch for a record about what they stated.
struct VouchedAgainst {
  std::vector<std::string> names;            ///< actors and git identities
  const RecordSummary* stated_in = nullptr;  ///< nullptr: that record is not here, and nobody can tell what came first
};

/// Who signed what in a lab. A signature counts if its bytes sign the record's hash, and its key is in `.assay/keys/`
/// as that of the actor who signed; any other is as good as none. Everything that counts signatures asks this class,
/// which checks each once.
class Signers {
 public:
  /// \throws Error that names a file which is not a signature, or not a key.
  Signers(const Lab& lab, KeyHistory history);

  /// The signatures of this record that count, sorted by file name.
  [[nodiscard]] std::vector<const Signature*> of(const std::string& record_sha256) const;
  /// The keys that were published, or have signed anything, under one of these names.
  [[nodiscard]] std::set<std::string> keys_of(const std::vector<std::string>& names) const;
  /// Whether somebody else than `against` made the record and signed it, whoever signed it besides: the one rule for
  /// "another actor". A record under one of their names, or made with a git identity of theirs, is their own.
  [[nodiscard]] Vouched vouched_for(const RecordSummary& record, const VouchedAgainst& against) const;

 private:
  [[nodiscard]] bool is_sound(std::size_t index) const;
  [[nodiscard]] bool counts(std::size_t index) const;
  [[nodiscard]] bool was_known(const std::string& public_key, const RecordSummary* stated_in) const;

  Lab lab_;
  KeyHistory history_;
  SigningFiles files_;
  std::map<std::string, std::vector<std::size_t>, std::less<>> of_record_;  ///< indices of signatures
  mutable std::vector<std::optional<bool>> sound_;                          ///< by signature
  mutable std::optional<KnownKeys> known_keys_;                             ///< starts processes
};

}  // namespace assay::record
