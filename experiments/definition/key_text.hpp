#pragma once

#include <string>

#include "experiments/definition/keys/table.hpp"

namespace assay::definition {

// How documents describe the keys of a table, in Markdown.

/// What may stand in a file: "`true`, `false`", "list of text", "6 to 10000".
[[nodiscard]] std::string form_of(const Shape& shape);

/// What holds without the key: "required", "`3`", or words.
[[nodiscard]] std::string default_of(const Key& key);

}  // namespace assay::definition
