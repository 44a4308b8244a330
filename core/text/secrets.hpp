#pragma once

#include <string>
#include <string_view>

namespace assay {

/// Whether a text holds something in the form of a secret: an address with a password or key in it, a signed address,
/// a token with the mark of its issuer, a key file, or a secret that is named (`--token=...`, `password=...`,
/// `Authorization: ...`).
[[nodiscard]] bool holds_secret(std::string_view text);

/// The text with "***" in place of each secret that holds_secret() finds.
[[nodiscard]] std::string masked_secrets(std::string_view text);

/// True if a named value looks secret: its name is like that of a secret (it has a word such as TOKEN, PASSWORD or KEY
/// in it, in any case), or it holds one. A number is no secret because of its name.
[[nodiscard]] bool looks_secret(std::string_view name, std::string_view value);

}  // namespace assay
