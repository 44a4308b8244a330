#pragma once

#include <string>
#include <string_view>

#include "core/record/record.hpp"

namespace assay::formats {

/// The record as canonical JSON (docs/formats/record.md). Its SHA-256 is the record's identity.
[[nodiscard]] std::string record_json(const Record& record);
/// \throws Error with `name` and the JSON pointer of what is wrong.
[[nodiscard]] Record parse_record(std::string_view json, std::string_view name);
/// The record without its blocks, which are nine tenths of it and ten times slower to read than to pass over.
/// \throws Error likewise.
[[nodiscard]] Record parse_record_head(std::string_view json, std::string_view name);

}  // namespace assay::formats
