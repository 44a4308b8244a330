#pragma once

#include <cstddef>
#include <string_view>

namespace assay::interop {

// What is read of one file. At each of these limits reading takes about 1 GB of memory beside the text itself.

/// Members of objects in JSON, such as "real_time": 1.5. Those of a long list of objects that are alike do not count
/// (packed_rows.hpp).
inline constexpr std::size_t kMostMembers = 4'000'000;
/// Values in lists and objects of JSON.
inline constexpr std::size_t kMostJsonValues = 50'000'000;
/// Fields of a CSV file.
inline constexpr std::size_t kMostFields = 10'000'000;
/// Lines of any other text.
inline constexpr std::size_t kMostLines = 10'000'000;

/// Counts before the plain tree of a JSON text is made, which takes room for each of them.
/// \throws Error if there are too many members or values. Cost: one pass.
void check_amount_of_json(std::string_view text);
/// \throws Error if a text has too many lines. Cost: one pass.
void check_amount_of_lines(std::string_view text);
/// \throws Error if a CSV file has too many fields; separators within quotes count, too. Cost: one pass.
void check_amount_of_fields(std::string_view text, char separator);

}  // namespace assay::interop
