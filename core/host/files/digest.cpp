#include "core/host/files/digest.hpp"

#include <array>
#include <cerrno>
#include <fcntl.h>

#include <sodium.h>

#include "core/assert.hpp"
#include "core/error.hpp"
#include "core/host/files/regular_file.hpp"
#include "core/host/system_error.hpp"

namespace assay::host {
namespace {

constexpr std::size_t kDigestPieceBytes = 262144;

constexpr std::size_t kDigestBytes = 32;
using Digest = std::array<unsigned char, kDigestBytes>;
static_assert(kDigestBytes == crypto_hash_sha256_BYTES);
static_assert(kDigestBytes == crypto_generichash_BYTES);

std::string hexadecimal(const Digest& digest) {
  std::array<char, 2 * kDigestBytes + 1> digits{};
  sodium_bin2hex(digits.data(), digits.size(), digest.data(), digest.size());
  return digits.data();
}

/// Passes on the content of a file piece by piece.
template <class Take>
void read_in_pieces(const FileDescriptor& file, const std::string& path, const Take& take) {
  std::string piece(kDigestPieceBytes, '\0');
  for (;;) {
    const ssize_t count = file.read_some(piece.data(), piece.size());
    if (count < 0) throw system_error("read", path, errno);
    if (count == 0) return;
    take(std::string_view(piece).substr(0, static_cast<std::size_t>(count)));
  }
}

/// Opens the file without changing its access time, which shows others what trials read. The kernel allows this for own
/// files.
FileDescriptor open_unnoticed(const std::string& path) {
  try {
    return open_regular_file("read", path, O_NOATIME);
  } catch (const Error&) {
    return open_regular_file("read", path);
  }
}

}  // namespace

struct Sha256::State {
  crypto_hash_sha256_state hash;
};

Sha256::Sha256() : state_(std::make_unique<State>()) {
  // libsodium picks its fastest implementation here; later calls return at once.
  const int ready = sodium_init();
  ASSAY_ASSERT(ready >= 0);
  crypto_hash_sha256_init(&state_->hash);
}

Sha256::~Sha256() = default;
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;

void Sha256::add(std::string_view bytes) {
  crypto_hash_sha256_update(&state_->hash, as_octets(bytes), bytes.size());
}

std::string Sha256::finish() {
  Digest digest{};
  crypto_hash_sha256_final(&state_->hash, digest.data());
  crypto_hash_sha256_init(&state_->hash);
  return hexadecimal(digest);
}

std::string hmac_sha256(std::string_view key, std::string_view text) {
  const int ready = sodium_init();
  ASSAY_ASSERT(ready >= 0);
  crypto_auth_hmacsha256_state state;
  crypto_auth_hmacsha256_init(&state, as_octets(key), key.size());
  crypto_auth_hmacsha256_update(&state, as_octets(text), text.size());
  Digest digest{};
  crypto_auth_hmacsha256_final(&state, digest.data());
  return hexadecimal(digest);
}

std::string sha256(std::string_view bytes) {
  Sha256 hash;
  hash.add(bytes);
  return hash.finish();
}

std::string sha256_of_file(const std::string& path) {
  Sha256 hash;
  const FileDescriptor file = open_regular_file("read", path);
  read_in_pieces(file, path, [&hash](std::string_view piece) { hash.add(piece); });
  return hash.finish();
}

std::string blake2b_of_file(const std::string& path) {
  const int ready = sodium_init();
  ASSAY_ASSERT(ready >= 0);
  crypto_generichash_state state;
  crypto_generichash_init(&state, nullptr, 0, kDigestBytes);
  read_in_pieces(open_unnoticed(path), path, [&state](std::string_view piece) {
    crypto_generichash_update(&state, as_octets(piece), piece.size());
  });
  Digest digest{};
  crypto_generichash_final(&state, digest.data(), digest.size());
  return hexadecimal(digest);
}

}  // namespace assay::host
