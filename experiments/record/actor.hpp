#pragma once

#include <optional>
#include <string>

namespace assay::record {

/// Who acts: `asked` (from --actor), else $ASSAY_ACTOR, else git's user.email as it holds in the current folder, else
/// user@host. Control characters are replaced. \throws Error when `asked` holds no letter.
[[nodiscard]] std::string current_actor(const std::optional<std::string>& asked);

}  // namespace assay::record
