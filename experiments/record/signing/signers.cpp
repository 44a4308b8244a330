#include "experiments/record/signing/signers.hpp"

#include <algorithm>

namespace assay::record {
namespace {

bool contains(const std::vector<std::string>& names, const std::string& name) {
  return !name.empty() && std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

Signers::Signers(const Lab& lab, KeyHistory history)
    : lab_(lab), history_(history), files_(signing_files_in(lab)), sound_(files_.signatures.size()) {
  for (std::size_t index = 0; index < files_.signatures.size(); ++index) {
    of_record_[files_.signatures[index].record_sha256].push_back(index);
  }
}

/// Whether the key made it.
bool Signers::is_sound(std::size_t index) const {
  std::optional<bool>& known = sound_[index];
  if (!known) known = is_genuine(files_.signatures[index]);
  return *known;
}

bool Signers::counts(std::size_t index) const {
  const Signature& signature = files_.signatures[index];
  const bool is_owned = std::any_of(files_.keys.begin(), files_.keys.end(), [&signature](const PublicKey& key) {
    return key.is_in_its_file && key.public_key == signature.public_key && key.owner == signature.actor;
  });
  return is_owned && is_sound(index);
}

std::vector<const Signature*> Signers::of(const std::string& record_sha256) const {
  std::vector<const Signature*> found;
  const auto indices = of_record_.find(record_sha256);
  if (indices == of_record_.end()) return found;
  for (const std::size_t index : indices->second) {
    if (counts(index)) found.push_back(&files_.signatures[index]);
  }
  return found;
}

std::set<std::string> Signers::keys_of(const std::vector<std::string>& names) const {
  std::set<std::string> keys;
  // Anybody can write another's key into a file of any name; only its own file speaks of its owner.
  for (const PublicKey& key : files_.keys) {
    if (key.is_in_its_file && contains(names, key.owner)) keys.insert(key.public_key);
  }
  for (std::size_t index = 0; index < files_.signatures.size(); ++index) {
    const Signature& signature = files_.signatures[index];
    if (!contains(names, signature.actor) || keys.contains(signature.public_key)) continue;
    if (is_sound(index)) keys.insert(signature.public_key);
  }
  return keys;
}

bool Signers::was_known(const std::string& public_key, const RecordSummary* stated_in) const {
  if (history_ == KeyHistory::taken_for_granted || stated_in == nullptr) return true;
  if (!known_keys_) known_keys_.emplace(lab_);
  return known_keys_->was_known(public_key, *stated_in);
}

Vouched Signers::vouched_for(const RecordSummary& record, const VouchedAgainst& against) const {
  const std::vector<std::string> makers = names_of_maker(record);
  const bool is_their_own = std::any_of(makers.begin(), makers.end(),
                                        [&against](const std::string& name) { return contains(against.names, name); });
  if (is_their_own) return Vouched::by_nobody;
  const std::vector<const Signature*> signatures = of(record.sha256);
  if (signatures.empty()) return Vouched::by_nobody;
  const std::set<std::string> own = keys_of(against.names);
  Vouched vouched = Vouched::by_nobody;
  for (const Signature* signature : signatures) {
    if (own.contains(signature->public_key)) continue;
    if (was_known(signature->public_key, against.stated_in)) return Vouched::by_another;
    vouched = Vouched::by_unknown_key;
  }
  return vouched;
}

}  // namespace assay::record
