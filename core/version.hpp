#pragma once

#include <string_view>

namespace assay {

/// The version of this program and library, such as "0.1.0". Records state it.
[[nodiscard]] std::string_view program_version();

}  // namespace assay
