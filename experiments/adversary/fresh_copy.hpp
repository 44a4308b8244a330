#pragma once

#include <map>
#include <string>

#include "core/plan.hpp"
#include "experiments/adversary/challenge_target.hpp"

namespace assay::adversary {

/// A folder with nothing of the challenger's or the claimant's in it but what is committed, or declared as input.
struct FreshCopy {
  std::string root;      ///< absolute: everything lies in it
  std::string folder;    ///< absolute: the experiment's
  std::string home;      ///< absolute: empty
  std::string revision;  ///< the commit that it holds; empty: there is no repository
};

/// What a copy is made for.
struct CopySubject {
  const Plan& plan;
  std::string what;                                ///< in messages: "claim"
  std::string revision = {};                       ///< empty: HEAD
  std::map<std::string, std::string> inputs = {};  ///< SHA-256 by path, if no repository holds them
};
/// \pre the target outlives it
[[nodiscard]] CopySubject copied_for(const ChallengeTarget& target);

/// Where a copy is to be made, and of what.
struct CopyPlace {
  std::string lab_root;        ///< absolute: the lab's folder in the challenger's repository
  std::string root;            ///< absolute: must not exist
  std::string claimed_folder;  ///< the experiment's folder, as the claim's plan names it
};

/// A new place for a copy: its name is random in letters and length, and says nothing of its purpose.
[[nodiscard]] std::string new_copy_root();
/// A place of this name for the copy whose experiment folder the plan of an interrupted challenge names.
[[nodiscard]] std::string copy_root_of(const std::string& folder);

/// Clones the lab's repository at the subject's revision, or at HEAD if it names none. Stated inputs that the commit
/// does not hold are copied from the experiment's folder in the lab. If the lab is in no repository, copies all that
/// the plan declares as input. What is copied must have the hash that was stated. \throws Error (invalid) if the
/// revision is not here, or an input is missing or differs.
[[nodiscard]] FreshCopy make_fresh_copy(const CopySubject& subject, const CopyPlace& place);

/// Where a clone of the lab's repository is to be made, and at which commit.
struct ClonePlace {
  std::string root;  ///< absolute: must not exist
  std::string revision;
};
/// Clones the repository that holds the lab. The copy's folder is the lab's.
[[nodiscard]] FreshCopy make_lab_copy(const std::string& lab_root, const ClonePlace& place);

/// Removes the copy. What cannot be removed stays.
void remove_copy(const std::string& root) noexcept;

/// SHA-256 by path, relative to the folder, of the files that a plan declares as inputs or that its commands name.
/// \throws Error (invalid) if a declared input is missing.
[[nodiscard]] std::map<std::string, std::string> declared_inputs(const Plan& plan, const std::string& folder);
/// Those of them that this commit of the folder's repository does not hold.
/// \throws Error (invalid) if a declared input is missing; Error if there is no repository.
[[nodiscard]] std::map<std::string, std::string> uncommitted_inputs(const Plan& plan, const std::string& folder,
                                                                    const std::string& revision);

}  // namespace assay::adversary
