#pragma once

#include <cstddef>

namespace assay::host {

/// What is read of a regular file (files.hpp) has room for so many more bytes, so that parsers that look ahead need no
/// copy.
inline constexpr std::size_t kRoomBehindText = 64;

}  // namespace assay::host
