#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json_fwd.hpp>

namespace assay::definition {

/// Selects values of a JSON document: an RFC 6901 pointer, whose steps may also choose elements of a list.
///
///     selector = *( "/" step )
///     step     = KEY | INDEX | "*" | NAME "=" VALUE        (~0 stands for ~, ~1 for /)
///
/// A negative index counts from the end. NAME=VALUE chooses the elements whose member NAME is VALUE; on an object, it
/// keeps the object if it is one of those. "*" takes every element. A key that an object really has comes first.
struct JsonSelector {
  std::vector<std::string> steps;
  friend bool operator==(const JsonSelector&, const JsonSelector&) = default;
};

/// What the values of a document are: one, or a list of those that stood one after another.
enum class JsonRoot { value, stream };

/// A value with its own RFC 6901 pointer.
struct FoundJson {
  std::string pointer;
  const nlohmann::json* value;
};

/// \throws Error if the text does not start with "/" or holds a "~" that is neither ~0 nor ~1.
[[nodiscard]] JsonSelector parse_json_selector(std::string_view text);

/// The values that are selected, in the order of the document. In a stream, a selector that does not begin by choosing
/// elements is applied to each value.
[[nodiscard]] std::vector<FoundJson> find_json(const JsonSelector& selector, const nlohmann::json& document,
                                               JsonRoot root);

/// True if it may select several values.
[[nodiscard]] bool chooses_elements(const JsonSelector& selector);

}  // namespace assay::definition
