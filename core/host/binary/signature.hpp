#pragma once

#include <string>
#include <string_view>

namespace assay::host {

/// An Ed25519 key pair (RFC 8032, by libsodium), as hexadecimal digits: 64 of the public key, 128 of the secret one.
struct KeyPair {
  std::string public_key;
  std::string secret_key;
};
[[nodiscard]] KeyPair make_key_pair();

/// The 128 hexadecimal digits of a signature. \throws Error when the secret key is none.
[[nodiscard]] std::string sign(std::string_view message, std::string_view secret_key);
/// Whether this very message was signed with that public key's partner. False for what is no key or no signature.
[[nodiscard]] bool is_signed(std::string_view message, std::string_view signature, std::string_view public_key);

}  // namespace assay::host
