#pragma once

#include <string>
#include <string_view>

namespace assay::adversary {

/// A document as `plain_text` gives it, with its figures in one spelling: "85 percent" as "85 %", and "12.3 ms ± 0.4
/// ms" without what is said of its error. Lines stay what they are.
[[nodiscard]] std::string with_plain_figures(std::string_view document);

}  // namespace assay::adversary
