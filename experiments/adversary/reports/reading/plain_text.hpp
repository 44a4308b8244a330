#pragma once

#include <string>
#include <string_view>

namespace assay::adversary {

/// A document with every sign that people use around figures in one spelling, line by line as it was: dashes and minus
/// signs as "-", arrows as "->", the multiplication sign as "x", micro as "u", wide and thin spaces as blanks, the
/// signs of comparison as in C. UTF-8 that was read as Windows-1252 and encoded again is undone for these signs, and a
/// byte that is no UTF-8 is taken for Windows-1252.
[[nodiscard]] std::string plain_text(std::string_view document);

}  // namespace assay::adversary
