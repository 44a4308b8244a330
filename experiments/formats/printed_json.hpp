#pragma once

#include <string>

#include <nlohmann/json_fwd.hpp>

namespace assay::formats {

enum class JsonLayout { indented, one_line };

/// JSON for people and other tools, with a newline at its end: what a terminal would act on (control characters, marks
/// of direction, line separators) is written as \uXXXX, so the text is harmless where it is shown and the value stays
/// the same. Bytes that are no valid UTF-8 become U+FFFD. What is hashed is written by canonical_json() instead.
[[nodiscard]] std::string printed_json(const nlohmann::json& value, JsonLayout layout = JsonLayout::indented);

}  // namespace assay::formats
