#pragma once

#include <string>
#include <string_view>

namespace assay::definition {

/// The JSON Schema of experiment files, which follows from the described keys. docs/formats/experiment.schema.json
/// holds this text for editors.
[[nodiscard]] const std::string& experiment_schema();

/// A phrase in Markdown as a plain sentence: links stand by their text, and it ends with a full stop.
[[nodiscard]] std::string plain_sentence(std::string_view markdown);

}  // namespace assay::definition
