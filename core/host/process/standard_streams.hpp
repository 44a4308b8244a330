#pragma once

#include <optional>

namespace assay::host {

enum class StandardStream { input, output, error };

/// Takes the place of each standard stream that the caller closed, so that no file opened later gets its number and
/// is written into by mistake. Writing to a stream so held fails, as it did before. Called first in main.
void hold_standard_streams();

[[nodiscard]] bool is_terminal(StandardStream stream);
/// Columns of the terminal; nothing where the stream is none or does not tell.
[[nodiscard]] std::optional<int> terminal_width(StandardStream stream);

}  // namespace assay::host
