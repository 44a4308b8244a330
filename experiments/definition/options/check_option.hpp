#pragma once

#include <string>
#include <vector>

#include "core/check.hpp"

namespace assay::definition {

/// Reads the check that an option asks for: "same-output", "same-output=FILE", "no-leaks", "isolation", "junit=FILE",
/// "tap", "tap=FILE", "ctest", "condition=json:/ok == true", "command=COMMAND". Its name is the text itself.
/// \throws Error that lists what is accepted.
[[nodiscard]] Check read_check_option(const std::string& text);

/// What such a text begins with: "no-leaks", "same-output=". For completions.
[[nodiscard]] std::vector<std::string> beginnings_of_checks();

}  // namespace assay::definition
