#pragma once

#include <vector>

#include "experiments/definition/document.hpp"

namespace assay::definition {

struct Shape;

/// Whether a value has a shape. The published schema accepts the same values.
[[nodiscard]] bool has_shape(const Shape& shape, const nlohmann::json& value);

/// The mistakes that keep a document from having the shape of an experiment file, in no order; none if it has that
/// shape. What seems to be missing from a table is told only if nothing else is wrong in it: it may be misspelt.
[[nodiscard]] std::vector<Mistake> shape_mistakes(const Document& document);
/// The same for a file of another shape.
[[nodiscard]] std::vector<Mistake> shape_mistakes(const Document& document, const Shape& shape);

}  // namespace assay::definition
