#pragma once

#include <optional>
#include <string>

namespace assay::host {

/// "ada@bench1": the effective user and this host.
[[nodiscard]] std::string user_at_host();

/// `git config user.email` in the current folder; nothing without git or without that setting. Cost: about 2 ms.
[[nodiscard]] std::optional<std::string> git_user_email();

}  // namespace assay::host
