#pragma once

#include <string>

namespace assay::definition {

/// The JSON Schema of experiment files, which follows from the described keys. docs/formats/experiment.schema.json
/// holds this text for editors.
[[nodiscard]] const std::string& experiment_schema();

}  // namespace assay::definition
