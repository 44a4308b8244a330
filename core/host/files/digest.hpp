#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace assay::host {

/// HMAC-SHA-256 of a text under a key of any length (RFC 2104), in hexadecimal.
[[nodiscard]] std::string hmac_sha256(std::string_view key, std::string_view text);

/// The bytes of a text in the type that libsodium takes.
[[nodiscard]] inline const unsigned char* as_octets(std::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

/// SHA-256 (FIPS 180-4, by libsodium) as 64 hexadecimal digits.
[[nodiscard]] std::string sha256(std::string_view bytes);
/// SHA-256 of the content of a file, which is read in pieces. \throws Error that names the path.
[[nodiscard]] std::string sha256_of_file(const std::string& path);

/// BLAKE2b (RFC 7693, 256 bits, by libsodium) of the content of a file. It is as safe as SHA-256 and, in software, five
/// times as fast. Use it to compare files within an attempt; whatever outlives an attempt is written as SHA-256. The
/// access time does not change if the file belongs to this user. \throws Error that names the path.
[[nodiscard]] std::string blake2b_of_file(const std::string& path);

/// SHA-256 of bytes that arrive in pieces.
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(Sha256&&) noexcept;
  Sha256& operator=(Sha256&&) noexcept;
  void add(std::string_view bytes);
  /// Returns the digest of everything that was added, and starts again.
  [[nodiscard]] std::string finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace assay::host
