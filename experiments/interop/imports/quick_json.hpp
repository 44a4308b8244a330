#pragma once

#include <optional>
#include <string>

#include <nlohmann/json.hpp>

namespace assay::interop {

/// Whether long lists of objects are packed, those that are alike as packed_rows.hpp says and other flat ones as
/// packed_table.hpp does, which few readers understand.
enum class Rows { packed, plain };

/// Thrown by the reader of a format if packed lists do not hold what it expects. import_file() then reads the plain
/// tree, in which each value has a place, so that the error can name it.
struct PackedListsUnusable {};

/// The tree of a JSON object or list, with long lists of numbers packed (packed_numbers.hpp), read in a fifth of the
/// time that formats::parse_json() takes.
///
/// It accepts less than that reader: std::nullopt for whatever is not plainly in order (bad syntax, a key that appears
/// twice, deep nesting, a byte order mark, whole numbers that no 64 bits hold). formats::parse_json() then has the last
/// word: it either reads the text or says what is wrong and where. What is accepted here has the same tree there.
/// \param text  is copied unless its capacity leaves host::kRoomBehindText bytes behind it.
[[nodiscard]] std::optional<nlohmann::json> read_quick_json(const std::string& text, Rows rows = Rows::packed);

}  // namespace assay::interop
