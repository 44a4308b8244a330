#pragma once

#include "experiments/definition/definition.hpp"
#include "experiments/formats/document.hpp"

namespace assay::definition {

using formats::Document;
using formats::error_at;
using formats::errors_at;
using formats::Mistake;
using formats::pointer_to;
using formats::Position;
using formats::position_of;

/// Reads TOML, or JSON if the name ends in ".json" or the text starts with "{".
/// \throws Error with line and column for wrong syntax, invalid UTF-8, a key that is there twice, huge nesting.
[[nodiscard]] Document read_document(const SourceText& source);
[[nodiscard]] Document read_toml(const SourceText& source);

}  // namespace assay::definition
