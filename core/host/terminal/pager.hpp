#pragma once

#include <string>
#include <string_view>

namespace assay::host {

/// What became of a text that was given to a pager.
enum class PagerEnd {
  shown,      ///< the pager ran, whether or not the user read to the end
  not_found,  ///< the shell found no such program: nothing was shown
};

/// Shows the text by this shell command (`less -FRX`) and waits until the user leaves it. Meanwhile SIGINT and SIGQUIT
/// are the pager's: it takes Ctrl-C for the end of a search, and this process must not die under it.
[[nodiscard]] PagerEnd show_by_pager(const std::string& command, std::string_view text);

}  // namespace assay::host
