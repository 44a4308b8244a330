#pragma once

#include <string>
#include <string_view>

#include "core/record/entry.hpp"
#include "experiments/formats/field.hpp"

namespace assay::formats {

/// The entry as canonical JSON (docs/formats/record.md). Its SHA-256 is the record's identity.
[[nodiscard]] std::string entry_json(const Entry& entry);
/// \throws Error with `name` and the JSON pointer of what is wrong.
[[nodiscard]] Entry parse_entry(std::string_view json, std::string_view name);
[[nodiscard]] Entry entry_at(const Field& place);

}  // namespace assay::formats
