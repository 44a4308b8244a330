#pragma once

#include <optional>

namespace assay::host {

enum class StandardStream { input, output, error };

/// Occupies each standard stream that the caller closed, so that no file opened later gets its number and is
/// overwritten by mistake. Writing to such a stream fails, as it did before. Call it first in main.
void hold_standard_streams();

/// Makes a write fail instead of ending the process if its reader has gone (SIGPIPE) or the file would grow beyond what
/// the process may write (SIGXFSZ). Children get the usual effects of both back.
void outlive_failed_writes();

[[nodiscard]] bool is_terminal(StandardStream stream);
/// The number of columns of the terminal; std::nullopt if the stream is not a terminal or does not report it.
[[nodiscard]] std::optional<int> terminal_width(StandardStream stream);

}  // namespace assay::host
