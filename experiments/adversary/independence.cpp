#include "experiments/adversary/independence.hpp"

#include <algorithm>
#include <filesystem>

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/host/machine/caller.hpp"
#include "core/record/entry.hpp"
#include "core/text/utf8.hpp"
#include "experiments/record/history/challenges.hpp"
#include "experiments/record/signing/signers.hpp"

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

std::vector<std::string> claimant_of(const record::Lab& lab, const ChallengeTarget& target) {
  return record::claimant_names(lab, record::list_records(lab), target.stated_by);
}

Independence independence_of(const record::Lab& lab, const std::vector<std::string>& claimant,
                             const std::string& challenger) {
  const std::string identity = host::git_user_email().value_or("");
  const auto is_claimant = [&claimant](const std::string& name) {
    return !name.empty() && std::find(claimant.begin(), claimant.end(), name) != claimant.end();
  };
  if (is_claimant(challenger) || is_claimant(identity)) return Independence::self_check;
  const std::string own_key = own_public_key();
  if (own_key.empty()) return Independence::other_actor;
  const record::Signers signers(lab, record::KeyHistory::taken_for_granted);
  return signers.keys_of(claimant).contains(own_key) ? Independence::self_check : Independence::other_actor;
}

void require_other_than_claimant(const record::Lab& lab, const record::RecordSummary& challenge,
                                 const std::string& actor) {
  if (!record::is_challenge(challenge)) throw Error(fmt::format("{} is not a challenge", challenge.name));
  const Entry entry = record::read_entry(lab, challenge);
  const auto& content = std::get<ChallengeEntry>(entry.content);
  const std::vector<std::string> claimant = record::claimant_names(lab, record::list_records(lab), content);
  if (independence_of(lab, claimant, actor) == Independence::other_actor) return;
  throw Error(fmt::format("the findings of {} are for somebody else than {} to allow, and your name, git identity or "
                          "key is that of whoever made the claim",
                          challenge.name, in_quotes(content.claimant)),
              ErrorKind::refused);
}

}  // namespace assay::adversary
