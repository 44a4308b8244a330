#pragma once

#include <string>
#include <string_view>

namespace assay::adversary {

/// What an entity of HTML at the front of the text stands for.
struct Entity {
  std::string text = {};   ///< in UTF-8; empty: there is none, or none that matters beside figures
  std::size_t length = 0;  ///< of the entity
};
/// Reads "&times;", "&nbsp;" and their like, and the numbers of characters: "&#215;", "&#xD7;".
[[nodiscard]] Entity entity_at(std::string_view text);

}  // namespace assay::adversary
