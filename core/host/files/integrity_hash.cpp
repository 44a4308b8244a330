#include "core/host/files/integrity_hash.hpp"

#include <array>

#include <sodium.h>

#include "core/host/files/digest.hpp"

namespace assay::host {

std::string integrity_hash(std::string_view bytes) {
  std::array<unsigned char, crypto_hash_sha256_BYTES> digest{};
  crypto_hash_sha256(digest.data(), as_octets(bytes), bytes.size());
  constexpr std::size_t kLength = sodium_base64_ENCODED_LEN(crypto_hash_sha256_BYTES, sodium_base64_VARIANT_ORIGINAL);
  std::array<char, kLength> text{};
  sodium_bin2base64(text.data(), text.size(), digest.data(), digest.size(), sodium_base64_VARIANT_ORIGINAL);
  return std::string("sha256-") + text.data();
}

}  // namespace assay::host
