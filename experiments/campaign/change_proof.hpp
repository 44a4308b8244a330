#pragma once

#include <optional>
#include <string>
#include <variant>

#include "core/plan.hpp"
#include "core/record/adoption.hpp"
#include "core/record/record.hpp"

namespace assay::campaign {

/// What a revision is expected to do with a change.
enum class InRevision { held, gone };

/// A change to be looked for in a revision.
struct ProofRequest {
  const Plan& plan;
  ArmIndex treatment = 1;
  std::string lab_root;             ///< absolute
  std::string revision;             ///< as the user wrote it
  std::optional<std::string> file;  ///< absolute: the file that says the level, if the variable is no source or file
  bool is_where_it_was = false;     ///< that file said treatment's level when the change was adopted
};

/// The commit holds the change, or holds it no more, as was asked.
struct ShownChange {
  std::string commit;
  ChangeProof proof = ChangeProof::patch;
  std::string file;  ///< that was looked into, from the repository's top; empty for a patch
};
/// Nothing shows it.
struct UnshownChange {
  std::string commit;
  std::string why;  ///< "deploy.conf does not say the level poll"
};

/// Looks into the repository that the plan's sources come from, or else the one that holds the lab; nothing is checked
/// out or run. A change of sources is the difference between both arms' sources, and has to apply to the revision
/// cleanly: in reverse if the revision holds it, forward if it does not. A file has to have treatment's content, and
/// control's, or to be away, if the change is gone. Any other level has to be in the file that the request names, as
/// `says_level` finds it. It is gone if a file that said it does not say it any more, or if another file says
/// control's. \throws Error if the revision is no commit, or there is no repository.
[[nodiscard]] std::variant<ShownChange, UnshownChange> look_for_change(const ProofRequest& request,
                                                                       InRevision expected);

/// Whether a revision follows a commit, or is that commit itself.
struct Following {
  std::string commit;  ///< that the request's revision stands for
  bool is_followed = false;
};
/// Looks into the same repository. A commit that is not there is not followed.
/// \throws Error if the request's revision is no commit, or there is no repository.
[[nodiscard]] Following followed_by(const ProofRequest& request, const std::string& commit);

/// The arm whose level was kept: the first with a keep, else the first treatment.
[[nodiscard]] ArmIndex kept_arm(const Record& record);

}  // namespace assay::campaign
