#pragma once

#include <string>

#include "experiments/formats/codec.hpp"

namespace assay::formats {

/// The canonical JSON of a value.
template <class Value>
[[nodiscard]] std::string text_of(const Value& value) {
  CanonicalWriter writer;
  Codec<Value>::write(value, writer);
  return writer.take();
}

/// Reads what `text_of` wrote. \throws Error with the place of what is wrong.
template <class Value>
[[nodiscard]] Value read_as(const Field& field) {
  Value value{};
  Codec<Value>::read(field, value);
  return value;
}

}  // namespace assay::formats
