#pragma once

#include <string>
#include <string_view>

namespace assay::adversary {

/// The document with at least three dashes in each cell of the rows that separate a table's header from its body, which
/// md4c wants: GitHub takes one or more. Each line stays where it is. A line that begins with a dash and a blank opens
/// a list, as there.
[[nodiscard]] std::string with_wide_delimiters(std::string_view document);

}  // namespace assay::adversary
