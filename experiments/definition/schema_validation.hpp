#pragma once

#include <optional>
#include <string_view>

#include "experiments/definition/document.hpp"

namespace assay::definition {

/// docs/formats/experiment.schema.json, as this library was built with it.
[[nodiscard]] std::string_view experiment_schema();

/// The first mistake in the file's order that keeps a document from being of the schema's shape; nothing: it is.
[[nodiscard]] std::optional<Mistake> schema_mistake(const Document& document);

}  // namespace assay::definition
