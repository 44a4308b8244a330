#pragma once

#include <map>
#include <optional>
#include <string>

namespace assay::host {

/// The environment variables of this process. If a name occurs twice, the first value counts.
[[nodiscard]] std::map<std::string, std::string> caller_environment();

/// "ada@bench1": the effective user and this host.
[[nodiscard]] std::string user_at_host();

/// `git config user.email` in the current folder; std::nullopt without git or without that setting. Cost: about 2 ms.
[[nodiscard]] std::optional<std::string> git_user_email();

}  // namespace assay::host
