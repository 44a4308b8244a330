#pragma once

#include <string>
#include <string_view>

namespace assay::host {

/// SHA-256 of a script or style as a Content-Security-Policy and the integrity of an element name it: "sha256-" and
/// base64 (W3C, Subresource Integrity, section 3.1).
[[nodiscard]] std::string integrity_hash(std::string_view bytes);

}  // namespace assay::host
