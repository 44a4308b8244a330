#pragma once

#include <string>
#include <string_view>

#include "core/error.hpp"

namespace assay::host {

/// A failed system call in words: "cannot write /srv/lab/x: No space left on device; free some space and try again".
/// \param doing  the verb after "cannot": "write", "open", "lock".
/// \param error_number  errno as the failed call left it.
[[nodiscard]] Error system_error(std::string_view doing, std::string_view path, int error_number);

}  // namespace assay::host
