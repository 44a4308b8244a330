#pragma once

#include <string>
#include <string_view>

#include <nlohmann/json_fwd.hpp>

namespace assay::formats {

/// One text for one value, so that it can be hashed: keys in byte order, no blanks, the shortest number that reads back
/// the same, integers without exponent, UTF-8 unescaped but for control characters, quote and backslash.
/// \throws Error for NaN, infinity and invalid UTF-8.
[[nodiscard]] std::string canonical_json(const nlohmann::json& value);

/// Parses JSON and refuses duplicate keys. \throws Error with `name` and the line.
[[nodiscard]] nlohmann::json parse_json(std::string_view text, std::string_view name);

}  // namespace assay::formats
