#include "experiments/adversary/independence.hpp"

#include <algorithm>
#include <filesystem>

#include "core/error.hpp"
#include "core/host/machine/caller.hpp"
#include "experiments/record/history/challenges.hpp"
#include "experiments/record/signatures.hpp"

namespace assay::adversary {
namespace {

/// The public half of the caller's key; empty if there is none that can be read.
std::string own_public_key() try {
  const std::string path = record::default_key_path();
  return std::filesystem::exists(path) ? record::read_signing_key(path).public_key : "";
} catch (const Error&) {
  return "";
}

}  // namespace

Claimant claimant_of(const ChallengeTarget& target) {
  return {.name = target.claimant, .git_identity = target.claim.git_identity};
}

Independence independence_of(const record::Lab& lab, const Claimant& claimant, const std::string& challenger) {
  const std::string identity = host::git_user_email().value_or("");
  const auto is_claimant = [&claimant](const std::string& name) {
    return !name.empty() && (name == claimant.name || name == claimant.git_identity);
  };
  if (is_claimant(challenger) || is_claimant(identity)) return Independence::self_check;
  const std::string own_key = own_public_key();
  if (own_key.empty()) return Independence::other_actor;
  const std::vector<std::string> keys =
      record::keys_of(claimant.name, record::list_records(lab), record::signatures_in(lab));
  const bool is_same_key = std::find(keys.begin(), keys.end(), own_key) != keys.end();
  return is_same_key ? Independence::self_check : Independence::other_actor;
}

}  // namespace assay::adversary
