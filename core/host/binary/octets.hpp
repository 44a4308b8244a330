#pragma once

#include <string_view>

namespace assay::host {

/// The bytes of a text as libsodium takes them.
[[nodiscard]] inline const unsigned char* as_octets(std::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

}  // namespace assay::host
