#include "core/host/binary/signature.hpp"

#include <array>

#include <sodium.h>

#include "core/assert.hpp"
#include "core/error.hpp"
#include "core/host/files/digest.hpp"

namespace assay::host {
namespace {

using PublicKey = std::array<unsigned char, crypto_sign_PUBLICKEYBYTES>;
using SecretKey = std::array<unsigned char, crypto_sign_SECRETKEYBYTES>;
using Signature = std::array<unsigned char, crypto_sign_BYTES>;

void make_ready() {
  const int ready = sodium_init();
  ASSAY_ASSERT(ready >= 0);
}

template <std::size_t size>
std::string digits_of(const std::array<unsigned char, size>& octets) {
  std::array<char, 2 * size + 1> digits{};
  sodium_bin2hex(digits.data(), digits.size(), octets.data(), octets.size());
  return digits.data();
}

template <std::size_t size>
bool read_digits(std::string_view digits, std::array<unsigned char, size>& octets) {
  std::size_t count = 0;
  const char* end = nullptr;
  const int failure = sodium_hex2bin(octets.data(), octets.size(), digits.data(), digits.size(), nullptr, &count, &end);
  return failure == 0 && count == size && end == digits.data() + digits.size();
}

}  // namespace

KeyPair make_key_pair() {
  make_ready();
  PublicKey public_key{};
  SecretKey secret_key{};
  crypto_sign_keypair(public_key.data(), secret_key.data());
  KeyPair pair{digits_of(public_key), digits_of(secret_key)};
  sodium_memzero(secret_key.data(), secret_key.size());
  return pair;
}

std::string sign(std::string_view message, std::string_view secret_key) {
  make_ready();
  SecretKey key{};
  if (!read_digits(secret_key, key)) throw Error("the secret key is malformed: expected 128 hexadecimal digits");
  Signature signature{};
  crypto_sign_detached(signature.data(), nullptr, as_octets(message), message.size(), key.data());
  sodium_memzero(key.data(), key.size());
  return digits_of(signature);
}

bool is_signed(std::string_view message, std::string_view signature, std::string_view public_key) {
  make_ready();
  Signature octets{};
  PublicKey key{};
  return read_digits(signature, octets) && read_digits(public_key, key) &&
         crypto_sign_verify_detached(octets.data(), as_octets(message), message.size(), key.data()) == 0;
}

}  // namespace assay::host
