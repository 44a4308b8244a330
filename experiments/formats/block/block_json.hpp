#pragma once

#include <string>
#include <string_view>

#include "core/block.hpp"

namespace assay::formats {

/// One block as canonical JSON (docs/formats/record.md): what the journal and the record hold.
[[nodiscard]] std::string block_json(const Block& block);
/// \throws Error with the JSON pointer of what is wrong.
[[nodiscard]] Block parse_block(std::string_view json);

}  // namespace assay::formats
