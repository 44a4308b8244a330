#pragma once

#include <span>
#include <string>
#include <string_view>

#include "experiments/formats/description.hpp"

namespace assay::formats {

/// What a schema says of itself.
struct SchemaHead {
  std::string_view id;
  std::string_view title;
  std::string_view description;
};

/// Keys that some documents have beside those of an object's own description. A schema requires none of them, but where
/// the first one is, it requires all others that are always written.
struct SchemaAddition {
  const Description& (*object)() = nullptr;
  const Description& (*keys)() = nullptr;
  std::string_view note;  ///< which documents have them: the last sentence of each key's description
};

/// The JSON Schema (draft 7) of a described object, with a newline at its end. What is described and stands inside it
/// is defined once, under the name of its description. Keys that no description has are accepted: later versions may
/// add some. An alternative's members are never required, since the schema does not tie them to the kind.
[[nodiscard]] std::string json_schema(const SchemaHead& head, const Description& object,
                                      std::span<const SchemaAddition> additions = {});

}  // namespace assay::formats
