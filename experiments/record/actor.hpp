#pragma once

#include <optional>
#include <string>

namespace assay::record {

/// The name of the person or program that acts: `asked`, else $ASSAY_ACTOR, else git's user.email in the current
/// folder, else user@host. Control characters are replaced. \throws Error if `asked` is blank.
[[nodiscard]] std::string current_actor(const std::optional<std::string>& asked);

/// git's user.email in the current folder; empty if it is the actor's name, or unknown. What tells one person with two
/// names from two people.
[[nodiscard]] std::string other_git_identity(const std::string& actor);

}  // namespace assay::record
