#pragma once

#include <string>
#include <string_view>

namespace assay::host {

/// An Ed25519 key pair (RFC 8032, by libsodium) in hexadecimal: 64 digits of the public key, 128 of the secret key.
struct KeyPair {
  std::string public_key;
  std::string secret_key;
};
[[nodiscard]] KeyPair make_key_pair();

/// Signs a message. Returns the 128 hexadecimal digits of the signature. \throws Error if the secret key is malformed.
[[nodiscard]] std::string sign(std::string_view message, std::string_view secret_key);
/// Whether exactly this message was signed with the secret key of that public key. False if the key or the signature is
/// malformed.
[[nodiscard]] bool is_signed(std::string_view message, std::string_view signature, std::string_view public_key);

}  // namespace assay::host
