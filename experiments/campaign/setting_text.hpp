#pragma once

#include <string_view>

namespace assay::campaign {

/// Whether a line gives the name that value: as an assignment (`MODE=fast`, `export MODE='fast'`, `MODE := fast`), a
/// key (`mode: fast`, `"MODE": "fast"`, `{"name":"MODE","value":"fast"}`), an argument of a call (`setenv("MODE",
/// "fast", 1)`), a word behind it (`ENV MODE fast`), or what it is where nothing sets it (`MODE=${MODE:-fast}`). A
/// line that only reads or compares the name (`[ "$MODE" = fast ]`, `mode == "fast"`) does not.
/// \param value  an empty one is given by nothing, or by a pair of quotes
[[nodiscard]] bool assigns(std::string_view line, std::string_view name, std::string_view value);

/// Whether the "-" at that place of a shell's `${NAME-` or `${NAME:-` stands before a value: it is no minus.
[[nodiscard]] bool is_default_operator(std::string_view line, std::size_t dash);

}  // namespace assay::campaign
