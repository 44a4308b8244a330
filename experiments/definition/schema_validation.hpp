#pragma once

#include <optional>

#include "experiments/definition/document.hpp"

namespace assay::definition {

/// The first mistake in the file's order that keeps a document from being of the schema's shape; nothing: it is.
[[nodiscard]] std::optional<Mistake> schema_mistake(const Document& document);

}  // namespace assay::definition
