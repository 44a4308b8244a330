#pragma once

#include <string>
#include <string_view>

namespace assay::interop {

// One function for each kind of file that names of users stand in.

/// A field of CSV (RFC 4180), in quotes where it must be. What a spreadsheet would take for a formula ("=cmd()") gets
/// an apostrophe before it; control characters become blanks, and marks of direction are shown by their bytes.
[[nodiscard]] std::string csv_field(std::string_view text);

/// Text for an XML writer that escapes marks (pugixml): one line, without the characters that XML 1.0 cannot hold even
/// if they are escaped, which are control characters, U+FFFE and U+FFFF.
[[nodiscard]] std::string xml_text(std::string_view text);

/// A name without blanks, for formats whose fields end at one: "custom-html_(warm)".
[[nodiscard]] std::string one_word(std::string_view text);

}  // namespace assay::interop
