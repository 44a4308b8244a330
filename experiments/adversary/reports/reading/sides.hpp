#pragma once

#include <string_view>

namespace assay::adversary {

/// Which version a label stands for.
enum class Side {
  old_one,  ///< "Before", "Baseline", "main"
  new_one,  ///< "After", "Ending point", "this branch"
  other,    ///< a label that says neither: "Quantized"
};
[[nodiscard]] Side side_of(std::string_view label);

/// Words for either side as parts of regular expressions without groups.
inline constexpr std::string_view kOldWords =
    "before|previous(?:ly)?|baseline|old|original(?:ly)?|stock|unpatched|starting point";
inline constexpr std::string_view kNewWords = "after|now|new|patched|current|ending point";

}  // namespace assay::adversary
