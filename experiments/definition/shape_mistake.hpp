#pragma once

#include <optional>

#include "experiments/definition/document.hpp"

namespace assay::definition {

struct Shape;

/// Whether a value has a shape. The published schema accepts the same values.
[[nodiscard]] bool has_shape(const Shape& shape, const nlohmann::json& value);

/// The first mistake, in the order of the file, that keeps a document from having the shape of an experiment file;
/// std::nullopt if it has that shape.
[[nodiscard]] std::optional<Mistake> shape_mistake(const Document& document);
/// The same for a file of another shape.
[[nodiscard]] std::optional<Mistake> shape_mistake(const Document& document, const Shape& shape);

}  // namespace assay::definition
