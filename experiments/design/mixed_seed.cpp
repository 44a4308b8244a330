#include "experiments/design/mixed_seed.hpp"

#include <charconv>
#include <cstddef>
#include <cstdint>

namespace assay::design {
namespace {

constexpr std::size_t kSeedBytes = 8;
constexpr unsigned kByteBits = 8;

std::uint8_t byte_at(std::string_view hexadecimal, std::size_t index) {
  std::uint8_t byte = 0;
  const std::string_view digits = hexadecimal.substr(2 * index, 2);
  (void)std::from_chars(digits.data(), digits.data() + digits.size(), byte, 16);
  return byte;
}

}  // namespace

Seed mixed_seed(Seed stated, std::string_view entropy, const std::function<std::string(std::string_view)>& sha256) {
  std::string text = "assay seed 2";
  for (std::size_t index = 0; index < kSeedBytes; ++index) {
    text += static_cast<char>(static_cast<std::uint8_t>(stated.value() >> (kByteBits * index)));
  }
  for (std::size_t index = 0; 2 * index + 1 < entropy.size(); ++index)
    text += static_cast<char>(byte_at(entropy, index));
  const std::string digest = sha256(text);
  std::uint64_t value = 0;
  for (std::size_t index = kSeedBytes; index > 0; --index) value = value << kByteBits | byte_at(digest, index - 1);
  return Seed(value);
}

}  // namespace assay::design
