#pragma once

namespace assay {

/// Control characters of ASCII and Latin-1, line and paragraph separators, and the marks, embeddings, overrides and
/// isolates of direction with which a name can be made to look like another (Unicode Technical Report 36, section 2.4).
/// No output shows one of them as it is.
[[nodiscard]] constexpr bool is_control(char32_t code) {
  return code < 0x20 || (code >= 0x7f && code < 0xa0) || (code >= 0x2028 && code <= 0x202e) ||
         (code >= 0x2066 && code <= 0x2069) || code == 0x061c || code == 0x200e || code == 0x200f;
}

}  // namespace assay
