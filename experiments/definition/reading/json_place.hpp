#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json_fwd.hpp>

namespace assay::definition {

/// A place in JSON: an RFC 6901 pointer, whose steps may also choose elements of a list.
///
///     place = *( "/" step )
///     step  = KEY | INDEX | "*" | NAME "=" VALUE        (~0 stands for ~, ~1 for /)
///
/// A negative index counts from the end. NAME=VALUE chooses the elements whose member NAME is VALUE; on an object, it
/// keeps the object if it is one of those. "*" takes every element. A key that an object really has comes first.
struct JsonPlace {
  std::vector<std::string> steps;
  friend bool operator==(const JsonPlace&, const JsonPlace&) = default;
};

/// What the values of a document are: one, or a list of those that stood one after another.
enum class JsonRoot { value, stream };

/// A value with its own RFC 6901 pointer.
struct FoundJson {
  std::string pointer;
  const nlohmann::json* value;
};

/// \throws Error if the text does not start with "/" or holds a "~" that is neither ~0 nor ~1.
[[nodiscard]] JsonPlace parse_json_place(std::string_view text);

/// The values at a place, in the order of the document. In a stream, a place that does not begin by choosing elements
/// is looked for in each value.
[[nodiscard]] std::vector<FoundJson> find_json(const JsonPlace& place, const nlohmann::json& document, JsonRoot root);

/// True if the place may be that of several values.
[[nodiscard]] bool chooses_elements(const JsonPlace& place);

}  // namespace assay::definition
