#pragma once

#include <string>

namespace assay::formats {

/// The JSON Schema of results, those that `--json` prints and those in records. It follows from the descriptions that
/// write and read them; docs/formats/result.schema.json holds this text.
[[nodiscard]] std::string result_schema();

}  // namespace assay::formats
