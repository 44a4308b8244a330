#pragma once

#include <nlohmann/json.hpp>

#include "experiments/formats/described.hpp"

namespace assay::formats {

/// A value as a tree, for documents that add keys to it or take some away.
template <class Value>
[[nodiscard]] nlohmann::json tree_of(const Value& value) {
  return nlohmann::json::parse(text_of(value));
}

}  // namespace assay::formats
